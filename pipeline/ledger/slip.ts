import type { Block, Document } from "../../reports/document.ts";
import { instant, integer } from "../../reports/format.ts";
import { nameOf } from "../../reports/names.ts";
import type { Language } from "../errors.ts";
import { dueTime, sourceOf } from "./columns.ts";
import type { LedgerItem } from "./ledger.ts";
import { classNames } from "./names.ts";

interface SlipFacts {
  language: Language;
  /** Who hands it over, and the label of its papers; "" for none. */
  office: string;
  label: string;
  now_ms: number;
  utcOffsetMs: number;
}

/** The transfer slip (抄告单) of an item: what was found, where, when, how it went on, what is asked until when, and room for the answer. It says what the ledger holds and gives no opinion. */
export function slip(item: LedgerItem, { language, office, label, now_ms, utcOffsetMs }: SlipFacts): Document {
  const zh = language === "zh";
  const say = (chinese: string, english: string): string => (zh ? chinese : english);
  const today = instant(now_ms, language, utcOffsetMs, "day");
  return {
    language,
    title: say("舆情抄告单", "Transfer slip"),
    issue: item.id,
    subtitle: [office, today].filter((part) => part !== "").join(" · "),
    label,
    blocks: [
      { kind: "paragraph", pieces: [say(`抄告：${item.department ?? "（承办部门待定）"}`, `To: ${item.department ?? "(department to be named)"}`)], style: "lead" },
      { kind: "heading", level: 2, text: say("一、情况", "1. What was found") },
      facts(item, language, utcOffsetMs),
      ...(item.text.trim() === "" ? [] : [{ kind: "paragraph", pieces: [say(`原文摘录：${item.text}`, `Excerpt: ${item.text}`)], style: "quote" } satisfies Block]),
      { kind: "heading", level: 2, text: say("二、经过", "2. How it went on") },
      course(item, language),
      { kind: "heading", level: 2, text: say("三、办理要求", "3. What is asked") },
      { kind: "list", items: asked(item, language, now_ms, utcOffsetMs).map((line) => [line]) },
      ...(item.note === null ? [] : [{ kind: "paragraph", pieces: [say(`备注：${item.note}`, `Note: ${item.note}`)] } satisfies Block]),
      { kind: "heading", level: 2, text: say("四、办理回执", "4. Answer") },
      { kind: "list", items: [[say("办理情况：", "What was done:")], [say("经办人及日期：", "Name and date:")]] },
      { kind: "paragraph", pieces: [say("“疑似”只表示有线索，须由人核实；情绪是估计。触达 = 帖文数 + 各帖转、评、赞三者中的最大值之和。", "“Suspected” only says that there are cues; a person has to look. The mood is an estimate. Reach = posts + the greatest of reposts, comments and likes of each.")], style: "note" },
    ],
  };
}

function facts(item: LedgerItem, language: Language, utcOffsetMs: number): Block {
  const zh = language === "zh";
  const unknown = nameOf("", null, language);
  const because = item.grade.because === null ? "" : zh ? `：${item.grade.because.zh}` : `: ${item.grade.because.en}`;
  const rows: [string, string, string][] = [
    ["标题", "title", item.title],
    ["发布时间", "published", instant(item.published_ms, language, utcOffsetMs, item.precision === "day" ? "day" : "minute")],
    ["发布地", "from", item.region ?? unknown],
    ["来源", "source", `${sourceOf(item, language)}${zh ? "（" : " ("}${nameOf("field", item.field, language)}${zh ? "）" : ")"}`],
    ["链接", "link", item.url ?? unknown],
    ["首次发现", "first seen", item.first_seen],
    ["登记依据", "filed for", item.filed_for[language]],
    ["等级", "grade", `${item.grade[language]}${because}`],
    ["类别", "class", classNames(item.classes, language) || (zh ? "未归类" : "none")],
    ["情绪（估计）", "mood (estimate)", nameOf("polarity", item.mood, language)],
    ...(item.reopens === null ? [] : [["此前办结的同一事项", "closed before as", item.reopens] satisfies [string, string, string]]),
  ];
  const [name, value] = zh ? ["项目", "内容"] : ["item", "content"];
  return { kind: "table", caption: zh ? "登记内容" : "As filed", columns: [{ key: "name", label: name! }, { key: "value", label: value! }], rows: rows.map(([chinese, english, content]) => ({ name: zh ? chinese : english, value: content })) };
}

function course({ seen, posts, reach, reposts }: LedgerItem, language: Language): Block {
  const zh = language === "zh";
  const row = (night: string, counts: { posts: number; reach: number; reposts: number | null }) => ({ night, posts: integer(counts.posts, language), reach: integer(counts.reach, language), reposts: integer(counts.reposts, language) });
  const labels = zh ? ["夜", "新帖文", "触达", "单条最高转发"] : ["night", "new posts", "reach", "most reposts of one post"];
  const shown = seen.length > 12 ? seen.slice(-12) : seen;
  const left = seen.length - shown.length;
  return {
    kind: "table",
    caption: zh ? `各夜新出现的同文帖文${left > 0 ? `（最近 12 夜，此前 ${left} 夜从略，合计含全部）` : ""}` : `New posts of the same wording by night${left > 0 ? ` (the last 12; ${left} earlier ones are in the sum only)` : ""}`,
    columns: ["night", "posts", "reach", "reposts"].map((key, i) => ({ key, label: labels[i]!, ...(i > 0 && { align: "right" as const }) })),
    rows: [...shown.map((one) => row(one.night, one)), row(zh ? "合计" : "all", { posts, reach, reposts })],
  };
}

function asked({ deadlines }: LedgerItem, language: Language, now_ms: number, utcOffsetMs: number): string[] {
  const zh = language === "zh";
  const first = zh ? "请核实所反映的情况，依职责办理，并把结果反馈本单位" : "Please look into the matter, deal with it as your office does, and tell us the result";
  const open = deadlines.filter(({ met_ms }) => met_ms === null);
  return [
    first,
    ...open.map(({ name, due_ms, provisional }) => {
      const due = dueTime(due_ms, utcOffsetMs);
      const notes = zh ? [provisional ? "（暂按周末推算）" : "", due_ms < now_ms ? "，已逾期" : ""] : [provisional ? " (holidays not published yet)" : "", due_ms < now_ms ? ", which has passed" : ""];
      return `${zh ? `${name.zh}：${due} 前` : `${name.en}: by ${due}`}${notes.join("")}`;
    }),
  ];
}
