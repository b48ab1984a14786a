import { expect, it } from "vitest";
import { auditVersion, type Audit, type AuditLabel } from "../../pipeline/audit/contract.ts";
import { summaryLines } from "../../pipeline/audit/summary.ts";
import { material } from "./material.ts";

const { sample } = material();
const sheet = (annotator: string, label: (predicted: AuditLabel, i: number) => AuditLabel | null): Audit["sheets"][number] => ({ annotator, labelled_at: null, file: "labels.csv", sha256: "", labels: sample.items.map(({ no, predicted }, i) => ({ no, label: label(predicted, i) })) });

it("tells counts, accuracy and κ of two annotators: all 40 posts labelled, the predictions right, the second unlike the first in 10 of 40", () => {
  const first = sheet("甲", (predicted) => predicted);
  const second = sheet("乙", (predicted, i) => (i < 10 ? "positive" : predicted));
  const [head, one, two, usable, accuracy, agreement] = summaryLines({ version: auditVersion, sample, sheets: [first, second] }, "zh");
  expect(head).toBe(`样本\t${sample.key} · 40 / 40`);
  expect(one).toBe("标注人 甲\t正面 0 · 中性 20 · 负面 20 · 说不清 0 · 未标 0");
  expect(two).toMatch(/^标注人 乙\t正面 10 · 中性 \d+ · 负面 \d+ · 说不清 0 · 未标 0$/);
  expect(usable).toBe("可用标注\t40");
  // Ten posts count in halves: 35 of 40. All posts were drawn, so nothing is left to chance.
  expect(accuracy).toBe("模型判对\t87.5% (95%: 87.5% – 87.5%)");
  // Chance: (20·20 … ) the first has 20 + 20, the second 20 − a and 20 − b with a + b = 10: (20·30)/1600 = 0.375; κ = (0.75 − 0.375) / 0.625 = 0.6.
  expect(agreement).toMatch(/^两人一致\t75\.0% \/ 40 · κ 0\.60 \(95%: 0\.\d\d – 0\.\d\d\)$/);
});

it("leaves out what there is none of", () => {
  const lines = summaryLines({ version: auditVersion, sample, sheets: [sheet("Li", (_, i) => (i < 35 ? "neutral" : null))] }, "en");
  expect(lines[1]).toBe("annotator Li\tpositive 0 · neutral 35 · negative 0 · unclear 0 · empty 5");
  expect(lines.length).toBe(4);
});
