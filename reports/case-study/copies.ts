import type { z } from "zod";
import { copies as analyzer } from "../../analyzers/event/copies.ts";
import type { Section } from "../contract.ts";
import { integer } from "../format.ts";
import { dataTable } from "../html/figure.ts";
import { html, type Html } from "../html/html.ts";
import { nameOf } from "../names.ts";
import { moment } from "../narrative/moment.ts";
import { teller } from "../narrative/say.ts";

type Data = z.infer<typeof analyzer.data>;

export const copies: Section<Data> = {
  id: "copies",
  heading: { zh: "重复用语", en: "Repeated wordings" },

  tell(finding, language) {
    if (finding.status !== "ok") return [];
    const { say, fact } = teller(finding, language);
    const { wordings } = finding.data;
    if (language === "en") {
      return [
        say`${fact("repeated")} of the posts with own words use words that other posts use too; ${fact("texts")} distinct texts are ${fact("clusters")} wordings once near-equal ones are joined.`,
        ...(wordings.length > 0 ? [say`The most repeated wording has ${fact("wording.1")}; the earliest post of each is listed.`] : []),
      ];
    }
    return [
      say`有自身文字的帖文中，${fact("repeated")} 与别的帖文用语相同或近似；${fact("texts")} 种文本归并近似者后为 ${fact("clusters")} 种用语。`,
      ...(wordings.length > 0 ? [say`重复最多的一种有 ${fact("wording.1")}；以下各列最早的一条。`] : []),
    ];
  },

  charts: () => [],

  extra({ status, data }, language) {
    if (status !== "ok" || data.wordings.length === 0) return null;
    const zh = language === "zh";
    const count = (value: number): Html => html`${integer(value, language)}`;
    const rows = data.wordings.map(({ head, title, posts, texts, authors, platforms, first_ms, precision, platform, author_name }, i) => {
      const first = [first_ms === null ? null : moment(first_ms, language, data.utc_offset_ms, precision === "day" ? "day" : "minute"), platform && nameOf("platform", platform, language), author_name].filter((part) => part !== null).join(zh ? "，" : ", ");
      return [html`<a data-fact="wording.${i + 1}">${integer(posts, language)}</a>`, count(texts), count(authors), count(platforms), html`<bdi>${title}</bdi><br><small><a data-post="${head}"><bdi>${head}</bdi></a> <bdi>${first}</bdi></small>`];
    });
    const counts = (zh ? ["帖文", "写法", "账号", "平台"] : ["posts", "variants", "accounts", "platforms"]).map((label) => ({ label, align: "right" as const }));
    return dataTable("copies-wordings", zh ? "重复用语" : "Repeated wordings", [...counts, { label: zh ? "用语与最早的一条" : "wording and its earliest post" }], rows);
  },
};
