import type { z } from "zod";
import { overview as analyzer } from "../../analyzers/event/overview.ts";
import type { Section } from "../contract.ts";
import { instant } from "../format.ts";
import { nameOf } from "../names.ts";
import { leastForShares } from "../narrative/gates.ts";
import { teller } from "../narrative/say.ts";

type Data = z.infer<typeof analyzer.data>;

export const overview: Section<Data> = {
  id: "overview",
  heading: { zh: "事件概述", en: "Overview" },

  tell(finding, language) {
    if (finding.status !== "ok") return [];
    const zh = language === "zh";
    const { say, fact, figure } = teller(finding, language);
    const { span, platforms, authored } = finding.data;
    const day = (no: number) => instant(no * 86_400_000, language, 0, "day");
    const part = (posts: string, share: string, of: number) => fact(of < leastForShares ? posts : share);
    const total = figure("posts").value!;
    const [top, second] = platforms;
    const known = platforms.reduce((sum, { posts }) => sum + posts, 0);
    const leads = top !== undefined && top.posts > (second?.posts ?? 0);
    const name = nameOf("platform", top?.platform ?? null, language);
    const share = top ? part("platform.posts", "platform.share", known) : "";
    if (zh) {
      return [
        span ? say`本报告分析帖文 ${fact("posts")}，发布于 ${day(span.first)}${span.last > span.first ? ["至 ", day(span.last), "，跨 ", fact("span.days"), "，有帖文的日子日均 ", fact("posts.daily")] : []}。` : say`本报告分析帖文 ${fact("posts")}，数据没有发布时间。`,
        say`其中原创${total < leastForShares ? "" : "占"} ${part("posts.original", "share.original", total)}${authored ? ["；有作者的 ", fact("posts.authored"), "来自 ", fact("authors")] : ["；数据没有作者"]}。`,
        ...(top ? [platforms.length === 1 ? say`平台已知的均来自${name}。` : say`平台已知的来自 ${fact("platforms")} 个平台${leads ? [`，${name}最多，${known < leastForShares ? "" : "占 "}`, share] : []}。`] : [say`数据没有平台。`]),
      ];
    }
    return [
      span ? say`The report covers ${fact("posts")} of ${day(span.first)}${span.last > span.first ? [" to ", day(span.last), " (", fact("span.days"), "), ", fact("posts.daily"), " per day with posts"] : []}.` : say`The report covers ${fact("posts")}; the data has no publication times.`,
      say`Originals: ${part("posts.original", "share.original", total)}${authored ? ["; ", fact("posts.authored"), " with a known author come from ", fact("authors")] : ["; the data has no authors"]}.`,
      ...(top ? [platforms.length === 1 ? say`All with a known platform come from ${name}.` : say`Those with a known platform come from ${fact("platforms")} platforms${leads ? [`; ${name} has most (`, share, ")"] : []}.`] : [say`The data has no platforms.`]),
    ];
  },

  charts: () => [],
};
