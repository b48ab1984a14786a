import { provinceKey } from "../divisions.ts";
import type { Doc } from "./doc.ts";
import type { PlaceParser } from "./places/parser.ts";

/**
 * What a text or its hashtags name, distinct, in order of first mention: province keys (江苏), also of every city and county; six-digit codes of cities and counties;
 * and, for a name that several places share, `?name\u0001codes` with the codes it may mean. pipeline/places.ts settles these for the event.
 * Who posted it does not count: the same words name the same place, whoever copies them.
 */
export function places({ source }: Doc, parser: PlaceParser): string[] {
  const found = new Set<string>();
  for (const { name, codes } of parser.parse(source.clean)) {
    const provinces = new Set(codes.map(provinceKey));
    if (provinces.size === 1) found.add([...provinces][0]!);
    if (codes.length > 1) found.add(`?${name}\u0001${codes.join(" ")}`);
    else if (!codes[0]!.endsWith("0000")) found.add(codes[0]!);
  }
  return [...found];
}
