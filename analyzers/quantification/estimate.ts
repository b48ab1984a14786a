import { leastLabels, type Audit } from "../../pipeline/audit/contract.ts";
import type { Message } from "../../pipeline/errors.ts";
import { polarities, type Polarity } from "../../pipeline/schema.ts";
import { byClass, calibratedShares, sharesOf, type Calibration, type Predictions } from "./calibration.ts";
import { checkAudit, readAudit, type AuditCheck } from "./check.ts";
import { predictionPoweredShares } from "./ppi.ts";
import { shifted, unusable } from "./shift.ts";

export interface PolarityShare {
  polarity: Polarity;
  /** 0 … 1; those of the three polarities add up to 1. */
  share: number;
  /** 95 %, holds the share. */
  interval: [lo: number, hi: number];
}

interface Common {
  /** Posts with a predicted mood: what the shares speak of. */
  posts: number;
  /** Why this step of the ladder was taken. */
  reason: Message;
  /** What counting the predicted labels would have said, in the order of `polarities`. For comparison only: 5–13 points off on average (test/bench/shares.ts). */
  counted: number[];
}

/** Shares in the order of `polarities`. */
export type ShareEstimate =
  /** Corrected with hand labels. n: labelled posts. */
  | (Common & { kind: "audited"; shares: PolarityShare[]; n: number; check: AuditCheck })
  /** Corrected with the errors that the model made on a labelled set of the same domain. n: posts of that set. */
  | (Common & { kind: "calibrated"; shares: PolarityShare[]; n: number; calibration: string })
  /** No share may be printed: only which polarity was predicted most, next and least often, marked 模型估计，未校准. */
  | (Common & { kind: "order"; order: Polarity[] });

export interface ShareInput {
  /** Predictions for the event's posts with own words; cells of `cellOf`, classes in the order of `polarities`. */
  event: Predictions;
  /** Null when nobody has checked. */
  audit: Audit | null;
  /** Of the event's own domain; null when there is none. */
  calibration: Calibration | null;
  /** Of the bootstrap. */
  seed?: number;
}

/**
 * Shares of the polarities by the best step that the data allow: hand labels (PPI++), else a calibration of the domain where the event shows no shift against it, else the order alone.
 * Null when there are no posts.
 */
export function estimateShares({ event, audit, calibration, seed = 1 }: ShareInput): ShareEstimate | null {
  const posts = event.cells.reduce((sum, count) => sum + count, 0);
  if (posts === 0) return null;
  const counted = sharesOf(byClass(event.cells));
  const audited = audit === null ? noAudit : byLabels(audit, posts);
  if ("kind" in audited) return { posts, counted, ...audited };
  const calibrated = calibration === null ? noCalibration : byCalibration(calibration, event, seed);
  if ("kind" in calibrated) return { posts, counted, ...calibrated, reason: joined(audited, calibrated.reason) };
  const order = [...polarities].sort((a, b) => counted[polarities.indexOf(b)]! - counted[polarities.indexOf(a)]! || polarities.indexOf(a) - polarities.indexOf(b));
  return { posts, counted, kind: "order", order, reason: joined(audited, calibrated) };
}

const noAudit: Message = { zh: "没有人工核对", en: "nobody has checked labels" };
const noCalibration: Message = { zh: "没有本领域的校准集", en: "there is no calibration set of this domain" };
const joined = (a: Message, b: Message): Message => ({ zh: `${a.zh}；${b.zh}`, en: `${a.en}; ${b.en}` });

type Step<K extends ShareEstimate["kind"]> = Omit<Extract<ShareEstimate, { kind: K }>, "posts" | "counted">;

function byLabels(audit: Audit, posts: number): Step<"audited"> | Message {
  const { strata, labelled } = readAudit(audit);
  const n = labelled.length;
  if (n < leastLabels) return { zh: `人工核对只有 ${n} 条可用标注，至少要 ${leastLabels} 条`, en: `the check has ${n} usable labels, at least ${leastLabels} are needed` };
  const found = predictionPoweredShares(strata, labelled);
  const frame = audit.sample.posts;
  const other = frame === posts ? { zh: "", en: "" } : { zh: `；抽样时为 ${frame} 条帖文，现为 ${posts} 条，占比以抽样时为准`, en: `; drawn from ${frame} posts, there are ${posts} now: the shares are those of the posts drawn from` };
  return {
    kind: "audited",
    shares: polarities.map((polarity, k) => ({ polarity, share: found[k]!.share, interval: found[k]!.interval })),
    n,
    check: checkAudit(audit),
    reason: { zh: `按 ${n} 条人工标注修正${other.zh}`, en: `corrected with ${n} hand labels${other.en}` },
  };
}

function byCalibration(calibration: Calibration, event: Predictions, seed: number): Step<"calibrated"> | Message {
  const fault = unusable(calibration, event);
  if (fault !== null) return fault;
  const found = calibratedShares(calibration, event, seed);
  const shift = shifted(found);
  if (shift !== null) return shift;
  const n = calibration.cells.flat().reduce((sum, count) => sum + count, 0);
  return {
    kind: "calibrated",
    shares: polarities.map((polarity, k) => ({ polarity, share: found.shares[k]!, interval: found.intervals[k]! })),
    n,
    calibration: calibration.name,
    reason: { zh: `按校准集“${calibration.name}”（${n} 条）的误差修正，未见领域偏移`, en: `corrected by the errors on “${calibration.name}” (${n} posts), no shift found` },
  };
}
