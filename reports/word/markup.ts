import { SaxesParser } from "saxes";
import type { Run, WordBlock } from "./contract.ts";

/** What the links of a section's own blocks lead to. */
export interface Targets {
  /** Number of a fact by figure key; throws for an unknown key. */
  fact(key: string): number;
  /** Name of a sample row by post id, 「行-12」; null for any other post. */
  post(id: string): string | null;
}

interface Element {
  name: string;
  attributes: Record<string, string>;
  children: Node[];
}
type Node = string | Element;
type Table = Extract<WordBlock, { kind: "table" }>;

/** The further blocks of a section, made by the `html` tag, as blocks for Word: headings, paragraphs, lists, quotes and tables. Pictures are left out. Throws for markup that is not well-formed. */
export function blocksOf(markup: string, targets: Targets): WordBlock[] {
  return children(treeOf(markup), targets);
}

function treeOf(markup: string): Node[] {
  const top: Element = { name: "", attributes: {}, children: [] };
  const path = [top];
  const parser = new SaxesParser({ fragment: true });
  parser.on("opentag", ({ name, attributes }) => {
    const element: Element = { name, attributes: attributes as Record<string, string>, children: [] };
    path.at(-1)!.children.push(element);
    path.push(element);
  });
  parser.on("closetag", () => void path.pop());
  parser.on("text", (text) => void path.at(-1)!.children.push(text));
  parser.on("error", (error) => {
    throw error;
  });
  parser.write(markup.replace(/<[a-z][^<>]*>/g, asXml).replace(/\s*\n\s*/g, " ")).close();
  return top.children;
}

