import type { EventConfig } from "../pipeline/config.ts";
import { queryWords } from "../pipeline/query/words.ts";

/** Whether a term is, or is part of, a query word or subject of event.yaml: what the posts were collected by is no finding. */
export function givenWords({ query, subjects }: EventConfig): (term: string) => boolean {
  const words = [...queryWords(query), ...subjects.flatMap(({ name, aliases }) => [name, ...aliases])].map(fold);
  return (term) => words.some((word) => word.includes(fold(term)));
}

const fold = (text: string): string => text.normalize("NFKC").toLowerCase();
