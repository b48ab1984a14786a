import type { z } from "zod";
import { heat as analyzer } from "../../analyzers/event/heat.ts";
import { least, measureNames, measures, type Measure } from "../../analyzers/fingerprint.ts";
import { presets } from "../../analyzers/indices.ts";
import type { Figure, Finding } from "../../analyzers/contract.ts";
import type { Language } from "../../pipeline/errors.ts";
import type { Part, Section, Sentence } from "../contract.ts";
import { figure as formatFigure, integer, share } from "../format.ts";
import { dataTable } from "../html/figure.ts";
import { html, type Html } from "../html/html.ts";
import { teller } from "../narrative/say.ts";

type Data = z.infer<typeof analyzer.data>;
type Place = Data["places"][number];

/** Measures whose place is told in words; the table has all. */
const told: readonly Measure[] = ["first_day", "posts", "engagement", "authors"];

export const heat: Section<Data> = {
  id: "heat",
  heading: { zh: "热度与往例", en: "Heat and past events" },

  tell(finding, language) {
    if (finding.status !== "ok") return [];
    const zh = language === "zh";
    const { say, fact, has } = teller(finding, language);
    const { fingerprint, library } = finding.data;
    const first: Part[] = has("first_day") ? (zh ? ["；首日声量 ", fact("first_day")] : ["; ", fact("first_day"), " on the first day"]) : [];
    const engagement: Part[] = fingerprint.engagement === null ? [zh ? "互动量未知" : "engagement unknown"] : zh ? ["互动量 ", fact("engagement"), " 次"] : [fact("engagement"), " reposts, comments and likes"];
    const authors: Part[] = fingerprint.authors === null ? [zh ? "参与账号数未知" : "accounts unknown"] : zh ? ["参与账号 ", fact("authors")] : [fact("authors")];
    return [zh ? say`发布量 ${fact("posts")}，${engagement}，${authors}${first}。` : say`${fact("posts")}; ${engagement}; ${authors}${first}.`, ...(library === null ? [] : [compared(finding, language)])];
  },

  charts: () => [],

  extra(finding, language): Html | null {
    if (finding.status !== "ok") return null;
    const { library, indices, uncounted } = finding.data;
    const damaged = library !== null && library.damaged > 0;
    if (library === null && indices.length === 0 && !uncounted) return null;
    return html`${library !== null && library.entries > 0 && placesTable(finding, language)}
${damaged && html`<p class="note">${language === "zh" ? `事件库中有 ${integer(library.damaged, language)} 个文件损坏，未用。` : `${integer(library.damaged, language)} files of the library are damaged and were left out.`}</p>`}
${indices.length > 0 && indexTables(finding, language)}
${uncounted && html`<p class="note">${language === "zh" ? "没有一个微博或微信账号的全部帖文都有所需计数，公开指数算不出。" : "No Weibo or WeChat account has the counts of all its posts: no published index can be computed."}</p>`}`;
  },
};

/** Where the case stands, in one sentence; with too few events, how many there are. */
function compared(finding: Finding<Data>, language: Language): Sentence {
  const zh = language === "zh";
  const { say, fact } = teller(finding, language);
  const { places } = finding.data;
  const library = finding.data.library!;
  if (library.entries === 0) return [zh ? "事件库中没有别的事件，无从比较。" : "The library has no other events to compare with."];
  const known = told.flatMap((measure) => places.filter((one) => one.measure === measure && one.percentile !== null));
  if (known.length === 0) return zh ? say`事件库有 ${fact("library.entries")} 件其他事件，每项可比的都不足 ${`${least}`} 件，不给百分位。` : say`The library has ${fact("library.entries")} other events, fewer than ${`${least}`} comparable ones for each number: no percentiles.`;
  const one = ({ measure, base, n }: Place): Part[] => {
    const whose = base === "type" ? (zh ? "同类" : " of the same type") : zh ? "事件" : "";
    return zh ? [`${measures[measure].name.zh}超过库内 `, fact(`percentile.${measure}`), ` 的${whose}（n = ${integer(n, language)}）`] : [`${measures[measure].name.en}: above `, fact(`percentile.${measure}`), ` of the events${whose} in the library (n = ${integer(n, language)})`];
  };
  const few: Part[] = library.alike === null || library.alike >= least ? [] : zh ? [`；库内“${library.type}”类事件 `, fact("library.alike"), ` 件，不足 ${least} 件，故与全部事件相比`] : ["; the library has ", fact("library.alike"), ` events of type “${library.type}”, fewer than ${least}, hence all events`];
  return say`${known.flatMap((each, i) => [...(i > 0 ? [zh ? "，" : ", "] : []), ...one(each)])}${few}${zh ? "。" : "."}`;
}

function placesTable(finding: Finding<Data>, language: Language): Html {
  const zh = language === "zh";
  const { figure } = teller(finding, language);
  const label = zh ? "与事件库中的其他事件相比" : "Compared with the other events of the library";
  const base = { type: zh ? "同类" : "same type", all: zh ? "全部" : "all" };
  const rows = measureNames.flatMap((measure) => finding.data.places.filter((one) => one.measure === measure)).map(({ measure, base: of, n, median, percentile, interval }) => {
    const value = figure(measure);
    return [
      measures[measure].name[language],
      html`<a data-fact="${measure}">${formatFigure(value, language)}</a>`,
      percentile === null ? (zh ? `不足 ${least} 件` : `fewer than ${least}`) : html`<a data-fact="percentile.${measure}">${share(percentile, language, interval)}</a>`,
      interval === null ? "—" : `${share(interval[0], language, interval)}–${share(interval[1], language, interval)}`,
      median === null ? "—" : formatFigure({ ...value, value: median, interval: null } satisfies Figure, language),
      `${base[of]} ${integer(n, language)}`,
    ];
  });
  const columns = zh ? ["", "本事件", "百分位", "95% 区间", "库内中位", "可比事件"] : ["", "this event", "percentile", "95% interval", "median", "events"];
  return html`<h3>${label}</h3>${dataTable("heat-places", label, columns.map((name, i) => ({ label: name, align: i === 0 ? "left" : "right" })), rows)}`;
}

function indexTables(finding: Finding<Data>, language: Language): Html {
  const zh = language === "zh";
  const { figure } = teller(finding, language);
  const table = (index: "wci" | "bci"): Html | false => {
    const { name, source } = presets[index];
    const rows = finding.data.indices.filter((row) => row.index === index).map(({ author, author_name, posts }) => [author_name ?? (zh ? "未知账号" : "unknown account"), html`<a data-fact="${index}.${author}">${formatFigure(figure(`${index}.${author}`), language)}</a>`, integer(posts, language)]);
    const columns = [{ label: zh ? "账号" : "account" }, { label: zh ? "值" : "value", align: "right" as const }, { label: zh ? "帖文" : "posts", align: "right" as const }];
    return rows.length > 0 && html`<div><h3>${name[language]}</h3><p class="note">${zh ? `公式出处：${source}。只计本事件的帖文，不能与榜单上的值相比。` : `Formula: ${source}. Posts of this event only; not to be compared with ranking lists.`}</p>${dataTable(`heat-${index}`, name[language], columns, rows)}</div>`;
  };
  return html`${table("wci")}${table("bci")}`;
}
