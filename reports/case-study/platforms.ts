import type { z } from "zod";
import { platforms as analyzer } from "../../analyzers/event/platforms.ts";
import type { Finding } from "../../analyzers/contract.ts";
import type { Language } from "../../pipeline/errors.ts";
import { postsText, sizeText, tip, tipped } from "../charts/tip.ts";
import type { Part, Section, Sentence } from "../contract.ts";
import { integer, share } from "../format.ts";
import { nameOf } from "../names.ts";
import { clearlyMore, leastForShares } from "../narrative/gates.ts";
import { teller, titled } from "../narrative/say.ts";

type Data = z.infer<typeof analyzer.data>;

export const platforms: Section<Data> = {
  id: "platforms",
  heading: { zh: "主要平台分布", en: "Platforms" },

  tell(finding, language) {
    if (finding.status !== "ok") return [];
    return [...named(finding, language), ...routed(finding, language), ...rivals(finding.data, language)];
  },

  charts(finding, language) {
    const zh = language === "zh";
    const { data, coverage } = finding;
    const known = finding.figures.find(({ key }) => key === "posts.known")!.value!;
    const rows = data.platforms.map(({ platform, posts }) => ({ name: nameOf("platform", platform, language), posts, share: platform === null ? "—" : share(posts / known, language) }));
    if (data.rest > 0) rows.push({ name: zh ? "其他平台" : "other platforms", posts: data.rest, share: share(data.rest / known, language) });
    if (rows.length < 2 || known === 0) return [];
    const rest = coverage.of - known;
    const unknown = rest === 0 ? "" : zh ? `，另有 ${integer(rest, language)} 条平台不详` : `, ${integer(rest, language)} more of no known platform`;
    return [
      {
        id: "platforms-share",
        ...titled(title(finding, language)),
        note: zh ? `单位：条；百分比以平台已知的 ${integer(known, language)} 条为分母，含转发${unknown}` : `posts; shares are of ${integer(known, language)} with a known platform, reposts included${unknown}`,
        body: {
          kind: "vega-lite",
          spec: {
            data: { values: rows.map((row) => ({ ...row, tip: tip(row.name, postsText(row.posts, language), row.share === "—" ? [] : [row.share, sizeText(known, language)], language) })) },
            encoding: {
              y: { field: "name", type: "nominal", sort: null, axis: { title: null } },
              x: { field: "posts", type: "quantitative", axis: { title: null, format: "~s" } },
            },
            layer: [
              { mark: { type: "bar" }, encoding: tipped },
              { mark: { type: "text", align: "left", dx: 4 }, encoding: { text: { field: "share" } } },
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
          rows: rows.map((row) => ({ name: row.name, posts: integer(row.posts, language), share: row.share })),
        },
      },
    ];
  },
};

const fewKnown = ({ figures }: Finding): boolean => figures.find(({ key }) => key === "posts.known")!.value! < leastForShares;

/** 居首 only with a clear lead over every other known platform. */
function title(finding: Finding<Data>, language: Language): Sentence {
  const zh = language === "zh";
  const { say, fact } = teller(finding, language);
  const [lead, ...others] = finding.data.platforms.filter((row) => row.platform !== null);
  const key = (platform: string | null) => `platform.${fewKnown(finding) ? "posts" : "share"}.${platform}`;
  const leads = others.every((row) => clearlyMore(lead!.posts, row.posts));
  const value = fact(key(lead!.platform), undefined, leads ? { kind: "first", key: key(lead!.platform), among: key("") } : undefined);
  const name = nameOf("platform", lead!.platform, language);
  return zh ? say`${name}${leads ? "居首" : "居前"}，${fewKnown(finding) ? "有" : "占"} ${value}` : say`${name} ${leads ? "leads" : "among the first"} with ${value}`;
}

/** The two platforms of most posts. */
function named(finding: Finding<Data>, language: Language): Sentence[] {
  const zh = language === "zh";
  const { say, fact } = teller(finding, language);
  const [top, second] = finding.data.platforms.filter((row) => row.platform !== null);
  if (top === undefined) return [zh ? say`没有平台已知的帖文。` : say`No post has a known platform.`];
  const name = ({ platform }: typeof top) => nameOf("platform", platform, language);
  const known = fact("posts.known");
  if (second === undefined) return [zh ? say`平台已知的 ${known}帖文均来自${name(top)}。` : say`All ${known} with a known platform come from ${name(top)}.`];
  const few = fewKnown(finding);
  const part = ({ platform }: typeof top): Part => fact(`platform.${few ? "posts" : "share"}.${platform}`);
  return zh
    ? [say`平台已知的 ${known}帖文中，${name(top)}${few ? "有" : "占"} ${part(top)}，其次为${name(second)}（${part(second)}）。`]
    : [say`${name(top)} carried ${part(top)} of the ${known} with a known platform, followed by ${name(second)} (${part(second)}).`];
}

/** Social platforms beside the press, of the posts whose channel is known. */
function routed(finding: Finding<Data>, language: Language): Sentence[] {
  const zh = language === "zh";
  const { say, fact, figure, has } = teller(finding, language);
  if (!has("press.share")) return [];
  const unit = figure("channels.known").value! < leastForShares ? "posts" : "share";
  const verb = zh ? (unit === "posts" ? "有" : "占") : "";
  const social = finding.data.channels.some((row) => row.channel === "social");
  if (zh) return [say`渠道已知的 ${fact("channels.known")}帖文中，${social ? [`社交平台${verb} `, fact(`channel.${unit}.social`), "，"] : ""}新闻客户端与新闻网站合计${verb} ${fact(`press.${unit}`)}。`];
  return [say`Of ${fact("channels.known")} with a known channel, ${social ? [fact(`channel.${unit}.social`), " are on social platforms, "] : ""}${fact(`press.${unit}`)} on news apps and news sites together.`];
}

function rivals({ first }: Data, language: Language): Sentence[] {
  if (new Set(Object.values(first).filter((key) => key !== null)).size < 2) return [];
  const list = Object.entries(first).filter(([, key]) => key !== null).map(([lens, key]) => [nameOf("lens", lens, language), nameOf("platform", key, language)]);
  if (language === "en") return [[`Counted otherwise (${list.map((pair) => pair.join(": ")).join("; ")}), another platform has most.`]];
  return [[`换一种计数口径，最多的平台不同：${list.map((pair) => pair.join("为")).join("，")}。`]];
}
