import { overview } from "../../analyzers/event/overview.ts";
import type { Language } from "../../pipeline/errors.ts";
import { versions } from "../../pipeline/versions.ts";
import { figure as formatFigure, instant, integer, round, share } from "../format.ts";
import { document } from "../html/document.ts";
import { chartFigure, dataTable } from "../html/figure.ts";
import { html, type Html } from "../html/html.ts";
import { guarded, pageOf, type OnFailure, type Page } from "../html/page.ts";
import { stylesheet } from "../html/style.ts";
import { wordsOf } from "../html/words.ts";
import { nameOf } from "../names.ts";
import type { Report } from "../report.ts";
import { dataOf, keyPairs, platformPairs, sharedFiles, topicPairs, type Difference, type Pair, type Quoted } from "./compare.ts";
import { alignedCurves, curvesChart } from "./curves.ts";

/** Two reports side by side as one HTML file, in the frame of the report: no script, no request. Only what both have; same reports, same bytes. */
export async function renderComparison(a: Report, b: Report, { language, onFailure }: { language: Language; onFailure: OnFailure }): Promise<string> {
  const zh = language === "zh";
  const page = pageOf(a, [], language, onFailure);
  const blocks: { id: string; heading: string; question: string; body: Html }[] = [
    { id: "figures", heading: zh ? "关键数字" : "Key figures", question: zh ? "规模和快慢差多少？" : "How do size and speed differ?", body: figuresBlock(keyPairs(a, b), language) },
    { id: "volume", heading: zh ? "声量曲线" : "Volume", question: zh ? "起落的形状有何不同？" : "How do they rise and fall?", body: await volumeBlock(page, a, b) },
    { id: "platforms", heading: zh ? "平台" : "Platforms", question: zh ? "传播的平台有何不同？" : "Where did each spread?", body: platformsBlock(a, b, language) },
    { id: "topics", heading: zh ? "同名话题" : "Topics of one name", question: zh ? "同一话题在两边各占多少？" : "What share has the same topic in each?", body: topicsBlock(a, b, language) },
    { id: "method", heading: zh ? "数据与方法" : "Data and method", question: zh ? "数字从哪里来，怎样比？" : "Where do the numbers come from, and how are they compared?", body: methodBlock(a, b, language) },
  ];
  const contents = html`<ol>${blocks.map(({ id, heading }, i) => html`<li><a href="#${id}"><span class="no">${i + 1}</span>${heading}</a></li>`)}</ol>`;
  const title = zh ? `对比：${a.event.name} · ${b.event.name}` : `Comparison: ${a.event.name} · ${b.event.name}`;
  return document(
    { language, title, stylesheet: stylesheet(language) },
    html`<a class="skip" href="#main">${page.words.skip}</a>
<div class="page">
<nav class="contents side" aria-label="${page.words.contents}">${contents}</nav>
<main id="main">${masthead(page, a, b)}
<details class="contents inline"><summary>${page.words.contents}</summary>${contents}</details>
${blocks.map(({ id, heading, question, body }, i) => html`
<section class="section" id="${id}" aria-labelledby="${id}-heading">
<h2 id="${id}-heading"><span class="no">${i + 1}</span>${heading}</h2>
<p class="question">${question}</p>
${body}
</section>`)}
<footer class="colophon">${page.words.generator} yuqing ${versions.yuqing}</footer>
</main>
</div>`,
  ).text;
}

function masthead({ words, language }: Page, a: Report, b: Report): Html {
  const zh = language === "zh";
  const labels = [...new Set([a.event.label, b.event.label])].filter((label) => label !== "");
  const internal = [a, b].some(({ config }) => config.privacy === "internal");
  return html`
<header class="masthead">
<p class="kicker">${zh ? "网络舆情对比报告" : "Comparison of two public opinion reports"}${internal && html` <span class="badge">${words.internal}</span>`}${labels.map((label) => html` <span class="badge"><bdi>${label}</bdi></span>`)}</p>
<h1 class="title long">A <bdi>${a.event.name}</bdi><br>B <bdi>${b.event.name}</bdi></h1>
<p class="summary">${[a, b].map((report, i) => html`${i > 0 && html`<br>`}${"AB"[i]!}${zh ? "：" : ": "}${spanOf(report, language)}${zh ? "，计入帖文 " : ", posts kept: "}${integer(report.intake.kept, language)}${zh && "条"}`)}</p>
</header>`;
}

