import { z } from "zod";
import type { EventAnalyzer } from "../contract.ts";
import { claimIds, claimsOf, Findings, isLate, type Claim } from "../claims.ts";
import { phases as phasesAnalyzer } from "./phases.ts";

const options = z.strictObject({
  claims: z.number().int().min(1).max(6).default(6).describe("statements kept, best first; the closing lesson is added"),
});

/** What the event teaches, the first that the data supports: not over yet · officials after the peak · another wave · questions left · none. */
const lessons = ["unfinished", "late", "wave", "questions", "none"] as const;
const name = z.object({ zh: z.string(), en: z.string() });
const data = z.object({
  /** In the order of the summary. facts: keys of this finding's figures, "from.<finding>.<key>". */
  claims: z.array(z.object({ id: z.enum(claimIds), score: z.number(), facts: z.array(z.string()), names: z.array(name) })),
  lesson: z.object({ id: z.enum(lessons), facts: z.array(z.string()) }),
  /** Whether official posts began after the time of most posts; null when that cannot be told. */
  late: z.boolean().nullable(),
  /** How exact the time of the peak and of the waves is; hour: the peak is an hour. */
  precision: z.enum(["day", "hour"]),
  utc_offset_ms: z.number(),
});
type Data = z.infer<typeof data>;

export const summary: EventAnalyzer<z.infer<typeof options>, Data> = {
  id: "summary",
  question: { zh: "最要紧的是什么，能学到什么？", en: "What matters most, and what can be learnt?" },
  requires: { coverage: ["posts"] },
  after: ["overview", "phases", "timeline", "platforms", "sentiment", "spreaders", "regions", "hot-words", "topics", "viewpoints"],
  options,
  data,
  analyze({ coverage }, { claims: limit }, context) {
    const total = coverage!.reduce((sum, row) => sum + (row.posts as number), 0);
    const phases = phasesAnalyzer.data.safeParse(context.findings.get("phases")?.data).data;
    const late = isLate(context.findings, context.utcOffsetMs);
    const ranked = claimsOf(context.findings, late);
    const claims = ranked.slice(0, limit).sort((a, b) => claimIds.indexOf(a.id) - claimIds.indexOf(b.id));
    const lesson = lessonOf(ranked, new Findings(context.findings), late, phases?.end ?? null);
    const keyOf = (fact: { finding: string; key: string }) => `from.${fact.finding}.${fact.key}`;
    const facts = new Map([...claims.flatMap(({ facts }) => facts), ...lesson.facts].map((fact) => [keyOf(fact), fact]));
    return {
      status: total === 0 ? "empty" : claims.length === 0 ? "unavailable" : "ok",
      reason: total === 0 ? { zh: "没有可分析的帖文", en: "no posts to analyse" } : claims.length === 0 ? { zh: "各节都没有可汇总的结果", en: "no section gave a result to sum up" } : null,
      lens: "posts",
      coverage: { posts: total, of: total },
      method: {
        zh: "候选结论先过门槛（居首者须确实居首；模型估计须区间分开；分母不足 20 不写占比），再按意外程度（|z|，上限 8）× 重要性 × 可靠性取前几条，按固定次序写出。先后只述先后，不作因果。",
        en: "Statements must pass a gate (a first must be first; estimates need separate intervals; no shares below 20), are ranked by surprise (|z|, at most 8) × importance × reliability, and told in a fixed order. An order in time is not called a cause.",
      },
      figures: [...facts].map(([key, { finding, key: source }]) => ({ ...new Findings(context.findings).get(finding, source)!, key })),
      data: {
        claims: claims.map(({ id, score, facts, names }) => ({ id, score, facts: facts.map(keyOf), names })),
        lesson: { id: lesson.id, facts: lesson.facts.map(keyOf) },
        late,
        precision: phases?.bins?.unit === "day" ? "day" : "hour",
        utc_offset_ms: context.utcOffsetMs,
      },
    };
  },
};

function lessonOf(claims: readonly Claim[], seen: Findings, late: boolean | null, end: "faded" | "lasting" | "rising" | null): { id: (typeof lessons)[number]; facts: Claim["facts"] } {
  if (end === "lasting" || end === "rising") return { id: "unfinished", facts: [] };
  if (late) return { id: "late", facts: [] };
  if (claims.some(({ id }) => id === "wave")) return { id: "wave", facts: [] };
  if ((seen.get("viewpoints", "questions")?.value ?? 0) > 0) return { id: "questions", facts: [{ finding: "viewpoints", key: "questions" }] };
  return { id: "none", facts: [] };
}