/** A start tag of HTML as XML: void elements closed, attributes without a value given an empty one. */
function asXml(tag: string): string {
  const valued = tag.replace(/\s([a-z][\w-]*)(="[^"]*")?/g, (_, name: string, value: string | undefined) => ` ${name}${value ?? '=""'}`);
  return /^<(br|wbr|hr|input|img)\b/.test(tag) ? valued.replace(/\/?>$/, "/>") : valued;
}

/** What works only on a screen. */
const screen = new Set(["svg", "script", "input", "button", "label", "select", "template"]);
/** What shows nothing without a screen or a script. */
const unseen = ({ name, attributes }: Element): boolean => screen.has(name) || attributes.hidden !== undefined;
const containers = new Set(["div", "details", "section", "figure", "form", "fieldset"]);
const headings = new Set(["h3", "h4", "h5", "summary", "legend"]);

/** Blocks in a row; text between them becomes paragraphs. */
function children(nodes: readonly Node[], targets: Targets): WordBlock[] {
  const blocks: WordBlock[] = [];
  let loose: Node[] = [];
  const flush = (): void => {
    const runs = inline(loose, targets);
    loose = [];
    if (runs.length > 0) blocks.push({ kind: "paragraph", runs });
  };
  for (const node of nodes) {
    const made = typeof node === "string" ? null : block(node, targets);
    if (made === null) {
      loose.push(node);
      continue;
    }
    flush();
    blocks.push(...made);
  }
  flush();
  return blocks;
}

/** An element as blocks; null when it belongs into a line. */
function block(element: Element, targets: Targets): WordBlock[] | null {
  const { name, attributes, children: nodes } = element;
  if (unseen(element)) return [];
  if (containers.has(name)) return children(nodes, targets);
  if (headings.has(name)) return [{ kind: "heading", level: 3, text: plain(nodes) }];
  if (name === "table") return [tableOf(element, targets)];
  if (name === "ul" || name === "ol") return [{ kind: "list", items: items(nodes, "li", targets), ordered: name === "ol" && attributes.class !== "timeline" }];
  if (name === "dl") return [{ kind: "list", items: definitions(nodes, targets) }];
  if (name !== "p" && name !== "blockquote") return null;
  const runs = inline(nodes, targets);
  if (runs.length === 0) return [];
  return [{ kind: "paragraph", runs, ...(name === "blockquote" ? { style: "quote" as const } : attributes.class === "note" ? { style: "note" as const } : {}) }];
}

const items = (nodes: readonly Node[], name: string, targets: Targets): Run[][] => nodes.flatMap((node) => (typeof node !== "string" && node.name === name ? [inline(node.children, targets)] : []));

/** A term and what follows it are one item. */
function definitions(nodes: readonly Node[], targets: Targets): Run[][] {
  const list: Run[][] = [];
  for (const node of nodes.flatMap((one) => (typeof one !== "string" && one.name === "div" ? one.children : [one]))) {
    if (typeof node === "string") continue;
    if (node.name === "dt") list.push([{ text: plain(node.children), strong: true }]);
    else if (node.name === "dd") list.at(-1)?.push(" ", ...inline(node.children, targets));
  }
  return list;
}

function tableOf(table: Element, targets: Targets): Table {
  const rows = found(table, "tr").map((row) => row.children.filter((node): node is Element => typeof node !== "string"));
  const [head = [], ...body] = rows;
  const caption = found(table, "caption")[0];
  return {
    kind: "table",
    caption: caption ? plain(caption.children) : "",
    columns: head.map((cell, i) => ({ key: String(i), label: plain(cell.children), align: (body[0]?.[i] ?? cell).attributes.class === "number" ? "right" : "left" })),
    rows: body.map((cells) => Object.fromEntries(cells.map((cell, i) => [String(i), textOf(inline(cell.children, targets))]))),
  };
}

const found = (element: Element, name: string): Element[] => element.children.flatMap((node) => (typeof node === "string" ? [] : node.name === name ? [node] : found(node, name)));

/** Text of a line with its marks; blocks within are set apart by line ends. */
function inline(nodes: readonly Node[], targets: Targets, strong = false): Run[] {
  const runs = nodes.flatMap((node): Run[] => {
    if (typeof node === "string") return node === "" ? [] : [strong ? { text: node, strong: true } : node];
    const { name, attributes, children: inner } = node;
    if (name === "br") return ["\n"];
    if (unseen(node) || name === "wbr") return [];
    if (name === "strong" || name === "b") return inline(inner, targets, true);
    const rest = inline(inner, targets, strong);
    if (name === "blockquote" || name === "p" || name === "div" || name === "li") return ["\n", ...rest];
    if (name !== "a") return rest;
    if (attributes["data-fact"] !== undefined) return [...rest, { fact: targets.fact(attributes["data-fact"]) }];
    if (attributes["data-post"] !== undefined) return linkedPost(attributes["data-post"], rest, targets);
    return attributes.href !== undefined && /^https?:/i.test(attributes.href) ? [{ text: plain(inner), link: attributes.href }] : rest;
  });
  return strong ? runs : trimmed(runs);
}

/** A link around the bare id goes by the name of its sample row; one around other words keeps them. */
function linkedPost(id: string, rest: Run[], targets: Targets): Run[] {
  const row = targets.post(id);
  if (textOf(rest) !== id) return row === null ? rest : [...rest, { mark: row }];
  return [{ mark: row ?? id }];
}

const plain = (nodes: readonly Node[]): string => nodes.map((node) => (typeof node === "string" ? node : unseen(node) ? "" : plain(node.children))).join("").trim();
const textOf = (runs: readonly Run[]): string => runs.map((run) => (typeof run === "string" ? run : "text" in run ? run.text : "mark" in run ? ` ${run.mark}` : ` [${run.fact}]`)).join("").trim();

/** Without empty pieces and line ends at either end. */
function trimmed(runs: readonly Run[]): Run[] {
  const blank = (run: Run | undefined): boolean => typeof run === "string" && run.trim() === "";
  let [from, to] = [0, runs.length];
  while (from < to && blank(runs[from])) from++;
  while (to > from && blank(runs[to - 1])) to--;
  return runs.slice(from, to);
}
