import { milestonesOf } from "../../analyzers/milestones.ts";
import { offsetMs, type EventConfig } from "../../pipeline/config.ts";
import type { Language } from "../../pipeline/errors.ts";
import { instant } from "../format.ts";
import { html, type Html } from "../html/html.ts";

/** The milestones of the event file, earliest first, numbered as the chart of the volume marks them. */
export function milestoneList(event: EventConfig, language: Language): Html {
  return html`<ol class="dated">${milestonesOf(event).map(({ ms, precision, text }) => html`<li><time>${instant(ms, language, offsetMs(event.utcOffset), precision)}</time> <bdi>${text}</bdi></li>`)}</ol>`;
}