function spanOf(report: Report, language: Language): string {
  const span = dataOf(report, "overview", overview.data)?.span ?? null;
  if (span === null) return language === "zh" ? "时间未知" : "times unknown";
  const day = (no: number): string => instant(no * 86_400_000, language, 0, "day");
  return language === "zh" ? `${day(span.first)}至 ${day(span.last)}` : `${day(span.first)} to ${day(span.last)}`;
}

function figuresBlock(pairs: readonly Pair[], language: Language): Html {
  const zh = language === "zh";
  if (pairs.length === 0) return leftOut(zh ? "没有两份报告都有的关键数字" : "no key figure that both reports have", language);
  const posts = pairs.find(({ key }) => key === "posts");
  const told = posts?.difference && html`<p class="told">${zh ? `B 的帖文为 A 的 ${differenceText(posts.difference, posts.a, language)}。数量取决于各自采集的范围和时长，数量之比不等于影响之比。` : `B has ${differenceText(posts.difference, posts.a, language)} as many posts as A. Counts depend on what each collected and for how long; they are no measure of weight.`}</p>`;
  return html`${told}${pairTable("comparison-figures", zh ? "关键数字" : "Key figures", pairs, language)}`;
}

async function volumeBlock(page: Page, a: Report, b: Report): Promise<Html> {
  const { language, words } = page;
  return guarded(page, "comparison-volume", words.undrawn, async () => {
    const curves = alignedCurves(a, b);
    const chart = curves && curvesChart(curves, language);
    return chart ? chartFigure(page, chart) : leftOut(language === "zh" ? "至少一份报告没有发布时间" : "at least one report has no times", language);
  });
}

function platformsBlock(a: Report, b: Report, language: Language): Html {
  const zh = language === "zh";
  const { pairs, onlyA, onlyB } = platformPairs(a, b);
  const only = (which: string, keys: readonly string[]): Html => {
    const names = keys.map((key) => nameOf("platform", key, language)).join(zh ? "、" : ", ");
    return html`<p class="note">${zh ? `只有 ${which} 列出：` : `Listed by ${which} only: `}<bdi>${names}</bdi></p>`;
  };
  const table = pairs.length === 0 ? leftOut(zh ? "没有两份报告都列出的平台" : "no platform that both reports list", language) : pairTable("comparison-platforms", zh ? "平台占比" : "Shares of platforms", pairs, language);
  return html`${table}${onlyA.length > 0 && only("A", onlyA)}${onlyB.length > 0 && only("B", onlyB)}`;
}

function topicsBlock(a: Report, b: Report, language: Language): Html {
  const zh = language === "zh";
  const fields = topicPairs(a, b);
  if (fields.length === 0) return leftOut(zh ? "没有两份报告都能给出占比的同名话题" : "no topic of the same name with shares in both reports", language);
  return html`${fields.map(({ field, pairs }) => html`<h3>${nameOf("field", field, language)}</h3>${pairTable(`comparison-topics-${field}`, `${zh ? "同名话题占比" : "shares of topics"} ${nameOf("field", field, language)}`, pairs, language)}`)}`;
}

