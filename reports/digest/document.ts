import type { Digest } from "../../pipeline/digest/schema.ts";
import { dayOf } from "../../pipeline/digest/span.ts";
import type { Language } from "../../pipeline/errors.ts";
import type { Chart } from "../contract.ts";
import type { Block, Document } from "../document.ts";
import { instant, integer } from "../format.ts";
import { eventBlocks, moodBlocks, peakBlocks } from "./analysis.ts";
import { paragraph } from "./blocks.ts";
import { dayChart, platformChart } from "./charts.ts";
import { alertBlocks, ledgerBlocks } from "./duties.ts";
import { topItems } from "./items.ts";
import { lead, warnings } from "./opening.ts";
import { clean, dateText, plural } from "./words.ts";

/** The digest as a text to hand in: facts, analysis, and pointers to what is due. Empty parts are said, not left out; parts that the options switch off are left out. */
export function digestDocument(digest: Digest, language: Language): Document {
  const zh = language === "zh";
  const { sections: on } = digest;
  const numerals = zh ? ["一", "二", "三", "四", "五"] : ["1", "2", "3", "4", "5"];
  // Without a night there is nothing to say of posts, not even that there are none.
  const read = digest.coverage.nights > 0;
  let part = 0;
  const chapter = (title: string, ...groups: (Block[] | false | undefined)[]): Block[] => {
    const blocks = groups.flatMap((group) => (group ? group : []));
    return blocks.length === 0 ? [] : [{ kind: "heading", level: 1, text: `${numerals[part++]}${zh ? "、" : ". "}${title}` }, ...blocks];
  };
  const under = (title: string, blocks: Block[]): Block[] => (blocks.length === 0 ? [] : [{ kind: "heading", level: 2, text: title }, ...blocks]);
  const drawn = (chart: Chart | null): Block[] => (chart === null ? [] : [{ kind: "chart", chart }]);
  const days = [...drawn(dayChart(digest, language)), ...peakBlocks(digest, language)];
  return {
    language,
    title: clean(digest.title, 60),
    issue: digest.number === null ? null : zh ? `第 ${digest.number} 期` : `No. ${digest.number}`,
    subtitle: [...(digest.office === "" ? [] : [clean(digest.office, 60)]), spanText(digest, language)].join(zh ? "　" : " · "),
    label: clean(digest.label, 40),
    blocks: [
      ...warnings(digest, language),
      lead(digest, language),
      ...chapter(zh ? "重点舆情" : "What matters", read && on.top && topItems(digest, language), read && on.alerts && under(zh ? "预警" : "Alerts", alertBlocks(digest, language))),
      ...chapter(
        zh ? "情况分析" : "Analysis",
        read && on.events && under(zh ? "事件动态" : "Events", eventBlocks(digest, language)),
        on.sources && under(zh ? "来源" : "Sources", drawn(platformChart(digest, language))),
        on.days && under(zh ? "走势" : "Course", days),
        read && on.mood && under(zh ? "倾向" : "Mood", moodBlocks(digest, language)),
      ),
      ...chapter(zh ? "办理提示" : "What is due", on.ledger && ledgerBlocks(digest, language)),
      ...chapter(zh ? "数据口径" : "Basis", basis(digest, language)),
    ],
  };
}

const weekdays = { zh: ["周日", "周一", "周二", "周三", "周四", "周五", "周六"], en: ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"] };

function spanText({ span, period, whole }: Digest, language: Language): string {
  const zh = language === "zh";
  if (period === "day") {
    const weekday = weekdays[language][(dayOf(span.to) + 4) % 7]!;
    return zh ? `${dateText(span.to, language, true)}（${weekday}）` : `${weekday} ${dateText(span.to, language, true)}`;
  }
  return `${dateText(span.from, language, true)}${zh ? "至" : " to "}${dateText(span.to, language, true)}${whole ? "" : zh ? "（未完）" : " (not over)"}`;
}

/** How it was counted: sources, when, what a wording is, what the order is. */
function basis(digest: Digest, language: Language): Block[] {
  const zh = language === "zh";
  const { coverage, elsewhere, now_ms, utc_offset_ms, days } = digest;
  const number = (value: number): string => integer(value, language);
  const at = instant(now_ms, language, utc_offset_ms);
  const empty = coverage.empty.length;
  const collected = coverage.nights - empty;
  const lines = zh
    ? [
        `本期采集 ${collected} 夜${empty === 0 ? "" : `，另有 ${empty} 夜运行了而没有读到一行`}${now_ms === null ? "" : `，最后一夜读取于 ${at}`}；来源文件 ${number(coverage.sources)} 个（未使用 ${number(coverage.faults)} 个），读入 ${number(coverage.read)} 行 = 帖文 ${number(coverage.posts)} + 账号 ${number(coverage.accounts)} + 拒收 ${number(coverage.rejected)}；其中档案此前没有的帖文 ${number(coverage.fresh)} 条，即“新增”，含转发与评论。`,
        `新增按采集夜计${days === null ? "" : "，走势按发布日计（含其他夜采到的）"}；新增中发布于期外的 ${number(elsewhere.outside)} 条，发布时间不明的 ${number(elsewhere.untimed)} 条。百分比与基数并列；上期不足 20 条或没有采集的不计百分比；两期采集夜数不等时比较夜均。`,
        "同文或近同文的帖文并为一种，只列一次；触达为各帖 1 加转发、评论、点赞中的最大者之和；账号按夜去重。摘要为原文照录，未改一字。“疑似”只表示有所列线索，未下结论，须由人核实。关键日期只列同期，不作因果解释。",
      ]
    : [
        `${plural(collected, "night")}${empty === 0 ? "" : `, and ${empty} more that ran and read no row`}${now_ms === null ? "" : `, the last read at ${at}`}; ${plural(coverage.sources, "source file")} (${number(coverage.faults)} not used), ${number(coverage.read)} rows = ${number(coverage.posts)} posts + ${number(coverage.accounts)} accounts + ${number(coverage.rejected)} rejected. New: the ${number(coverage.fresh)} posts that the archive did not hold, reposts and comments included.`,
        `New posts are counted by night${days === null ? "" : "; the course is by day of publication, with what other nights brought"}. ${number(elsewhere.outside)} of the new were published outside the period, ${number(elsewhere.untimed)} at an unknown time. Percentages stand beside their base; none is given below 20 posts or without a night before; unlike numbers of nights are compared by the mean of a night.`,
        "Posts of the same or nearly the same text are one wording. Reach sums 1 + the greatest of reposts, comments and likes; accounts are distinct within a night. Summaries are the posts' own words. “Suspected” only says that there are cues; a person has to look. Key dates coincide; nothing is said of causes.",
      ];
  return lines.map((text) => paragraph(text, "note"));
}
