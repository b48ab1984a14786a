import type { Look } from "./contract.ts";
import { declaration, escaped, fromMm, fromPt, namespaces } from "./xml.ts";

/** Styles that Word knows by these names: a user's template has them with its own ids. */
export const builtIn = { title: "Title", heading1: "heading 1", heading2: "heading 2", heading3: "heading 3", caption: "caption", table: "Table Grid" } as const;
export type BuiltIn = keyof typeof builtIn;

/** Paragraph and character styles of our own: added to a template that lacks them, so that its owner can restyle them. */
export const ownStyles = ["Subtitle", "Lead", "Note", "Quote", "Warning", "List", "Small", "SmallList", "Cell", "Gap", "Picture", "PictureNote", "Contents", "Running"] as const;
export type OwnStyle = (typeof ownStyles)[number];
export const idOf = (style: OwnStyle | "Link" | "Mark"): string => `Yuqing${style}`;

interface Format {
  /** Font for Han, and for Latin and digits; absent: as in the body. */
  fonts?: readonly [han: string, latin: string];
  /** pt. */
  size?: number;
  bold?: boolean;
  colour?: string;
  align?: "left" | "center" | "both";
  /** Line height: exact pt, or a factor of the font's own. */
  line?: { exact: number } | { times: number };
  /** pt above and below. */
  space?: readonly [before: number, after: number];
  /** Indent of the first line in hundredths of a character. */
  indent?: number;
  /** Indent of the whole paragraph in mm. */
  left?: number;
  /** Stays on the page of the next paragraph. */
  keep?: boolean;
  /** Outline level, from 0. */
  level?: number;
  /** Colour of a rule at the left edge. */
  rule?: string;
  /** Colour of a frame around it. */
  frame?: string;
}

export interface LookFormat {
  /** Margins in mm: top, right, bottom, left. */
  margins: readonly [number, number, number, number];
  body: Format;
  builtIn: Record<Exclude<BuiltIn, "table">, Format>;
  own: Record<OwnStyle, Format>;
  /** Numbers pages 「— 1 —」 at the outer edge. */
  outerNumbers: boolean;
}

const song = ["宋体", "Times New Roman"] as const;
const fang = ["仿宋_GB2312", "Times New Roman"] as const;
const kai = ["楷体_GB2312", "Times New Roman"] as const;
const hei = ["黑体", "Arial"] as const;
const [ink, soft, accent, warning] = ["1C2329", "55616D", "24476B", "B84A22"];
const single = { times: 1 };

/** GB/T 9704-2012: page 156 mm × 225 mm of text, 3 号 (16 pt) 仿宋, 28 pt lines, title 2 号 小标宋, first level 黑体, second 楷体, third 仿宋 bold. */
const official: LookFormat = {
  margins: [37, 26, 35, 28],
  body: { fonts: fang, size: 16, align: "both", line: { exact: 28 }, indent: 200 },
  builtIn: {
    title: { fonts: ["方正小标宋简体", "Times New Roman"], size: 22, align: "center", line: { exact: 34 }, indent: 0, space: [4, 8] },
    heading1: { fonts: hei, size: 16, keep: true, level: 0 },
    heading2: { fonts: kai, size: 16, keep: true, level: 1 },
    heading3: { size: 16, bold: true, keep: true, level: 2 },
    caption: { fonts: hei, size: 10.5, align: "center", line: { exact: 15 }, indent: 0, space: [6, 4], keep: true },
  },
  own: {
    Subtitle: { fonts: kai, size: 14, align: "center", line: { exact: 20 }, indent: 0, space: [0, 8] },
    Lead: { fonts: kai, size: 12, line: { exact: 18 } },
    Note: { fonts: kai, size: 10.5, align: "left", line: { exact: 15 }, indent: 0, space: [2, 4] },
    Quote: { fonts: kai, size: 9.5, align: "left", line: { exact: 13.5 }, left: 7, indent: 0 },
    Warning: { fonts: hei, size: 12, align: "left", line: { exact: 20 }, indent: 0, space: [6, 8], frame: ink },
    List: { align: "left", indent: 0 },
    Small: { size: 9.5, line: { exact: 13.5 } },
    SmallList: { size: 9.5, align: "left", line: { exact: 13.5 }, indent: 0 },
    Cell: { size: 9, align: "left", line: { exact: 12.5 }, indent: 0, space: [1, 1] },
    Gap: { size: 4, line: { exact: 8 }, indent: 0 },
    Picture: { align: "center", line: single, indent: 0, space: [2, 0], keep: true },
    PictureNote: { fonts: kai, size: 9, align: "center", line: { exact: 12.5 }, indent: 0, space: [0, 6] },
    Contents: { size: 10.5, line: { exact: 15 }, indent: 0 },
    Running: { fonts: song, size: 10.5, align: "left", line: single, indent: 0 },
  },
  outerNumbers: true,
};

