import type { Run, WordBlock, WordText } from "./contract.ts";
import type { References } from "./references.ts";
import { idOf, type BuiltIn, type OwnStyle } from "./styles.ts";
import { tableXml } from "./table.ts";
import { escaped, fromMm, texts } from "./xml.ts";

/** Where the text goes: ids of the styles that Word knows, and the width of a line in twips. */
export interface Sheet {
  styles: Record<BuiltIn, string>;
  width: number;
  /** Ids of the numberings: dots, and the first of the ordered lists. */
  numberings: { dots: number; first: number };
}

const emuPerTwip = 635;
const emuPerPx = 9525;
/** Of the line's width that a picture takes, and twips of its height: a page holds two or three. */
const widest = 0.78;
const highest = fromMm(62);
const styleOf = { lead: "Lead", note: "Note", quote: "Quote", warning: "Warning", small: "Small" } as const;

/** Blocks as the content of w:body, without the last section. Figures and tables are numbered through; same blocks, same text. */
export function bodyXml({ language, title, issue, subtitle, label, blocks }: WordText, sheet: Sheet, references: References): string {
  const zh = language === "zh";
  const told = new Set(blocks.flatMap((block) => (block.kind === "table" ? (block.facts ?? []).flat() : [])));
  const counts = { figure: 0, table: 0, bookmark: 0, heading: 0, picture: 0 };

  const paragraph = (style: string, content: string, more = ""): string => `<w:p><w:pPr><w:pStyle w:val="${escaped(style)}"/>${more}</w:pPr>${content}</w:p>`;
  const own = (style: OwnStyle, content: string, more = ""): string => paragraph(idOf(style), content, more);
  const run = (text: string, properties = ""): string => (text === "" ? "" : `<w:r>${properties === "" ? "" : `<w:rPr>${properties}</w:rPr>`}${texts(text)}</w:r>`);
  const bookmark = (name: string): string => `<w:bookmarkStart w:id="${counts.bookmark}" w:name="${name}"/><w:bookmarkEnd w:id="${counts.bookmark++}"/>`;

  const runs = (pieces: readonly Run[]): string =>
    pieces
      .map((piece) => {
        if (typeof piece === "string") return run(piece);
        if ("fact" in piece) return factMark(piece.fact);
        if ("mark" in piece) return mark(piece.mark);
        const strong = piece.strong ? "<w:b/><w:bCs/>" : "";
        if (piece.link === undefined || !/^https?:\/\//i.test(piece.link)) return run(piece.text, strong);
        return `<w:hyperlink r:id="${references.link(piece.link)}">${run(piece.text, `<w:rStyle w:val="${idOf("Link")}"/>${strong}`)}</w:hyperlink>`;
      })
      .join("");

  const mark = (text: string): string => run(`[${text}]`, `<w:rStyle w:val="${idOf("Mark")}"/>`);

  /** The number of a fact, raised; a link when its row stands in the document. */
  const factMark = (fact: number): string => {
    const shown = mark(String(fact));
    return told.has(fact) ? `<w:hyperlink w:anchor="fact_${fact}" w:history="1">${shown}</w:hyperlink>` : shown;
  };

  /** 「图 1　…」 with a field that Word renumbers. */
  const caption = (kind: "figure" | "table", text: string): string => {
    const name = kind === "figure" ? (zh ? "图" : "Figure") : zh ? "表" : "Table";
    return paragraph(sheet.styles.caption, `${run(`${name} `)}<w:fldSimple w:instr=" SEQ ${name} \\* ARABIC "><w:r><w:t>${++counts[kind]}</w:t></w:r></w:fldSimple>${run(`${zh ? "　" : ". "}${text}`)}`);
  };

  const block = (one: WordBlock): string => {
    switch (one.kind) {
      case "heading":
        return paragraph(sheet.styles[`heading${one.level}`], `${one.level === 1 ? bookmark(`heading_${++counts.heading}`) : ""}${run(one.text)}`);
      case "paragraph":
        return one.style === undefined ? `<w:p>${runs(one.runs)}</w:p>` : own(styleOf[one.style], runs(one.runs));
      case "list": {
        const numbering = one.ordered ? sheet.numberings.first + references.ordered++ : sheet.numberings.dots;
        return one.items.map((item) => own(one.small ? "SmallList" : "List", runs(item), `<w:numPr><w:ilvl w:val="0"/><w:numId w:val="${numbering}"/></w:numPr>`)).join("");
      }
      case "table":
        return `${one.caption === "" ? "" : caption("table", one.caption)}${tableXml(one, sheet.styles.table, sheet.width, (fact) => bookmark(`fact_${fact}`))}${own("Gap", "")}`;
      case "picture":
        return `${caption("figure", one.caption)}${own("Picture", picture(one))}${own("PictureNote", run(one.note))}`;
      case "contents":
        return contents(one.title);
    }
  };

  const picture = ({ png, alt, width, height }: Extract<WordBlock, { kind: "picture" }>): string => {
    const scale = Math.min(1, (widest * sheet.width * emuPerTwip) / (width * emuPerPx), (highest * emuPerTwip) / (height * emuPerPx));
    const [cx, cy] = [width, height].map((px) => Math.round(px * emuPerPx * scale));
    const id = ++counts.picture;
    return `<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="${cx}" cy="${cy}"/><wp:docPr id="${id}" name="${zh ? "图" : "Figure"} ${id}" descr="${escaped(alt)}"/><wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="${id}" name="${id}.png"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="${references.picture(png)}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="${cx}" cy="${cy}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`;
  };

  /** A field without page numbers: its text is right before Word has laid out the pages. */
  const contents = (name: string): string => {
    const entries = blocks.flatMap((one) => (one.kind === "heading" && one.level === 1 ? [one.text] : []));
    if (entries.length === 0) return "";
    const field = (type: string): string => `<w:r><w:fldChar w:fldCharType="${type}"/></w:r>`;
    const begin = `${field("begin")}<w:r><w:instrText xml:space="preserve"> TOC \\o "1-1" \\n \\h </w:instrText></w:r>${field("separate")}`;
    return `${own("Contents", run(name, "<w:b/><w:bCs/>"), "<w:pageBreakBefore/>")}${entries.map((text, i) => own("Contents", `${i === 0 ? begin : ""}<w:hyperlink w:anchor="heading_${i + 1}" w:history="1">${run(text)}</w:hyperlink>${i === entries.length - 1 ? field("end") : ""}`)).join("")}`;
  };

  const under = [label, issue, subtitle].filter((text): text is string => text !== null && text !== "").join(zh ? "　" : " · ");
  return `${paragraph(sheet.styles.title, run(title))}${under === "" ? "" : own("Subtitle", run(under))}${blocks.map(block).join("")}`;
}
