import type { z } from "zod";
import { copies as analyzer } from "../../analyzers/event/copies.ts";
import type { Language } from "../../pipeline/errors.ts";
import type { Section } from "../contract.ts";
import { figure, integer } from "../format.ts";
import { dataTable } from "../html/figure.ts";
import { html, type Html } from "../html/html.ts";
import { nameOf } from "../names.ts";
import { moment } from "../narrative/moment.ts";
import { leastForShares } from "../narrative/gates.ts";
import { teller } from "../narrative/say.ts";

type Data = z.infer<typeof analyzer.data>;

export const copies: Section<Data> = {
  id: "copies",
  heading: { zh: "重复用语", en: "Repeated wordings" },

  tell(finding, language) {
    if (finding.status !== "ok") return [];
    const { say, fact } = teller(finding, language);
    const { posts, wordings, waves } = finding.data;
    const few = posts < leastForShares;
    if (language === "en") {
      return [
        say`${few ? "" : [fact("repeated"), " of the posts with own words use words that other posts use too; "]}${fact("texts")} distinct texts are ${fact("clusters")} wordings once near-equal ones are joined.`,
        ...(wordings.length > 0 ? [say`The most repeated wording has ${fact("wording.1")}; the earliest post of each is listed.`] : []),
        ...(waves.length > 0 ? [say`${fact("waves")} wordings came from many accounts within an hour, the most from ${fact("wave.1")}; they are listed apart.`] : []),
      ];
    }
    return [
      say`${few ? "" : ["有自身文字的帖文中，", fact("repeated"), " 与别的帖文用语相同或近似；"]}${fact("texts")} 种文本归并近似者后为 ${fact("clusters")} 种用语。`,
      ...(wordings.length > 0 ? [say`重复最多的一种有 ${fact("wording.1")}；以下各列最早的一条。`] : []),
      ...(waves.length > 0 ? [say`${fact("waves")} 种用语在一小时内由许多账号集中发出，最多的有 ${fact("wave.1")}，另列于后。`] : []),
    ];
  },

  charts: () => [],

  extra({ status, data }, language) {
    if (status !== "ok" || data.wordings.length === 0) return null;
    const zh = language === "zh";
    const count = (value: number): Html => html`${integer(value, language)}`;
    const rows = data.wordings.map(({ head, title, posts, texts, authors, platforms, first_ms, precision, platform, author_name }, i) => {
      const first = [first_ms === null ? null : moment(first_ms, language, data.utc_offset_ms, precision === "day" ? "day" : "minute"), platform && nameOf("platform", platform, language), author_name].filter((part) => part !== null).join(zh ? "，" : ", ");
      return [html`<bdi>${title}</bdi><br><small><a data-post="${head}"><bdi>${head}</bdi></a> <bdi>${first}</bdi></small>`, html`<a data-fact="wording.${i + 1}">${integer(posts, language)}</a>`, count(texts), count(authors), count(platforms)];
    });
    const counts = (zh ? ["帖文", "写法", "账号", "平台"] : ["posts", "variants", "accounts", "platforms"]).map((label) => ({ label, align: "right" as const }));
    return html`${dataTable("copies-wordings", zh ? "重复用语" : "Repeated wordings", [{ label: zh ? "用语与最早的一条" : "wording and its earliest post" }, ...counts], rows)}${waveTable(data, language)}`;
  },
};

/** Wordings that many accounts posted within an hour: how many, when, over what span, and the earliest post. */
function waveTable({ waves, utc_offset_ms }: Data, language: Language): Html | null {
  if (waves.length === 0) return null;
  const zh = language === "zh";
  const columns = [
    { label: zh ? "用语与最早的一条" : "wording and its earliest post" },
    ...(zh ? ["一小时内账号", "一小时内帖文", "全部帖文"] : ["accounts in the hour", "posts in the hour", "all posts"]).map((label) => ({ label, align: "right" as const })),
    { label: zh ? "这一小时始于" : "the hour begins" },
    { label: zh ? "首末相距" : "first to last" },
  ];
  const rows = waves.map(({ head, title, posts, hour_posts, hour_authors, from_ms, first_ms, last_ms }, i) => [
    html`<bdi>${title}</bdi><br><small><a data-post="${head}"><bdi>${head}</bdi></a></small>`,
    html`<a data-fact="wave.${i + 1}">${integer(hour_authors, language)}</a>`,
    integer(hour_posts, language),
    integer(posts, language),
    moment(from_ms, language, utc_offset_ms, "minute"),
    first_ms === null || last_ms === null ? "—" : hours(last_ms - first_ms, language),
  ]);
  return html`<h3>${zh ? "短时间内集中出现的相同用语" : "The same wording from many accounts within an hour"}</h3>${dataTable("copies-waves", zh ? "集中出现的用语" : "Waves of one wording", columns, rows)}`;
}

const hours = (ms: number, language: Language): string => figure({ key: "", label: { zh: "", en: "" }, value: ms / 3_600_000, unit: "hours", of: null, interval: null, filter: null, estimate: false }, language);
