import type { z } from "zod";
import { lenses as analyzer, type Question } from "../../analyzers/event/lenses.ts";
import type { Language, Message } from "../../pipeline/errors.ts";
import { lenses as lensNames } from "../../pipeline/schema.ts";
import type { Section } from "../contract.ts";
import { figure as figureText, instant } from "../format.ts";
import { dataTable } from "../html/figure.ts";
import { html } from "../html/html.ts";
import { lensSwitch } from "../html/lens-switch.ts";
import { nameOf } from "../names.ts";

type Data = z.infer<typeof analyzer.data>;
type First = Data["firsts"][number];

export const questionWords: Record<Question, Message> = {
  day: { zh: "最多的一天", en: "day of most" },
  platform: { zh: "最多的平台", en: "first platform" },
  polarity: { zh: "最多的情绪（模型判定）", en: "mood of most (by model)" },
  region: { zh: "最多的地区", en: "region of most" },
  author_type: { zh: "最多的作者类型", en: "author type of most" },
};

/** Whether the answer depends on how posts are counted. Lenses without anything to count do not speak. */
export const changes = ({ by }: First): boolean => new Set(by.flatMap(({ key }) => (key === null ? [] : [key]))).size > 1;

/** The answer in words: a date, a platform, a province … */
export function answer(question: Question, key: string | null, language: Language): string {
  if (key === null) return "—";
  return question === "day" ? instant(Number(key) * 86_400_000, language, 0, "day") : nameOf(question, key, language);
}

export const lenses: Section<Data> = {
  id: "lenses",
  heading: { zh: "换一种口径", en: "Counted otherwise" },

  tell(finding, language) {
    if (finding.status !== "ok") return [];
    const zh = language === "zh";
    const asked = finding.data.firsts.filter(({ by }) => by.some(({ key }) => key !== null));
    const words = (list: readonly First[]) => list.map(({ question }) => questionWords[question][language]).join(zh ? "、" : ", ");
    // What only one way of counting answers holds in none other.
    const [moved, firm] = [asked.filter(changes), asked.filter((one) => !changes(one) && one.by.filter(({ key }) => key !== null).length > 1)];
    return [
      ...(moved.length > 0 ? [[zh ? `换一种计数口径，${words(moved)}会变，引用时须写明口径。` : `Counted otherwise, these change: ${words(moved)}; say how posts are counted when you cite them.`]] : []),
      ...(firm.length > 0 ? [[zh ? `${words(firm)}在各口径下相同。` : `The same however posts are counted: ${words(firm)}.`]] : []),
    ];
  },

  charts: () => [],

  extra(finding, language) {
    const { firsts } = finding.data;
    const zh = language === "zh";
    const figures = new Map(finding.figures.map((figure) => [figure.key, figure]));
    const title = zh ? "各口径下最多者及其数量" : "The first under each way of counting, and how many";
    const cell = (question: Question, { key, figure }: First["by"][number]) =>
      key === null ? html`—` : html`<bdi>${answer(question, key, language)}</bdi> <small><a data-fact="${figure}">${figureText(figures.get(figure)!, language)}</a></small>`;
    const rows = firsts.filter(({ by }) => by.some(({ key }) => key !== null)).map((first) => [
      html`${questionWords[first.question][language]}${changes(first) && html` <span class="flag">${zh ? "随口径而变" : "changes"}</span>`}`,
      ...lensNames.map((lens) => cell(first.question, first.by.find((one) => one.lens === lens)!)),
    ]);
    return html`${dataTable("lenses-firsts", title, [{ label: zh ? "问题" : "question" }, ...lensNames.map((lens) => ({ label: nameOf("lens", lens, language) }))], rows)}
${lensSwitch(finding.data, language)}`;
  },
};
