import type { Finding } from "../../analyzers/contract.ts";
import type { Section } from "../contract.ts";
import type { Page } from "../html/page.ts";
import type { Run, WordBlock } from "./contract.ts";
import type { Draft } from "./draft.ts";

/** The sentences of a section, each number followed by the number of its fact. */
export function told(page: Page, section: Section, finding: Finding): Run[][] {
  return section.tell(finding, page.language).map((parts) => parts.flatMap((part): Run[] => (typeof part === "string" ? [part] : [part.text, { fact: factOf(page, section.id, part.fact) }])));
}

/** The number of a fact. Throws when there is none. */
export function factOf(page: Page, finding: string, key: string): number {
  const found = page.facts.get(finding)?.get(key);
  if (found === undefined) throw new Error(`no fact "${key}" in ${finding}`);
  return found.fact.no;
}

export const warning = (text: string): WordBlock => ({ kind: "paragraph", runs: [text], style: "warning" });

/** A throw becomes a notice, reported to `onFailure`. */
export function guarded(page: Page, place: string, make: () => Draft[]): Draft[] {
  try {
    return make();
  } catch (error) {
    page.onFailure(place, error as Error);
    return [warning(`${page.words.failed}${page.language === "zh" ? "：" : ": "}${place}: ${(error as Error).message}`)];
  }
}

/** Facts that sentences and page one name; small print and tables name more, which stand in the workbook. */
export function citedIn(blocks: readonly WordBlock[]): Set<number> {
  const inRuns = (runs: readonly Run[]): number[] => runs.flatMap((run) => (typeof run !== "string" && "fact" in run ? [run.fact] : []));
  return new Set(blocks.flatMap((block) => (block.kind === "paragraph" && block.style !== "small" ? inRuns(block.runs) : block.kind === "list" && !block.small ? block.items.flatMap(inRuns) : block.kind === "table" ? (block.cites ?? []) : [])));
}
