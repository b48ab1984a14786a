import type { Language } from "../../pipeline/errors.ts";
import { polarities } from "../../pipeline/schema.ts";
import { palette } from "../charts/theme.ts";
import { sizeText, tip, tipped } from "../charts/tip.ts";
import type { Chart, Part, Section, Sentence } from "../contract.ts";
import { integer, share } from "../format.ts";
import { html, type Html } from "../html/html.ts";
import { nameOf } from "../names.ts";
import { teller } from "../narrative/say.ts";
import { accounts, byPhase, question, view, voice, type Data, type Viewpoint } from "./viewpoint-lists.ts";

/** Viewpoints named in the leading sentence. */
const told = 4;

export const viewpoints: Section<Data> = {
  id: "viewpoints",
  heading: { zh: "观点聚焦", en: "Viewpoints" },

  tell(finding, language) {
    if (finding.status !== "ok") return [];
    const { say, fact, has } = teller(finding, language);
    const { viewpoints, totals, authored } = finding.data;
    const zh = language === "zh";
    const size = ({ viewpoint }: Viewpoint) => fact(has(`viewpoint.share.${viewpoint}`) ? `viewpoint.share.${viewpoint}` : `viewpoint.authors.${viewpoint}`);
    const listed = viewpoints.slice(0, told).flatMap((entry, i): Part[] => [`${i > 0 ? (zh ? "、" : ", ") : ""}${entry.name[language]}${zh ? "（" : " ("}`, size(entry), zh ? "）" : ")"]);
    // 主要集中 holds if half of the accounts are in a listed view, and the named ones carry half of these.
    const most = totals.grouped_authors * 2 >= totals.authors && viewpoints.slice(0, told).reduce((sum, { authors }) => sum + authors, 0) * 2 >= totals.grouped_authors;
    const asked = finding.data.questions.length > 0;
    const when = (condition: boolean, sentence: () => Sentence): Sentence[] => (condition ? [sentence()] : []);
    const copied = viewpoints.filter(({ concentrated }) => concentrated).slice(0, told);
    if (!zh) {
      return [
        viewpoints.length === 0
          ? say`${fact("opinion.authors")} wrote opinion sentences; no view is shared widely enough to be listed (model estimate).`
          : say`Among the ${fact("opinion.authors")} that wrote opinion sentences, ${most ? "views focus on" : "the more frequent views are"} ${listed} (model estimate; an account may hold several views).`,
        ...when(viewpoints.length > 0 && has("opinion.ungrouped"), () => say`Accounts in none of the listed views: ${fact("opinion.ungrouped")}${totals.slogan_posts > 0 ? ", those with slogans only included" : ""}.`),
        ...copied.map((entry) => say`For ${entry.name.en}, ${fact(`viewpoint.copied.${entry.viewpoint}`)} of its posts come from one copied text: read its share with care.`),
        ...when(asked, () => say`Questions that want an answer: ${fact("questions")}, listed below.`),
        ...when(totals.slogan_posts > 0, () => say`${fact("slogan.posts")} with slogans are listed apart.`),
        ...when(!authored, () => say`The data has no authors, so every post counts as an account.`),
      ];
    }
    return [
      viewpoints.length === 0
        ? say`共有 ${fact("opinion.authors")}发表观点句，没有形成成规模的观点（模型估计）。`
        : say`在发表观点句的 ${fact("opinion.authors")}中，${most ? "观点主要集中在" : "较多的观点有"}${listed}（模型估计，同一账号可持多种观点）。`,
      ...when(viewpoints.length > 0 && has("opinion.ungrouped"), () => say`未归入所列观点的账号占 ${fact("opinion.ungrouped")}${totals.slogan_posts > 0 ? "，含只发口号式评论的账号" : ""}。`),
      ...copied.map((entry) => say`${entry.name.zh}的帖文有 ${fact(`viewpoint.copied.${entry.viewpoint}`)} 出自同一文本的复制粘贴，其占比宜谨慎看待。`),
      ...when(asked, () => say`待回应的问题 ${fact("questions")} 类。`),
      ...when(totals.slogan_posts > 0, () => say`口号式评论 ${fact("slogan.posts")}，另列。`),
      ...when(!authored, () => say`数据没有作者一列，一条帖文按一个账号计。`),
    ];
  },

  charts({ data }, language) {
    return data.viewpoints.length > 0 ? [chart(data, language)] : [];
  },

  extra({ status, data }, language): Html | null {
    const zh = language === "zh";
    if (status !== "ok") return null;
    const views = data.viewpoints.filter(({ quotes }) => quotes.length > 0);
    const { questions } = data;
    const slogans = data.slogans.filter(({ quotes }) => quotes.length > 0);
    if (views.length + questions.length + slogans.length === 0) return null;
    return html`<div class="viewpoints">
${byPhase(data, language)}
${views.length > 0 && html`<h3>${zh ? "观点与引文" : "Views and quotes"}</h3>${views.map((entry) => view(entry, language))}`}
${questions.length > 0 && html`<h3>${zh ? "待回应的问题" : "Questions to answer"}</h3><ol class="questions">${questions.map((entry) => question(entry, language, data.utc_offset_ms))}</ol>`}
${slogans.length > 0 && html`<h3>${zh ? "口号式评论" : "Slogans"}</h3><ul class="slogans">${slogans.map(({ quotes, authors }) => html`<li><bdi>${quotes[0]!.text}</bdi> <span class="counts">${accounts(authors, language)}</span></li>`)}</ul>`}
</div>`;
  },
};

