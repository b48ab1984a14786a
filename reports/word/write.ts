import { storedZip } from "../excel/zip.ts";
import { bodyXml } from "./body.ts";
import type { WordText } from "./contract.ts";
import { numberings, numberingXml } from "./numbering.ts";
import { References } from "./references.ts";
import { footerXml, headerXml, sectionXml } from "./section.ts";
import { fontTableXml, looks, ownStylesXml, stylesXml, textWidthOf } from "./styles.ts";
import type { Template } from "./template.ts";
import { declaration, escaped, namespaces, roots } from "./xml.ts";

type Part = readonly [name: string, content: string | Uint8Array];

const word = "application/vnd.openxmlformats-officedocument.wordprocessingml";
const ids = { title: "Title", heading1: "Heading1", heading2: "Heading2", heading3: "Heading3", caption: "Caption", table: "TableGrid" };

/** A .docx (ECMA-376, transitional) of the text in a look or in a user's template. No date, no author, no random id: same text, same bytes. */
export function writeWord(text: WordText, { look, template }: { look: keyof typeof looks; template?: Template | undefined }): Uint8Array {
  return storedZip(template === undefined ? ownParts(text, look) : templateParts(text, look, template));
}

function ownParts(text: WordText, name: keyof typeof looks): Part[] {
  const look = looks[name];
  const references = new References("rId");
  const body = bodyXml(text, { styles: ids, width: textWidthOf(look), numberings }, references);
  const parts = [["styles", "styles"], ["fontTable", "fontTable"], ["numbering", "numbering"], ["settings", "settings"], ["header", "header"], ["footer", "footer"], ["even", "footer"]] as const;
  const override = (part: string, type: string): string => `<Override PartName="/word/${part}.xml" ContentType="${word}.${type}+xml"/>`;
  return [
    ["[Content_Types].xml", `${declaration}<Types xmlns="${namespaces.types}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>${override("document", "document.main")}${parts.map(([part, type]) => override(part, type)).join("")}<Override PartName="/docProps/core.xml" ContentType="${coreType}"/></Types>`],
    ["_rels/.rels", `${declaration}<Relationships xmlns="${namespaces.packaged}"><Relationship Id="rId1" Type="${namespaces.office}/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`],
    ["docProps/core.xml", coreXml(text)],
    ["word/document.xml", `${declaration}<w:document ${roots}><w:body>${body}${sectionXml(look)}</w:body></w:document>`],
    ["word/_rels/document.xml.rels", `${declaration}<Relationships xmlns="${namespaces.packaged}">${parts.map(([part, type]) => `<Relationship Id="rId${part[0]!.toUpperCase()}${part.slice(1)}" Type="${namespaces.office}/${type}" Target="${part}.xml"/>`).join("")}${references.relations.join("")}</Relationships>`],
    ["word/styles.xml", stylesXml(look)],
    ["word/fontTable.xml", fontTableXml],
    ["word/numbering.xml", numberingXml(references.ordered)],
    ["word/settings.xml", settingsXml],
    ["word/header.xml", headerXml(text, look)],
    ["word/footer.xml", footerXml(look, false)],
    ["word/even.xml", footerXml(look, true)],
    ...references.media,
  ];
}

/** The template's parts with our text, our own styles where it lacks them, our lists, pictures and links. */
function templateParts(text: WordText, name: keyof typeof looks, template: Template): Part[] {
  const references = new References("yuqing");
  const body = bodyXml(text, { styles: template.styles, width: template.width, numberings }, references);
  const read = (part: string): string | null => (template.parts.has(part) ? new TextDecoder().decode(template.parts.get(part)) : null);
  const numbered = read("word/numbering.xml");
  const relations = [...references.relations, ...(numbered === null ? [`<Relationship Id="yuqingNumbering" Type="${namespaces.office}/numbering" Target="numbering.xml"/>`] : [])].join("");
  const changed = new Map<string, string>([
    ["[Content_Types].xml", typesWith(read("[Content_Types].xml") ?? "", numbered === null)],
    ["word/document.xml", `${declaration}${withRoots(template.root)}<w:body>${body}${template.section}</w:body></w:document>`],
    ["word/_rels/document.xml.rels", before(read("word/_rels/document.xml.rels") ?? `${declaration}<Relationships xmlns="${namespaces.packaged}"></Relationships>`, "</Relationships>", relations)],
    ["word/styles.xml", before(read("word/styles.xml")!, "</w:styles>", ownStylesXml(looks[name], template.present, template.normal))],
    ["word/numbering.xml", numberingXml(references.ordered, numbered)],
    ...(template.parts.has("docProps/core.xml") ? [["docProps/core.xml", coreXml(text)] as const] : []),
  ]);
  const kept = [...template.parts].filter(([part]) => !changed.has(part));
  // Content types first: some readers want it there.
  return [...changed, ...kept, ...references.media];
}

const coreType = "application/vnd.openxmlformats-package.core-properties+xml";
const coreXml = ({ title }: WordText): string => `${declaration}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${escaped(title)}</dc:title></cp:coreProperties>`;

const settingsXml = `${declaration}<w:settings xmlns:w="${namespaces.main}"><w:zoom w:percent="100"/><w:evenAndOddHeaders/><w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>`;

const before = (xml: string, end: string, added: string): string => {
  const at = xml.lastIndexOf(end);
  return at === -1 ? xml.replace(/\/>\s*$/, () => `>${added}${end}`) : `${xml.slice(0, at)}${added}${xml.slice(at)}`;
};

/** The template's start tag with the namespaces that our text uses. */
function withRoots(tag: string): string {
  const missing = roots.match(/xmlns:\w+="[^"]*"/g)!.filter((each) => !tag.includes(each.slice(0, each.indexOf("=") + 1)));
  return tag.replace(/\/?>$/, ` ${missing.join(" ")}>`);
}

function typesWith(xml: string, numbering: boolean): string {
  const png = /<Default[^>]*Extension="png"/i.test(xml) ? "" : '<Default Extension="png" ContentType="image/png"/>';
  const added = `${png}${numbering ? `<Override PartName="/word/numbering.xml" ContentType="${word}.numbering+xml"/>` : ""}`;
  return before(xml, "</Types>", added).replace(`${word}.template.main+xml`, `${word}.document.main+xml`);
}
