/** Attributes and text of WordprocessingML. Control characters that XML cannot hold and lone surrogates become U+FFFD, as in the HTML report. */
export function escaped(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd")
    .replace(/[&<>"]/g, (c) => (c === "&" ? "&amp;" : c === "<" ? "&lt;" : c === ">" ? "&gt;" : "&quot;"));
}

/** Text of a run: line ends become breaks, tabs become tabs, everything else is kept as it is. */
export function texts(text: string): string {
  return text
    .split(/(\r\n|\r|\n|\t)/)
    .map((piece, i) => (piece === "" ? "" : i % 2 === 0 ? `<w:t xml:space="preserve">${escaped(piece)}</w:t>` : piece === "\t" ? "<w:tab/>" : "<w:br/>"))
    .join("");
}

export const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

export const namespaces = {
  main: "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
  office: "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
  packaged: "http://schemas.openxmlformats.org/package/2006/relationships",
  types: "http://schemas.openxmlformats.org/package/2006/content-types",
} as const;

/** Root attributes of document, header and footer. */
export const roots = `xmlns:w="${namespaces.main}" xmlns:r="${namespaces.office}" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"`;

/** Millimetres and points as twentieths of a point. */
export const fromMm = (mm: number): number => Math.round((mm * 1440) / 25.4);
export const fromPt = (pt: number): number => Math.round(pt * 20);
