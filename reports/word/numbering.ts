import { declaration, namespaces } from "./xml.ts";

/** Ids of our two definitions, and of the numberings that use them: dots first, then one for each ordered list. High, to stay clear of a template's own. */
const definition = { dots: 9001, numbers: 9002 };
export const numberings = { dots: 9001, first: 9002 };

const level = (format: string, text: string): string => `<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="420" w:hanging="420"/></w:pPr></w:lvl>`;
const definitions = [
  `<w:abstractNum w:abstractNumId="${definition.dots}"><w:multiLevelType w:val="singleLevel"/>${level("bullet", "•")}</w:abstractNum>`,
  `<w:abstractNum w:abstractNumId="${definition.numbers}"><w:multiLevelType w:val="singleLevel"/>${level("decimal", "%1.")}</w:abstractNum>`,
].join("");

const uses = (ordered: number): string =>
  [
    `<w:num w:numId="${numberings.dots}"><w:abstractNumId w:val="${definition.dots}"/></w:num>`,
    ...Array.from({ length: ordered }, (_, i) => `<w:num w:numId="${numberings.first + i}"><w:abstractNumId w:val="${definition.numbers}"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>`),
  ].join("");

/** numbering.xml with our lists, added to those of a template (definitions come before their uses). */
export function numberingXml(ordered: number, template: string | null = null): string {
  if (template === null || !/<\/w:numbering>\s*$/.test(template)) return `${declaration}<w:numbering xmlns:w="${namespaces.main}">${definitions}${uses(ordered)}</w:numbering>`;
  const first = template.search(/<w:num[ >]/);
  const at = first === -1 ? template.lastIndexOf("</w:numbering>") : first;
  const whole = `${template.slice(0, at)}${definitions}${template.slice(at)}`;
  // Word wants w:numIdMacAtCleanup last.
  const end = /<w:numIdMacAtCleanup[^>]*\/>\s*<\/w:numbering>\s*$/.exec(whole)?.index ?? whole.lastIndexOf("</w:numbering>");
  return `${whole.slice(0, end)}${uses(ordered)}${whole.slice(end)}`;
}
