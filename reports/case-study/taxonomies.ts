import type { z } from "zod";
import { taxonomies as analyzer } from "../../analyzers/event/taxonomies.ts";
import type { Language } from "../../pipeline/errors.ts";
import { textWidth } from "../charts/measure.ts";
import type { Chart, Section } from "../contract.ts";
import { instant, integer, share } from "../format.ts";
import { html, type Html } from "../html/html.ts";
import { leastForShares } from "../narrative/gates.ts";
import { teller } from "../narrative/say.ts";

type Data = z.infer<typeof analyzer.data>;
type Taxonomy = Data["taxonomies"][number];

export const taxonomies: Section<Data> = {
  id: "taxonomies",
  heading: { zh: "分类统计", en: "Given classes" },

  tell(finding, language) {
    if (finding.status !== "ok") return [];
    const { say, fact } = teller(finding, language);
    const zh = language === "zh";
    const few = finding.data.worded.all < leastForShares;
    return finding.data.taxonomies.map(({ name, classes }, t) => {
      const most = firsts(classes);
      if (most.length === 0) return zh ? say`“${name}”：没有帖文用到所列的词。` : say`“${name}”: no post holds the words listed.`;
      const value = fact(`posts.${t + 1}.${classes.indexOf(most[0]!) + 1}`);
      const names = most.map((one) => `“${one.name}”`).join(zh ? "" : ", ");
      const all = fact(`posts.${t + 1}`);
      const part = fact(`share.${t + 1}`);
      return zh
        ? say`按“${name}”，用到所列词语的帖文 ${all}${few ? "" : ["，占有自身文字帖文的 ", part]}；${most.length > 1 ? `${names}并列最多，各 ` : `最多的是${names}，`}${value}。`
        : say`By “${name}”, ${all} hold the words listed${few ? "" : [", ", part, " of posts with own words"]}; most are of ${names}, ${value}${most.length > 1 ? " each" : ""}.`;
    });
  },

  charts: ({ data }, language) => data.taxonomies.flatMap((taxonomy, t) => (taxonomy.posts === 0 ? [] : [chart(taxonomy, t, data.worded.all, language)])),

  extra({ status, data }, language): Html | null {
    if (status !== "ok") return null;
    const zh = language === "zh";
    return html`<details class="words"><summary>${zh ? "各类所用的词（+ 须有，− 须无）与例帖" : "Words of each class (+ required, − excluded) and an example"}</summary>${data.taxonomies.map(({ name, classes }) => html`<p><strong><bdi>${name}</bdi></strong></p><dl>${classes.map((one) => html`<dt><bdi>${one.name}</bdi></dt><dd><bdi>${one.words.join(zh ? "、" : ", ")}</bdi>${one.examples[0] !== undefined && html` <a data-post="${one.examples[0]}"><bdi>${one.examples[0]}</bdi></a>`}</dd>`)}</dl>`)}</details>`;
  },
};

/** Classes that occur, most posts first. */
const ranked = (classes: Taxonomy["classes"]): Taxonomy["classes"] => classes.filter(({ posts }) => posts > 0).sort((a, b) => b.posts - a.posts || classes.indexOf(a) - classes.indexOf(b));

/** The classes of most posts: several when they are equal. */
const firsts = (classes: Taxonomy["classes"]): Taxonomy["classes"] => ranked(classes).filter(({ posts }, _, [first]) => posts === first!.posts);

function chart({ name, classes }: Taxonomy, t: number, worded: number, language: Language): Chart {
  const zh = language === "zh";
  const list = ranked(classes);
  const values = list.map((one) => ({ name: one.name, posts: one.posts, label: integer(one.posts, language) }));
  const most = values[0]!;
  return {
    id: `taxonomies-${t + 1}`,
    title: firsts(classes).length > 1 ? name : zh ? `${name}：${most.name}最多` : `${name}: most are of ${most.name}`,
    note: zh ? `条；有自身文字的帖文 n = ${integer(worded, "zh")}；一条可归入几类` : `posts; posts with own words n = ${integer(worded, "en")}; a post may belong to several`,
    body: {
      kind: "vega-lite",
      spec: {
        data: { values },
        encoding: { y: { field: "name", type: "nominal", sort: null, axis: { title: null } }, x: { field: "posts", type: "quantitative", scale: { domainMax: most.posts * (1 + textWidth(most.label, 12) / 150), nice: false }, axis: { title: null, format: "~s" } } },
        layer: [{ mark: { type: "bar" } }, { mark: { type: "text", align: "left", dx: 4 }, encoding: { text: { field: "label" } } }],
        height: { step: 26 },
      },
    },
    table: {
      columns: [
        { key: "name", label: zh ? "类别" : "class" },
        ...(["posts", "share", "media", "official", "public"] as const).map((key, i) => ({ key, label: (zh ? ["帖文", "占比", "媒体", "政务", "民间"] : ["posts", "share", "media", "official", "public"])[i]!, align: "right" as const })),
        { key: "first", label: zh ? "最早" : "first" },
        { key: "peak", label: zh ? "最多的一天" : "most on" },
      ],
      rows: classes.map((one) => ({
        name: one.name,
        posts: integer(one.posts, language),
        share: share(one.posts / worded, language),
        media: integer(one.media, language),
        official: integer(one.official, language),
        public: integer(one.public, language),
        first: instant(dayMs(one.first_day), language, 0, "day"),
        peak: instant(dayMs(one.peak_day), language, 0, "day"),
      })),
    },
  };
}

const dayMs = (day: number | null): number | null => (day === null ? null : day * 86_400_000);
