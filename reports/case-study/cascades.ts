import type { z } from "zod";
import { cascades as analyzer } from "../../analyzers/event/cascades.ts";
import { printable, type Language } from "../../pipeline/errors.ts";
import { cascadeChart } from "../charts/cascade.ts";
import type { Part, Section } from "../contract.ts";
import { integer } from "../format.ts";
import { dataTable } from "../html/figure.ts";
import { html } from "../html/html.ts";
import { nameOf } from "../names.ts";
import { leastForShares } from "../narrative/gates.ts";
import { teller } from "../narrative/say.ts";

type Data = z.infer<typeof analyzer.data>;

export const cascades: Section<Data> = {
  id: "cascades",
  heading: { zh: "转发链路", en: "How reposts spread" },

  tell(finding, language) {
    if (finding.status !== "ok") return [];
    const { say, fact } = teller(finding, language);
    const { totals, cascades } = finding.data;
    const zh = language === "zh";
    const [first] = cascades;
    const depth: Part[] = first === undefined ? [] : [first.deeper ? "≥ " : "", fact("depth.1")];
    const lost: Part[] = totals.lost === 0 ? [] : zh ? ["；上级不在数据中、暂挂原帖的 ", fact("lost")] : ["; the parent of ", fact("lost"), " is not in the data, they hang on the root"];
    const cycles: Part[] = totals.cycles === 0 ? [] : zh ? ["；互为上级的循环 ", fact("cycles"), "处已断开"] : ["; ", fact("cycles"), " cycles were cut"];
    const few = totals.reposts < leastForShares;
    const direct: Part[] = totals.rooted < leastForShares ? [] : zh ? ["；其中直接转发原帖的占 ", fact("direct")] : ["; ", fact("direct"), " of these are reposts of the root itself"];
    if (zh) {
      return [
        say`${fact("reposts")}转发中，${few ? "知道原帖的" : [fact("rooted"), " 知道原帖，"]}归入 ${fact("cascades")}棵转发树${direct}${lost}${cycles}。`,
        ...(first ? [say`最大的一棵有 ${fact("seen.1")}转发，${few ? "" : ["占全部转发的 ", fact("share.1"), "，"]}最深 ${depth}层、平均 ${fact("mean_depth.1")}层，最宽一层 ${fact("breadth.1")}，结构传播度 ${fact("virality.1")}${first.seen >= 20 ? (first.virality < 3 ? "，以直接转发为主" : "，接力转发较多") : ""}。`] : []),
      ];
    }
    return [
      say`Of ${fact("reposts")} that are reposts, ${few ? "those that" : fact("rooted")} name their root${few ? " are" : ","} in ${fact("cascades")} cascades${direct}${lost}${cycles}.`,
      ...(first ? [say`The largest has ${fact("seen.1")}, ${few ? "" : [fact("share.1"), " of all reposts, "]}${depth} levels with a mean depth of ${fact("mean_depth.1")}, ${fact("breadth.1")} in its widest level, and a structural virality of ${fact("virality.1")}.`] : []),
    ];
  },

  charts: ({ data }, language) => data.pictures.map((picture) => cascadeChart(picture, data.cascades.find(({ root }) => root === picture.root), data.utc_offset_ms, language)),

  extra({ status, data }, language) {
    if (status !== "ok" || data.cascades.length === 0) return null;
    const zh = language === "zh";
    const heading = zh ? "较大的转发树" : "Largest cascades";
    const labels = zh ? ["原帖", "转发", "转发账号", "最深层数", "平均层数", "最宽一层", "结构传播度", "上级不明", "历时（小时）"] : ["first post", "reposts", "accounts", "levels", "mean depth", "widest level", "structural virality", "parent unknown", "hours"];
    const columns = labels.map((label, i) => ({ label, ...(i > 0 ? { align: "right" as const } : {}) }));
    const rows = data.cascades.map((row, i) => [
      html`<bdi>${titleOf(row.title, language)}</bdi><br><small><bdi>${[row.author_name, row.platform && nameOf("platform", row.platform, language)].filter((part) => part !== null).join(zh ? "，" : ", ")}</bdi></small>`,
      html`<a data-fact="seen.${i + 1}">${integer(row.seen, language)}</a>`,
      integer(row.authors, language),
      `${row.deeper ? "≥ " : ""}${integer(row.depth, language)}`,
      row.mean_depth.toFixed(2),
      integer(row.breadth, language),
      row.virality.toFixed(2),
      integer(row.lost, language),
      row.first_ms === null || row.last_ms === null ? "—" : integer((row.last_ms - row.first_ms) / 3_600_000, language),
    ]);
    return html`<h3>${heading}</h3>${dataTable("cascades-largest", heading, columns, rows)}`;
  },
};

/** The first 40 characters on one line, without control characters that could turn the text around. */
function titleOf(title: string | null, language: Language): string {
  const zh = language === "zh";
  if (title === null) return zh ? "（数据中没有原帖）" : "(first post not in the data)";
  const characters = [...printable(title.replace(/\s+/gu, " ").trim())];
  const cut = characters.length > 40 ? `${characters.slice(0, 40).join("")}…` : characters.join("");
  return zh ? `「${cut}」` : `“${cut}”`;
}
