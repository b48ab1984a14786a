import type { z } from "zod";
import { phaseWords } from "../../analyzers/event/phases.ts";
import type { viewpoints as analyzer } from "../../analyzers/event/viewpoints.ts";
import type { Language } from "../../pipeline/errors.ts";
import { integer, share } from "../format.ts";
import { dataTable } from "../html/figure.ts";
import { html, type Html } from "../html/html.ts";
import { nameOf } from "../names.ts";
import { moment } from "../narrative/moment.ts";

export type Data = z.infer<typeof analyzer.data>;
export type Viewpoint = Data["viewpoints"][number];
type Question = Data["questions"][number];
type Quote = Viewpoint["quotes"][number];

export const accounts = (count: number, language: Language): string => (language === "zh" ? `${integer(count, language)} 个账号` : `${integer(count, language)} accounts`);

/** 「23%（20%–26%）」, or the number of accounts where they are too few for a share. */
export function voice({ authors, share: value, interval }: Viewpoint, language: Language): string {
  if (value === null) return accounts(authors, language);
  const range = interval!.map((end) => share(end, language, interval)).join("–");
  return language === "zh" ? `${share(value, language, interval)}（${range}）` : `${share(value, language, interval)} (${range})`;
}

/** A view with its quotes, the lead quote first. */
export function view(entry: Viewpoint, language: Language): Html {
  const key = `viewpoint.${entry.share === null ? "authors" : "share"}.${entry.viewpoint}`;
  return html`<div class="viewpoint"><p><strong><bdi>${entry.name[language]}</bdi></strong> <a data-fact="${key}">${voice(entry, language)}</a>${entry.concentrated && html` <span class="flag">${language === "zh" ? "复制粘贴集中" : "mostly copies of one text"}</span>`}</p>${entry.quotes.map((one) => quote(one, language))}</div>`;
}

function quote({ id, text, cue }: Quote, language: Language): Html {
  return html`<blockquote class="quote">${cue && html`<span class="cue cue-${cue}">${nameOf("cue", cue, language)}</span> `}<bdi>${text}</bdi> <a data-post="${id}"><bdi>${id}</bdi></a></blockquote>`;
}

/** A question as one account put it, how many ask the like, and what media and authorities wrote afterwards. */
export function question({ viewpoint, name, authors, quotes, asked_ms, replies, reply, reply_ms }: Question, language: Language, utcOffsetMs: number): Html {
  const zh = language === "zh";
  const time = (ms: number, near?: number): string => moment(ms, language, utcOffsetMs, "day", near);
  const link = reply !== null && html`<a data-post="${reply}"><bdi>${reply}</bdi></a>`;
  const answer =
    replies === null
      ? html`${zh ? "有无回应：无从判断（没有时间、没有媒体或政务账号的帖文，或所问的词太常见）" : "replies: cannot be told (no time, no posts of media or authorities, or too common a word)"}`
      : replies === 0
        ? html`${zh ? "其后媒体和政务账号的帖文未提到所问的词" : "its words have not been used by media or authorities since"}`
        : zh
          ? html`疑似已有回应：其后媒体或政务账号 ${integer(replies, language)} 条帖文提到，最早 ${reply_ms === null ? "时间不详" : time(reply_ms, asked_ms ?? undefined)} ${link}（未核对是否答复）`
          : html`possibly replied to: mentioned by ${integer(replies, language)} later posts of media or authorities, first ${reply_ms === null ? "at an unknown time" : time(reply_ms, asked_ms ?? undefined)} ${link} (not checked to be an answer)`;
  const asked = asked_ms === null ? "" : zh ? `，最早 ${time(asked_ms)}` : `, first ${time(asked_ms)}`;
  const [lead] = quotes;
  return html`<li><bdi>${lead?.text ?? name[language]}</bdi>${lead && html` <a data-post="${lead.id}"><bdi>${lead.id}</bdi></a>`}<br><small>${name[language]}${zh ? "，" : ", "}<a data-fact="question.authors.${viewpoint}">${accounts(authors, language)}</a>${asked}${zh ? "；" : "; "}${answer}</small></li>`;
}

/** Accounts that voiced each view first in each phase; the phase of most is marked. Null without phases. */
export function byPhase({ viewpoints, phases, utc_offset_ms }: Data, language: Language): Html | null {
  if (phases.length === 0 || viewpoints.length === 0) return null;
  const zh = language === "zh";
  const day = (ms: number | null): string => (ms === null ? "—" : moment(ms, language, utc_offset_ms, "day"));
  const columns = [
    { label: zh ? "观点" : "view" },
    ...phases.map((name) => ({ label: phaseWords[name][language], align: "right" as const })),
    { label: zh ? "首日" : "first day" },
    { label: zh ? "高峰日" : "peak day" },
  ];
  const rows = viewpoints.map(({ name, joined, first_ms, peak_ms }) => {
    const most = Math.max(...joined);
    return [name[language], ...joined.map((count) => (count > 0 && count === most ? html`<strong>${integer(count, language)}</strong>` : html`${integer(count, language)}`)), day(first_ms), day(peak_ms)];
  });
  return html`<h3>${zh ? "各阶段首次表达该观点的账号" : "Accounts that voiced a view first, by phase"}</h3>${dataTable("viewpoints-phases", zh ? "观点与阶段" : "Views by phase", columns, rows)}`;
}