const plain: LookFormat = {
  margins: [25.4, 25, 25.4, 25],
  body: { fonts: ["等线", "Calibri"], size: 11, colour: ink, align: "both", line: { exact: 18 }, space: [0, 5] },
  builtIn: {
    title: { fonts: ["等线", "Calibri"], size: 24, bold: true, colour: accent, align: "left", line: { times: 1.15 }, space: [0, 4] },
    heading1: { size: 15, bold: true, colour: accent, align: "left", line: { times: 1.2 }, space: [16, 4], keep: true, level: 0 },
    heading2: { size: 13, bold: true, colour: accent, align: "left", space: [14, 4], keep: true, level: 1 },
    heading3: { size: 11.5, bold: true, align: "left", space: [10, 4], keep: true, level: 2 },
    caption: { size: 10, bold: true, align: "left", line: { times: 1.15 }, space: [8, 3], keep: true },
  },
  own: {
    Subtitle: { size: 12, colour: soft, align: "left", space: [0, 12] },
    Lead: { size: 11.5 },
    Note: { size: 9.5, colour: soft, align: "left", line: { exact: 13 }, space: [0, 5] },
    Quote: { size: 9.5, colour: soft, align: "left", line: { exact: 13.5 }, space: [0, 2], left: 6, rule: "B4BCC5" },
    Warning: { bold: true, colour: warning, left: 3, rule: warning },
    List: { align: "left", space: [0, 3] },
    Small: { size: 9.5, line: { exact: 13.5 }, space: [0, 3] },
    SmallList: { size: 9.5, align: "left", line: { exact: 13.5 }, space: [0, 1.5] },
    Cell: { size: 9, align: "left", line: { exact: 12.5 }, space: [1.5, 1.5] },
    Gap: { size: 4, line: { exact: 8 }, space: [0, 0] },
    Picture: { align: "left", line: single, space: [4, 2], keep: true },
    PictureNote: { size: 9, colour: soft, align: "left", line: { exact: 12 }, space: [0, 8] },
    Contents: { size: 10, line: { exact: 14 }, space: [0, 0] },
    Running: { size: 9, colour: soft, align: "left", line: single, space: [0, 0] },
  },
  outerNumbers: false,
};
/** A report is long: 4 号 (14 pt) and 22 pt lines, where the standard allows to adjust them (5.2.2). Shorter documents keep 3 号. */
const officialReport: LookFormat = {
  ...official,
  body: { ...official.body, size: 14, line: { exact: 22 } },
  builtIn: { ...official.builtIn, heading3: { ...official.builtIn.heading3, size: 12, line: { exact: 20 }, indent: 0 } },
};
export const looks: Record<Look | "officialReport", LookFormat> = { official, officialReport, plain };

/** Twips between the side margins of an A4 page. */
export const textWidthOf = ({ margins }: LookFormat): number => fromMm(210 - margins[1] - margins[3]);

/** styles.xml of a look: every style that documents use. */
export function stylesXml(look: LookFormat): string {
  const { body, builtIn: formats } = look;
  const ids: Record<Exclude<BuiltIn, "table">, string> = { title: "Title", heading1: "Heading1", heading2: "Heading2", heading3: "Heading3", caption: "Caption" };
  const known = (Object.keys(ids) as (keyof typeof ids)[]).map((key) => paragraphStyle(ids[key], builtIn[key], formats[key], "Normal", true));
  return `${declaration}<w:styles xmlns:w="${namespaces.main}"><w:docDefaults><w:rPrDefault><w:rPr>${fontsXml(body.fonts!)}<w:sz w:val="${body.size! * 2}"/><w:szCs w:val="${body.size! * 2}"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>${[
    `<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>${formatXml(body)}</w:style>`,
    `<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="80" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>`,
    ...known,
    // Three rules, as in Chinese books: above, below, and under the header.
    `<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:jc w:val="${formats.caption.align === "center" ? "center" : "left"}"/><w:tblBorders><w:top w:val="single" w:sz="10" w:color="${ink}"/><w:bottom w:val="single" w:sz="10" w:color="${ink}"/><w:insideH w:val="single" w:sz="2" w:color="D5DBE1"/></w:tblBorders></w:tblPr><w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:tcBorders><w:bottom w:val="single" w:sz="6" w:color="${ink}"/></w:tcBorders></w:tcPr></w:tblStylePr></w:style>`,
    ownStylesXml(look, [], "Normal"),
  ].join("")}</w:styles>`;
}

