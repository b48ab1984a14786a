import type { z } from "zod";
import { timeline as analyzer } from "../../analyzers/event/timeline.ts";
import type { Language } from "../../pipeline/errors.ts";
import type { Part, Section, Sentence } from "../contract.ts";
import { figure as figureText } from "../format.ts";
import { html, type Html } from "../html/html.ts";
import { nameOf } from "../names.ts";
import { lapse, moment } from "../narrative/moment.ts";
import { teller } from "../narrative/say.ts";

type Data = z.infer<typeof analyzer.data>;
type Moment = Data["moments"][number];

const whatWords: Record<Moment["what"][number], [zh: string, en: string]> = {
  milestone: ["节点", "milestone"],
  first: ["数据中最早的帖文", "earliest post in the data"],
  first_media: ["最早的媒体帖文", "earliest post of the media"],
  first_official: ["最早的政务帖文", "earliest post of a government account"],
  statement: ["当事方最早的发声", "first statement of the party"],
  peak: ["帖文最多的时段", "time of most posts"],
  wave: ["又一波的波峰", "peak of another wave"],
  top: ["当日互动最多的帖文", "most engagement of the day"],
};

export const timeline: Section<Data> = {
  id: "timeline",
  heading: { zh: "时间线", en: "Timeline" },

  tell(finding, language) {
    if (finding.status !== "ok") return [];
    const zh = language === "zh";
    const { say, fact, figure, has } = teller(finding, language);
    const { moments, delays, utc_offset_ms } = finding.data;
    if (!has("first.all")) return [zh ? say`数据没有发布时间，以下只列给定节点。` : say`The data has no publication times; only the given milestones are listed.`];
    const first = moments.find(({ what }) => what.includes("first"))!;
    const time = fact("first.all", moment(first.ms, language, utc_offset_ms, first.precision));
    const platform = first.platform === null ? [] : [zh ? `，见于${nameOf("platform", first.platform, language)}` : ` on ${nameOf("platform", first.platform, language)}`];
    const follow = (which: "media" | "official"): Sentence => {
      const name = zh ? { media: "媒体", official: "政务账号" }[which] : { media: "media", official: "government account" }[which];
      if (delays[which] === null) return zh ? say`数据中没有${name}的有时间帖文。` : say`The data has no timed post of a ${name}.`;
      const delay = figure(`delay.${which}`);
      const text = fact(delay.key, lapse(delay, language));
      const late: Part[] = delay.value! > 0 ? (zh ? ["，晚 ", text] : [", ", text, " later"]) : [zh ? "，与之同时" : ", at the same time"];
      const at = fact(`first.${which}`, moment(figure(`first.${which}`).value!, language, utc_offset_ms, delays[which] ? "minute" : "day", first.ms));
      if (moments.some(({ what }) => what.includes("first") && what.includes(`first_${which}`))) return zh ? say`这一条即为${name}所发。` : say`It is a ${name} post.`;
      return zh ? say`最早的${name}帖文见于 ${at}${late}。` : say`The earliest ${name} post is of ${at}${late}.`;
    };
    return [zh ? say`数据中最早的帖文发布于 ${time}${platform}。` : say`The earliest post in the data is of ${time}${platform}.`, follow("media"), follow("official")];
  },

  charts: () => [],

  extra({ status, data, figures }, language): Html | null {
    if (status !== "ok") return null;
    const posts = (i: number) => figures.find(({ key }) => key === `moment.posts.${i + 1}`);
    return html`<ol class="timeline">${data.moments.map((one, i) => html`<li class="${one.source}">${time(one, i, data, language)} ${entry(one, i, posts(i) ? figureText(posts(i)!, language) : null, language)}</li>`)}</ol>`;
  },
};

function time(one: Moment, i: number, data: Data, language: Language): Html {
  const text = moment(one.ms, language, data.utc_offset_ms, one.precision);
  return one.post === null ? html`<time>${text}</time>` : html`<time><a data-fact="moment.time.${i + 1}">${text}</a></time>`;
}

/** Label, who and where, quote: everything from the data escaped and set apart by direction. */
function entry(one: Moment, i: number, posts: string | null, language: Language): Html {
  const zh = language === "zh";
  const label = one.what.map((what) => whatWords[what][zh ? 0 : 1]).join(zh ? "；" : "; ");
  if (one.source === "given") return html`<strong><bdi>${one.text}</bdi></strong>${one.url && html` <a href="${one.url}" rel="noreferrer noopener">${zh ? "来源" : "source"}</a>`}`;
  if (posts !== null) return html`<strong>${label}</strong>${zh ? "，" : ", "}<a data-fact="moment.posts.${i + 1}">${posts}</a>`;
  const where = [one.platform === null ? null : nameOf("platform", one.platform, language), one.author_name].filter((part) => part !== null).join(zh ? "，" : ", ");
  const quote = one.text === null ? null : html`<a data-post="${one.post}"><bdi>${zh ? `「${shorten(one.text, 40)}」` : `“${shorten(one.text, 40)}”`}</bdi></a>`;
  return html`<strong>${label}</strong>${where !== "" && html`${zh ? "，" : ", "}<bdi>${where}</bdi>`}${quote && html`${zh ? "：" : ": "}${quote}`}`;
}

/** The first `length` characters on one line; … marks the cut. */
export function shorten(text: string, length: number): string {
  const characters = [...text.replace(/\s+/gu, " ").trim()];
  return characters.length > length ? `${characters.slice(0, length).join("")}…` : characters.join("");
}
