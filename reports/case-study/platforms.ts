import type { z } from "zod";
import { platforms as analyzer } from "../../analyzers/event/platforms.ts";
import type { Section } from "../contract.ts";
import { integer, share } from "../format.ts";
import { nameOf } from "../names.ts";
import { clearlyMore } from "../narrative/gates.ts";
import { teller } from "../narrative/say.ts";

type Data = z.infer<typeof analyzer.data>;

export const platforms: Section<Data> = {
  id: "platforms",
  heading: { zh: "主要平台分布", en: "Platforms" },

  tell(finding, language) {
    const { say, fact, has } = teller(finding, language);
    const name = (key: string | null) => nameOf("platform", key, language);
    const [top, second] = finding.data.platforms.filter((row) => row.platform !== null);
    if (!top) return [];
    if (!second) return [language === "en" ? say`All ${fact("posts.known")} with a known platform come from ${name(top.platform)}.` : say`平台已知的 ${fact("posts.known")}帖文均来自${name(top.platform)}。`];
    const social = finding.data.channels.some((row) => row.channel === "social");
    const rivals = new Set(Object.values(finding.data.first).filter((key) => key !== null));
    if (language === "en") {
      return [
        say`${name(top.platform)} carried ${fact(`platform.share.${top.platform}`)} of the ${fact("posts.known")} with a known platform, followed by ${name(second.platform)} (${fact(`platform.share.${second.platform}`)}).`,
        ...(has("press.share") ? [say`${social ? ["Social platforms made up ", fact("channel.share.social"), "; "] : ""}news apps and news sites together ${social ? "" : "made up "}${fact("press.share")}.`] : []),
        ...(rivals.size > 1 ? [say`Counted otherwise (${Object.entries(finding.data.first).map(([lens, key]) => `${nameOf("lens", lens, language)}: ${name(key)}`).join("; ")}), another platform has most.`] : []),
      ];
    }
    return [
      say`平台已知的 ${fact("posts.known")}帖文中，${name(top.platform)}占 ${fact(`platform.share.${top.platform}`)}，其次为${name(second.platform)}（${fact(`platform.share.${second.platform}`)}）。`,
      ...(has("press.share") ? [say`${social ? ["社交平台占 ", fact("channel.share.social"), "，"] : ""}新闻客户端与新闻网站合计占 ${fact("press.share")}。`] : []),
      ...(rivals.size > 1 ? [say`换一种计数口径，最多的平台不同：${Object.entries(finding.data.first).map(([lens, key]) => `${nameOf("lens", lens, language)}为${name(key)}`).join("，")}。`] : []),
    ];
  },

  charts(finding, language) {
    const rows = finding.data.platforms.map((row) => ({ name: nameOf("platform", row.platform, language), posts: row.posts, share: row.posts / finding.coverage.of }));
    if (finding.data.rest > 0) rows.push({ name: language === "zh" ? "其他平台" : "other platforms", posts: finding.data.rest, share: finding.data.rest / finding.coverage.of });
    if (rows.length < 2) return [];
    const lead = rows[0]!;
    const leads = rows.every((row) => row === lead || clearlyMore(lead.posts, row.posts));
    return [
      {
        id: "platforms-share",
        title: leads ? (language === "zh" ? `${lead.name}居首，占 ${share(lead.share, language)}` : `${lead.name} leads with ${share(lead.share, language)}`) : language === "zh" ? `${lead.name}居前，占 ${share(lead.share, language)}` : `${lead.name} among the first with ${share(lead.share, language)}`,
        note: language === "zh" ? `单位：条；n = ${integer(finding.coverage.of, language)}，含转发` : `posts; n = ${integer(finding.coverage.of, language)}, reposts included`,
        body: {
          kind: "vega-lite",
          spec: {
            data: { values: rows },
            encoding: {
              y: { field: "name", type: "nominal", sort: null, axis: { title: null } },
              x: { field: "posts", type: "quantitative", axis: { title: null, format: "~s" } },
            },
            layer: [
              { mark: { type: "bar" } },
              { mark: { type: "text", align: "left", dx: 4 }, encoding: { text: { field: "share", format: ".1%" } } },
            ],
            height: { step: 26 },
          },
        },
        table: {
          columns: [
            { key: "name", label: language === "zh" ? "平台" : "platform" },
            { key: "posts", label: language === "zh" ? "帖文数" : "posts", align: "right" },
            { key: "share", label: language === "zh" ? "占比" : "share", align: "right" },
          ],
          rows: rows.map((row) => ({ name: row.name, posts: integer(row.posts, language), share: share(row.share, language) })),
        },
      },
    ];
  },
};
