import type { z } from "zod";
import { triage as analyzer } from "../../analyzers/event/triage.ts";
import { triageRules, type TriageClass } from "../../analyzers/post/triage/rules.ts";
import type { Language } from "../../pipeline/errors.ts";
import type { Part, Section } from "../contract.ts";
import { integer, share } from "../format.ts";
import { dataTable } from "../html/figure.ts";
import { html, type Html } from "../html/html.ts";
import { nameOf } from "../names.ts";
import { leastForShares } from "../narrative/gates.ts";
import { moment } from "../narrative/moment.ts";
import { teller } from "../narrative/say.ts";

type Data = z.infer<typeof analyzer.data>;
type Queued = Data["queue"][number];

export const triage: Section<Data> = {
  id: "triage",
  heading: { zh: "帖文分流", en: "Triage of posts" },

  tell(finding, language) {
    if (finding.status !== "ok") return [];
    const { say, fact } = teller(finding, language);
    const zh = language === "zh";
    const { classes, queue, classed, worded } = finding.data;
    const part = (before: string, after: string): Part[] => (worded < leastForShares ? [] : [before, fact("share.classed"), after]);
    const listed: Part[] = classes.flatMap(({ name }, i) => [`${i > 0 ? (zh ? "、" : ", ") : ""}${className(name, language)} `, fact(name)]);
    const first = classed === 0 ? (zh ? say`民间有自身文字的帖文 ${fact("worded")}，没有一条的线索足以归类。` : say`Of ${fact("worded")} of netizens with own words none has cues enough for a class.`) : zh
      ? say`民间有自身文字的帖文 ${fact("worded")}，按线索归类的 ${fact("classed")}${part("（", "）")}：${listed}；一条可归几类。`
      : say`Of ${fact("worded")} of netizens with own words, ${fact("classed")}${part(" (", ")")} are sorted by their cues: ${listed}; a post may be of several classes.`;
    const rest = zh ? say`有线索而不足以归类的 ${fact("undecided")}，不判断；其余 ${fact("none")}无线索。` : say`${fact("undecided")} have too few cues and stay undecided; ${fact("none")} have none.`;
    const note = queue.length === 0 ? [] : [zh ? say`“疑似”只表示有所列线索，一律待人核实；以下按触达与风险分列出应先看的用语。` : say`“Suspected” only says that the cues are there; a person has to look. The wordings to look at first are listed by reach and risk score.`];
    return [first, rest, ...note];
  },

  charts: () => [],

  extra({ status, data }, language): Html | null {
    if (status !== "ok" || data.classed === 0) return null;
    return html`${classTable(data, language)}${data.queue.length > 0 && queueTable(data, language)}`;
  },
};

const className = (name: TriageClass, language: Language): string => nameOf("triage", name, language);

const cueName = (cue: string, language: Language): string => triageRules().cues[cue]?.[language] ?? cue;

function classTable({ classes, worded }: Data, language: Language): Html {
  const zh = language === "zh";
  const [kind, posts, of, authors, cues] = zh ? ["类别", "帖文", "占比", "账号", "主要线索（帖文数）与例帖"] : ["class", "posts", "share", "accounts", "main cues (posts) and an example"];
  const rows = classes.map((one) => [
    className(one.name, language),
    html`<a data-fact="${one.name}">${integer(one.posts, language)}</a>`,
    share(one.posts / worded, language),
    integer(one.authors, language),
    html`${one.cues.slice(0, 4).map(({ cue, posts }) => `${cueName(cue, language)} ${integer(posts, language)}`).join(zh ? "、" : ", ")}${one.examples[0] !== undefined && html` <small><a data-post="${one.examples[0]}"><bdi>${one.examples[0]}</bdi></a></small>`}`,
  ]);
  return dataTable("triage-classes", zh ? "各类帖文" : "Posts by class", [{ label: kind! }, ...[posts, of, authors].map((label) => ({ label: label!, align: "right" as const })), { label: cues! }], rows);
}

/** Posts, not accounts: whom a post is by is for the person who looks at it. */
function queueTable({ queue, utc_offset_ms }: Data, language: Language): Html {
  const zh = language === "zh";
  const heading = zh ? "待人核实的用语（疑似，未下结论）" : "Wordings for a person to look at (suspected, nothing is settled)";
  const columns = [{ label: zh ? "触达" : "reach", align: "right" as const }, { label: zh ? "用语、线索与触达最大的一条" : "wording, cues and its post of most reach" }];
  const rows = queue.map((one, i) => [html`<a data-fact="queue.${i + 1}">${integer(one.reach, language)}</a>`, wording(one, utc_offset_ms, language)]);
  return html`<h3>${heading}</h3>${dataTable("triage-queue", heading, columns, rows)}`;
}

function wording({ id, title, posts, score, worded, doubts, classes, cues, published_ms, precision, platform }: Queued, utcOffsetMs: number, language: Language): Html {
  const zh = language === "zh";
  const [semicolon, colon, comma] = zh ? ["；", "：", "，"] : ["; ", ": ", ", "];
  const attack = cues.some(({ cue }) => cue === "attack");
  const found = cues.filter(({ cue }) => cue !== "insult" || !attack).map(({ cue, words }) => cueName(cue, language) + (words.length === 0 ? "" : `${zh ? "“" : " “"}${words.join(zh ? "、" : ", ")}”`));
  const numbers = [zh ? `风险分 ${score.toFixed(2)}` : `risk score ${score.toFixed(2)}`, zh ? `${integer(posts, "zh")} 条` : `${integer(posts, "en")} posts`];
  if (worded > 0) numbers.push(zh ? `回复 ${integer(worded, "zh")} 条中质疑 ${integer(doubts, "zh")} 条` : `${integer(doubts, "en")} of ${integer(worded, "en")} replies doubt it`);
  const place = [published_ms === null ? null : moment(published_ms, language, utcOffsetMs, precision), platform && nameOf("platform", platform, language)].filter((part) => part !== null).join(comma);
  const quote = cues.some(({ cue }) => cue === "insult") ? html`<em>${zh ? "（含冒犯性言辞，不在此引用）" : "(offensive words, not quoted here)"}</em>` : html`<bdi>${title}</bdi>`;
  return html`${quote}<br><small>${classes.map((name) => className(name, language)).join(zh ? "、" : ", ")}${colon}${found.join(semicolon)}<br>${numbers.join(comma)}${semicolon}<a data-post="${id}"><bdi>${id}</bdi></a> ${place}</small>`;
}
