import { localMs, offsetMs, type EventConfig } from "../../pipeline/config.ts";
import type { Language } from "../../pipeline/errors.ts";
import { instant } from "../format.ts";
import { html, type Html } from "../html/html.ts";

/** The milestones of the event file as a list, in their order. */
export function milestoneList({ milestones, utcOffset }: Pick<EventConfig, "milestones" | "utcOffset">, language: Language): Html {
  const at = (time: string): string => instant(localMs(time, utcOffset), language, offsetMs(utcOffset), time.length === 10 ? "day" : "minute");
  return html`<ul class="dated">${milestones.map(({ time, text }) => html`<li><time>${at(time)}</time> <bdi>${text}</bdi></li>`)}</ul>`;
}