/** Our own styles but those whose ids are `present`. `normal`: id of the style that they rest on. */
export function ownStylesXml({ own, body }: LookFormat, present: readonly string[], normal: string): string {
  const list = ownStyles.map((name) => [idOf(name), paragraphStyle(idOf(name), `Yuqing ${name}`, own[name], normal, false)] as const);
  const characters = [
    [idOf("Link"), `<w:style w:type="character" w:customStyle="1" w:styleId="${idOf("Link")}"><w:name w:val="Yuqing Link"/><w:rPr><w:color w:val="${accent}"/><w:u w:val="single"/></w:rPr></w:style>`],
    [idOf("Mark"), `<w:style w:type="character" w:customStyle="1" w:styleId="${idOf("Mark")}"><w:name w:val="Yuqing Mark"/><w:rPr><w:color w:val="${soft}"/><w:sz w:val="${markSize(body.size!)}"/><w:szCs w:val="${markSize(body.size!)}"/><w:vertAlign w:val="superscript"/></w:rPr></w:style>`],
  ] as const;
  return [...list, ...characters].filter(([id]) => !present.includes(id)).map(([, xml]) => xml).join("");
}

/** Half points of a raised number beside text of `size` pt: small, for there are many. */
const markSize = (size: number): number => Math.max(16, Math.round(1.3 * size));

function paragraphStyle(id: string, name: string, format: Format, basis: string, known: boolean): string {
  return `<w:style w:type="paragraph"${known ? "" : ' w:customStyle="1"'} w:styleId="${id}"><w:name w:val="${escaped(name)}"/><w:basedOn w:val="${escaped(basis)}"/>${known ? `<w:next w:val="${escaped(basis)}"/>` : ""}<w:qFormat/>${formatXml(format)}</w:style>`;
}

/** Order of elements as the schema wants it. */
function formatXml({ fonts, size, bold, colour, align, line, space, indent, left, keep, level, rule, frame }: Format): string {
  const spacing = [space && `w:before="${fromPt(space[0])}" w:after="${fromPt(space[1])}"`, line && ("exact" in line ? `w:line="${fromPt(line.exact)}" w:lineRule="exact"` : `w:line="${Math.round(line.times * 240)}" w:lineRule="auto"`)].filter(Boolean).join(" ");
  const indents = [left !== undefined && `w:left="${fromMm(left)}"`, indent !== undefined && `w:firstLineChars="${indent}" w:firstLine="${indent === 0 ? 0 : Math.round((indent / 100) * fromPt(size ?? 16))}"`].filter(Boolean).join(" ");
  const paragraph = [
    keep && "<w:keepNext/>",
    frame && `<w:pBdr>${["top", "left", "bottom", "right"].map((side) => `<w:${side} w:val="single" w:sz="8" w:space="4" w:color="${frame}"/>`).join("")}</w:pBdr>`,
    rule && `<w:pBdr><w:left w:val="single" w:sz="18" w:space="8" w:color="${rule}"/></w:pBdr>`,
    spacing && `<w:spacing ${spacing}/>`,
    indents && `<w:ind ${indents}/>`,
    align && `<w:jc w:val="${align}"/>`,
    level !== undefined && `<w:outlineLvl w:val="${level}"/>`,
  ];
  const run = [fonts && fontsXml(fonts), bold && "<w:b/><w:bCs/>", colour && `<w:color w:val="${colour}"/>`, size && `<w:sz w:val="${size * 2}"/><w:szCs w:val="${size * 2}"/>`];
  return `<w:pPr>${paragraph.filter(Boolean).join("")}</w:pPr><w:rPr>${run.filter(Boolean).join("")}</w:rPr>`;
}

const fontsXml = ([han, latin]: readonly [string, string]): string => `<w:rFonts w:ascii="${latin}" w:eastAsia="${han}" w:hAnsi="${latin}" w:cs="${latin}"/>`;

/** Fonts that stand in where a machine lacks the ones of the standard. */
const substitutes = [["方正小标宋简体", "华文中宋"], ["仿宋_GB2312", "仿宋"], ["楷体_GB2312", "楷体"], ["黑体", "SimHei"], ["宋体", "SimSun"], ["等线", "微软雅黑"]] as const;
export const fontTableXml = `${declaration}<w:fonts xmlns:w="${namespaces.main}">${substitutes.map(([name, other]) => `<w:font w:name="${name}"><w:altName w:val="${other}"/><w:charset w:val="86"/><w:pitch w:val="variable"/></w:font>`).join("")}</w:fonts>`;
