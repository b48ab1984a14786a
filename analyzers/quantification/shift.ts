import type { Message } from "../../pipeline/errors.ts";
import type { Calibrated, Calibration, Predictions } from "./calibration.ts";

/** Posts per class below which a calibration says too little of its errors. */
const leastOfClass = 50;
/** Effective posts below which a shift too often goes unseen, and in-domain noise too often looks like one (test/bench/shares.ts). */
const leastPosts = 1000;
/** Predicted shares that no mixture of the classes may leave unexplained. */
const greatestResidual = 0.05;
/** By how much the event's mean greatest probability may fall below the calibration's. */
const greatestDrop = 0.05;

/** Why the calibration cannot be used for the event, whatever the fit; null when nothing speaks against it. */
export function unusable(calibration: Calibration, event: Predictions): Message | null {
  const least = Math.min(...calibration.cells.map((counts) => counts.reduce((sum, count) => sum + count, 0)));
  if (least < leastOfClass) return { zh: `校准集“${calibration.name}”有一类只有 ${least} 条，至少要 ${leastOfClass} 条`, en: `“${calibration.name}” has a class of ${least} posts, at least ${leastOfClass} are needed` };
  const posts = Math.floor(event.effective);
  if (posts < leastPosts) return { zh: `只有 ${posts} 条互不重复的帖文，少于 ${leastPosts} 条看不出领域偏移`, en: `a shift cannot be seen in ${posts} independent posts, at least ${leastPosts} are needed` };
  const drop = calibration.meanMaxProbability - event.meanMaxProbability;
  if (drop > greatestDrop) return { zh: `模型的把握比在校准集“${calibration.name}”上低 ${percent(drop)} 个百分点`, en: `the model is ${percent(drop)} points less sure than on “${calibration.name}”` };
  return null;
}

/** Why the event is not what the calibration says a mixture of its classes looks like; null when it is. Other shares alone are no reason. */
export function shifted({ residual, limit }: Calibrated): Message | null {
  if (residual.classes > greatestResidual) return { zh: `预测占比中有 ${percent(residual.classes)} 个百分点无法由校准集的误差解释`, en: `${percent(residual.classes)} points of the predicted shares are not explained by the errors on the calibration set` };
  if (residual.cells > limit)
    return { zh: `模型把握的分布与校准集不符（残差 ${percent(residual.cells)}，上限 ${percent(limit)} 个百分点）`, en: `how sure the model is does not fit the calibration set (residual ${percent(residual.cells)}, limit ${percent(limit)} points)` };
  return null;
}

const percent = (share: number): string => (100 * share).toFixed(1);
