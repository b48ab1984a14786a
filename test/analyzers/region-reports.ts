import { regions } from "../../analyzers/event/regions.ts";
import { locationQuotients } from "../../analyzers/location-quotient.ts";
import { population } from "../../analyzers/population.ts";
import type { Random } from "../../analyzers/statistics.ts";
import type { Table } from "../../analyzers/contract.ts";
import { analyze } from "../../pipeline/analyze.ts";
import { eventSchema } from "../../pipeline/config.ts";

/** How one simulated event comes about. Author-days are drawn until there are `n`. */
export interface Plan {
  n: number;
  /** Share of draws that are a group of 3 to 10 accounts with one text, all in one region. */
  copied: number;
  /** Share of draws that are one account posting on 3 to 10 days. */
  repeated: number;
  /** How many times as often as residents let expect a region posts. */
  times: (region: string) => number;
}
export const nowhere = (): number => 1;

interface AuthorDay {
  author: number;
  text: number;
  region: string;
}

export function draw(random: Random, { n, copied, repeated, times }: Plan): AuthorDay[] {
  const weights = [...population().residents].map(([region, people]) => [region, people * times(region)] as const);
  const total = weights.reduce((sum, [, weight]) => sum + weight, 0);
  const place = (): string => {
    let at = random() * total;
    return (weights.find(([, weight]) => (at -= weight) < 0) ?? weights.at(-1)!)[0];
  };
  const days: AuthorDay[] = [];
  let author = 0;
  let text = 0;
  while (days.length < n) {
    const region = place();
    const kind = random();
    const size = kind < copied + repeated ? 3 + Math.floor(random() * 8) : 1;
    if (kind < copied) text++;
    else author++;
    for (let i = 0; i < size; i++) days.push(kind < copied ? { author: ++author, text, region } : { author, text: ++text, region });
  }
  return days;
}

/** What pipeline/rollup would count, in plain code. */
function tables(days: readonly AuthorDay[]): Map<string, Table> {
  const regionRows = new Map<string, number>();
  for (const { region } of days) regionRows.set(region, (regionRows.get(region) ?? 0) + 1);
  const posts = new Map<number, number>();
  for (const { author } of days) posts.set(author, (posts.get(author) ?? 0) + 1);
  return new Map<string, Table>([
    ["regions", [...regionRows].map(([region, count]) => ({ day: 20_000, source: "ip", region, posts: count, author_days: count }))],
    ["coverage", [{ posts: days.length, worded: days.length }]],
    ["author_sizes", [...posts.values()].map((count) => ({ posts: count, authors: 1 }))],
    ["region_clusters", [...sums("author", days, ({ author }) => `${author}`), ...sums("text", days, ({ text }) => `${text}`), ...sums("both", days, ({ author, text }) => `${author} ${text}`)]],
  ]);
}

function sums(grouping: string, days: readonly AuthorDay[], groupOf: (day: AuthorDay) => string): Table {
  const sizes = new Map<string, number>();
  const cells = new Map<string, { region: string; group: string; n: number }>();
  for (const day of days) {
    const group = groupOf(day);
    sizes.set(group, (sizes.get(group) ?? 0) + 1);
    const key = `${day.region} ${group}`;
    const cell = cells.get(key);
    if (cell) cell.n++;
    else cells.set(key, { region: day.region, group, n: 1 });
  }
  const rows = new Map<string, { source: string; grouping: string; region: string; author_days: number; squares: number; products: number }>();
  for (const { region, group, n } of cells.values()) {
    const row = rows.get(region) ?? { source: "ip", grouping, region, author_days: 0, squares: 0, products: 0 };
    rows.set(region, { ...row, author_days: row.author_days + n, squares: row.squares + n * n, products: row.products + n * sizes.get(group)! });
  }
  return [...rows.values()];
}

/** Regions that the product's own analyze() marks, with their shrunk quotients. */
export function marked(days: readonly AuthorDay[]): { region: string; shrunk: number }[] {
  const [finding] = analyze(tables(days), eventSchema.parse({}), new Map([["regions", regions.options.parse({})]]), {}, [regions]);
  if (finding?.status !== "ok") throw new Error(JSON.stringify(finding));
  return (finding.data as { quotients: { region: string; shrunk: number; marked: boolean }[] }).quotients.filter((row) => row.marked);
}

/** The same if every author-day stood alone. */
export function naivelyMarked(days: readonly AuthorDay[]): string[] {
  const counts = new Map<string, number>();
  for (const { region } of days) counts.set(region, (counts.get(region) ?? 0) + 1);
  return locationQuotients(counts, population().residents, 1).filter((row) => row.marked).map(({ region }) => region);
}
