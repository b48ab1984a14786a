import { sections } from "../../reports/case-study/index.ts";
import { checkText, Reader } from "../../reports/narrative/check.ts";
import type { Finding } from "../../analyzers/contract.ts";
import type { Section } from "../../reports/contract.ts";
import { claimIn, gateOf } from "../../reports/narrative/gates.ts";
import type { GatedChart } from "../../reports/narrative/say.ts";
import { auditOf, nullEvent, randomEvent, reportOf } from "../narrative/random-reports.ts";

/**
 * npx tsx test/bench/narrative.ts [RANDOM] [NULL] [FIRST SEED]: random events through the product's tables and analyzers, their text read again in both languages
 * (numbers and claims that nothing backs: 0 wanted), and events in which nothing is behind anything (share with any claim in a sentence or title: at most 6 %).
 * Every second random event and every null event has a hand check of moods. About a second of CPU an event; for several processes give each its first seed.
 */
const [random, empty, first] = [Number(process.argv[2] ?? 1000), Number(process.argv[3] ?? 500), Number(process.argv[4] ?? 1)];

const progress = (what: string, done: number, all: number): void => {
  if (done > 0 && done % 25 === 0) console.error(`${what} ${done}/${all}`);
};

const seen = { reports: 0, failed: 0, sentences: 0, numbers: 0, gated: 0, titles: 0, problems: 0 };
for (let seed = first; seed < first + random; seed++) {
  progress("random", seed - first, random);
  const drawn = randomEvent(seed);
  const report = await reportOf(drawn, seed % 2 === 0 ? auditOf(drawn, seed) : null);
  seen.reports++;
  seen.failed += report.findings.filter(({ status }) => status === "error").length;
  for (const language of ["zh", "en"] as const) {
    const { findings } = new Reader(report, language);
    for (const section of sections) {
      const finding = findings.get(section.id);
      if (finding === undefined) continue;
      const told = section.tell(finding, language);
      seen.sentences += told.length;
      seen.numbers += told.flat().filter((part) => typeof part !== "string").length;
      seen.gated += told.filter((parts) => parts.some((part) => gateOf(part) !== null)).length;
      if (finding.status === "ok") seen.titles += section.charts(finding, language).length;
    }
    for (const problem of checkText(report, sections, language)) {
      seen.problems++;
      console.log(`seed ${seed} ${language} ${problem.place}: ${problem.reason.en} | ${problem.text.slice(0, 200)}`);
    }
  }
}
console.log("random", seen);

/** Whether a sentence or a title of the section claims something. */
function claims(section: Section, finding: Finding): boolean {
  const titles = finding.status === "ok" ? (section.charts(finding, "zh") as GatedChart[]) : [];
  return [...section.tell(finding, "zh"), ...titles.map(({ told = [] }) => told)].some((parts) => parts.some((part) => gateOf(part) !== null)) || titles.some(({ title, gate }) => gate !== undefined && claimIn(title, "zh") !== null);
}

const places = new Map<string, number>();
let claiming = 0;
for (let seed = first; seed < first + empty; seed++) {
  progress("null", seed - first, empty);
  const drawn = nullEvent(1_000_000 + seed);
  const report = await reportOf(drawn, auditOf(drawn, seed));
  const { findings } = new Reader(report, "zh");
  const made = sections.filter((section) => findings.has(section.id) && claims(section, findings.get(section.id)!));
  if (made.length > 0) claiming++;
  for (const { id } of made) places.set(id, (places.get(id) ?? 0) + 1);
}
if (empty > 0) console.log("null", { reports: empty, claiming, share: claiming / empty }, Object.fromEntries(places));
const { user, system } = process.cpuUsage();
console.log(`CPU seconds: ${((user + system) / 1e6).toFixed(0)}`);