/** Accounts per viewpoint, so that views too small for a share can stand beside the others. */
function chart({ viewpoints, totals, ungrouped }: Data, language: Language): Chart {
  const zh = language === "zh";
  const rows = viewpoints.map((entry) => ({
    name: entry.name[language],
    authors: entry.authors,
    lo: (entry.interval?.[0] ?? entry.authors / totals.authors) * totals.authors,
    hi: (entry.interval?.[1] ?? entry.authors / totals.authors) * totals.authors,
    polarity: nameOf("polarity", entry.polarity, language),
    text: entry.share === null ? accounts(entry.authors, language) : share(entry.share, language, entry.interval),
    tip: tip(entry.name[language], accounts(entry.authors, language), [entry.share === null ? "" : share(entry.share, language, entry.interval), entry.interval === null ? "" : `95% ${entry.interval.map((end) => share(end, language, entry.interval)).join("–")}`, sizeText(totals.authors, language)], language),
  }));
  const shown = [...polarities, null].filter((polarity) => viewpoints.some((entry) => entry.polarity === polarity));
  const lead = viewpoints[0]!;
  const second = viewpoints[1];
  const first = lead.interval !== null && (second === undefined || (second.authors / totals.authors < lead.interval[0] && (second.interval?.[1] ?? 0) < lead.interval[0]));
  return {
    id: "viewpoints-share",
    title: zh ? `${lead.name.zh}的声音${first ? "最多" : "居前"}` : `${lead.name.en}: ${first ? "the largest view" : "among the largest views"}`,
    note: zh
      ? `单位：账号，模型估计，细线为 95% 区间；百分比以有观点句的账号为分母，n = ${integer(totals.authors, language)}，可多选；不足 20 个账号的只列账号数${ungrouped ? `；未归类 ${share(ungrouped.share, language, ungrouped.interval)}` : ""}`
      : `accounts, model estimate, thin lines: 95% intervals; per cent of accounts with an opinion sentence, n = ${integer(totals.authors, language)}, several views possible; counts only below 20 accounts${ungrouped ? `; in no view ${share(ungrouped.share, language, ungrouped.interval)}` : ""}`,
    body: {
      kind: "vega-lite",
      spec: {
        data: { values: rows },
        encoding: { y: { field: "name", type: "nominal", sort: null, axis: { title: null, labelLimit: 220 } }, x: { field: "authors", type: "quantitative", scale: { domain: [0, Math.max(...rows.map(({ hi }) => hi)) * 1.15], nice: false }, axis: { title: null, format: "~s" } } },
        layer: [
          {
            mark: { type: "bar" },
            encoding: { color: { field: "polarity", type: "nominal", scale: { domain: shown.map((polarity) => nameOf("polarity", polarity, language)), range: shown.map((polarity) => (polarity === null ? palette.soft : palette[polarity])) } }, ...tipped },
          },
          { mark: { type: "rule", color: palette.ink }, encoding: { x: { field: "lo", type: "quantitative" }, x2: { field: "hi" } } },
          { mark: { type: "text", align: "left", dx: 5 }, encoding: { x: { field: "hi", type: "quantitative" }, text: { field: "text" } } },
        ],
        height: { step: 28 },
      },
    },
    table: {
      columns: [
        { key: "name", label: zh ? "观点" : "view" },
        { key: "voice", label: zh ? "占有观点账号（95% 区间）" : "of accounts with an opinion (95% interval)", align: "right" },
        { key: "authors", label: zh ? "账号" : "accounts", align: "right" },
        ...(["media", "official", "public"] as const).map((field) => ({ key: field, label: nameOf("field", field, language), align: "right" as const })),
        { key: "posts", label: zh ? "帖文" : "posts", align: "right" },
        { key: "likes", label: zh ? "点赞（不计入占比）" : "likes (not in the share)", align: "right" },
        { key: "copied", label: zh ? "出自同一文本" : "from one text", align: "right" },
      ],
      rows: viewpoints.map((entry) => ({
        name: entry.name[language],
        voice: entry.share === null ? "—" : voice(entry, language),
        ...Object.fromEntries((["authors", "media", "official", "public", "posts"] as const).map((key) => [key, integer(entry[key], language)])),
        likes: entry.likes === null ? "—" : integer(entry.likes, language),
        copied: entry.posts < 20 ? "—" : share(entry.copied, language),
      })),
    },
  };
}
