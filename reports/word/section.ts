import type { WordText } from "./contract.ts";
import { idOf, textWidthOf, type LookFormat } from "./styles.ts";
import { declaration, fromMm, roots, texts } from "./xml.ts";

/** Longest title of a header, in characters. */
const longest = 40;

/** Page, margins, headers and footers of a document of our own; the parts stand under rIdHeader, rIdFooter and rIdEven. */
export function sectionXml({ margins: [top, right, bottom, left], outerNumbers }: LookFormat): string {
  const footers = ["default", ...(outerNumbers ? [] : ["even"]), "first"].map((type) => `<w:footerReference w:type="${type}" r:id="rIdFooter"/>`);
  const even = outerNumbers ? '<w:footerReference w:type="even" r:id="rIdEven"/>' : "";
  const [header, footer] = outerNumbers ? [20, 28] : [12, 12];
  return `<w:sectPr><w:headerReference w:type="default" r:id="rIdHeader"/><w:headerReference w:type="even" r:id="rIdHeader"/>${footers.join("")}${even}<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="${fromMm(top)}" w:right="${fromMm(right)}" w:bottom="${fromMm(bottom)}" w:left="${fromMm(left)}" w:header="${fromMm(header)}" w:footer="${fromMm(footer)}" w:gutter="0"/><w:titlePg/></w:sectPr>`;
}

/** Title, 期号 and label on every page but the first. */
export function headerXml({ title, issue, label }: WordText, look: LookFormat): string {
  const characters = [...title.replace(/\s+/gu, " ")];
  const short = characters.length > longest ? `${characters.slice(0, longest).join("")}…` : characters.join("");
  const right = [issue, label].filter((text): text is string => text !== null && text !== "").join("　");
  const tab = `<w:tabs><w:tab w:val="right" w:pos="${textWidthOf(look)}"/></w:tabs>`;
  return `${declaration}<w:hdr ${roots}><w:p><w:pPr><w:pStyle w:val="${idOf("Running")}"/>${tab}</w:pPr><w:r>${texts(short)}${right === "" ? "" : `<w:tab/>${texts(right)}`}</w:r></w:p></w:hdr>`;
}

/** 「— 1 —」: at the right on odd pages, at the left on even ones, where the look wants it; else in the middle. */
export function footerXml({ outerNumbers }: LookFormat, even: boolean): string {
  const align = outerNumbers ? (even ? "left" : "right") : "center";
  const size = outerNumbers ? '<w:rPr><w:sz w:val="28"/></w:rPr>' : "";
  const text = (value: string): string => (outerNumbers ? `<w:r>${size}<w:t xml:space="preserve">${value}</w:t></w:r>` : "");
  return `${declaration}<w:ftr ${roots}><w:p><w:pPr><w:pStyle w:val="${idOf("Running")}"/><w:jc w:val="${align}"/></w:pPr>${text("— ")}<w:fldSimple w:instr=" PAGE "><w:r>${size}<w:t>1</w:t></w:r></w:fldSimple>${text(" —")}</w:p></w:ftr>`;
}