function methodBlock(a: Report, b: Report, language: Language): Html {
  const zh = language === "zh";
  const shared = sharedFiles(a, b);
  const dependent = shared.length > 0 && html`<p class="notice" role="note">${zh ? "两份报告用了同样的输入文件，数据不独立，差不附区间：" : "Both reports were made from the same files: they are not independent, and differences have no intervals: "}<bdi>${shared.join(zh ? "、" : ", ")}</bdi></p>`;
  const rows = [a, b].flatMap((report, i) => report.manifest.files.map((file) => ["AB"[i]!, file.name, integer(file.kept, language), html`<code>${file.sha256.slice(0, 12)}</code>`, report.generator.version]));
  const columns = zh ? ["报告", "文件", "计入", "SHA-256（前 12 位）", "生成版本"] : ["report", "file", "kept", "SHA-256 (first 12)", "made by"];
  const notes = zh
    ? [
        "只列两份报告都有的数字；一方未知或缺少该节的不列，情绪占比只在双方都经人工抽查时列出。方括号内为该数在各自报告“证据”一节的事实编号；n 为分母。",
        "数量之差写作 B ÷ A（倍），占比之差写作 B − A（百分点），时长与系数写作 B − A。双方都有 95% 区间时，差的区间按 MOVER（Newcombe 1998；Zou 与 Donner 2008）由两个区间合成，假定两份数据相互独立；输入文件相同时不给。",
        "曲线自各自数据的起点对齐，档宽取二者的公倍数；起点取决于采集，不等于事件发生的时刻。话题按名称全同对应，名称由各自数据得出，不同名不等于没有谈到。",
      ]
    : [
        "Only numbers that both reports have: what one does not know is left out, and shares of moods appear only when both were checked by hand. Brackets give the number of the fact in the evidence of its report; n is the denominator.",
        "Counts differ as B ÷ A (times), shares as B − A (points), lengths and coefficients as B − A. Where both have a 95% interval, that of the difference is made of the two by MOVER (Newcombe 1998; Zou & Donner 2008), which takes the data for independent; there is none for reports of the same files.",
        "Curves begin at the begin of each report's data, in bins of a common length; that is where collection began, not the event. Topics are matched by identical names; names come from the data, so another name does not mean nobody spoke of it.",
      ];
  return html`${notes.map((note) => html`<p>${note}</p>`)}${dependent}${dataTable("comparison-files", zh ? "输入文件" : "Input files", columns.map((label, i) => ({ label, align: i === 2 ? "right" : "left" })), rows)}`;
}

/** Where all numbers of a column have one denominator, the head says it once. */
function pairTable(id: string, label: string, pairs: readonly Pair[], language: Language): Html {
  const common = (side: "a" | "b"): number | null => (pairs.every((pair) => pair[side].of === pairs[0]![side].of) ? pairs[0]![side].of : null);
  const heads = (["a", "b"] as const).map((side) => `${side.toUpperCase()}${common(side) === null ? "" : ` (n = ${integer(common(side), language)})`}`);
  const rows = pairs.map(({ label: name, a, b, difference }) => [name[language], quote(a, common("a") === null, language), quote(b, common("b") === null, language), difference === null ? "—" : differenceCell(difference, a, language)]);
  return dataTable(id, label, [{ label: "" }, ...heads.map((head) => ({ label: head, align: "right" as const })), { label: language === "zh" ? "B 与 A 之差" : "B against A", align: "right" }], rows);
}

/** The number, its fact, and what it is known from. */
function quote(quoted: Quoted, counted: boolean, language: Language): Html {
  const { no, of, interval, unit, estimate } = quoted;
  const between = interval && unit === "share" ? `${share(interval[0], language, interval)}–${share(interval[1], language, interval)}` : null;
  return html`${text(quoted, language)}${estimate && html`<sup>${wordsOf(language).est}</sup>`}<br><small>[${no}]${of !== null && counted && ` n = ${integer(of, language)}`}</small>${between !== null && html`<br><small>${between}</small>`}`;
}

function differenceCell({ kind, value, interval }: Difference, a: Quoted, language: Language): Html {
  const zh = language === "zh";
  const bounds = interval && kind === "points" && interval.map((bound) => signed(round(bound * 100, 1), 1)).join(zh ? " 至 " : " to ");
  return html`${differenceText({ kind, value }, a, language)}${bounds && html`<br><small>${bounds}</small>`}`;
}

function differenceText({ kind, value }: Pick<Difference, "kind" | "value">, { unit }: Quoted, language: Language): string {
  const zh = language === "zh";
  if (kind === "times") return `${round(value, 2).toFixed(2)}${zh ? " 倍" : " times"}`;
  if (kind === "points") return `${signed(round(value * 100, 1), 1)}${zh ? " 个百分点" : " points"}`;
  const size = text({ value: Math.abs(value), unit, of: null, interval: null, estimate: false, no: 0 }, language);
  return `${/[1-9]/.test(size) ? (value < 0 ? "−" : "+") : ""}${size}`;
}

const signed = (rounded: number, digits: number): string => `${rounded > 0 ? "+" : rounded < 0 ? "−" : ""}${Math.abs(rounded).toFixed(digits)}`;
const text = (quoted: Quoted, language: Language): string => formatFigure({ ...quoted, key: "", label: { zh: "", en: "" }, filter: null }, language);
const leftOut = (reason: string, language: Language): Html => html`<p class="left-out">${language === "zh" ? "本节从略：" : "Left out: "}${reason}</p>`;
