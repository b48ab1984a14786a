import type { Message } from "../errors.ts";
import type { Period } from "./options.ts";

const names: Record<Period, Message> = { day: { zh: "日报", en: "daily digest" }, week: { zh: "周报", en: "weekly digest" }, month: { zh: "月报", en: "monthly digest" } };
const begin = "没有做成";
const beginOf = (period: Period, date: string): string => `${begin}${names[period].zh} ${date}：`;

/** How a night records that a digest could not be made. */
export const missed = (period: Period, date: string, why: Message): Message => ({ zh: `${beginOf(period, date)}${why.zh}`, en: `the ${names[period].en} of ${date} could not be made: ${why.en}` });

/** True for such a record: the next digest says it as well. */
export const isMissed = ({ zh }: Message): boolean => zh.startsWith(begin);

/** True for the record of this very digest: when it is made after all, it does not say so. */
export const isMissedOf = ({ zh }: Message, period: Period, date: string): boolean => zh.startsWith(beginOf(period, date));
