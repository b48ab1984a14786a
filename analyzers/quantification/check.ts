import type { Audit, AuditItem, AuditLabel } from "../../pipeline/audit/contract.ts";
import { polarities } from "../../pipeline/schema.ts";
import { agreement, type Agreement } from "./agreement.ts";
import { groupStrata, labelledShare, meanOf, type Labelled, type Stratum } from "./strata.ts";

/** A share of posts with its 95 % interval. */
interface Part {
  share: number;
  interval: [lo: number, hi: number];
}

/** What the hand labels say about the model. Classes in the order of `polarities`. */
export interface AuditCheck {
  /** Items drawn, by what became of them: a class from at least one annotator · unclear to all who judged it · judged by nobody. */
  items: { labelled: number; unclear: number; unlabelled: number };
  /** Posts that nobody could tell, of all posts; null when nobody judged anything. */
  unclear: Part | null;
  /** Posts predicted as labelled; a post that annotators label differently counts in halves. Null without labels. */
  accuracy: Part | null;
  /** confusion[predicted][label]: labelled items, and their share of all posts; the shares add up to 1. Null without labels. */
  confusion: { items: number; share: number }[][] | null;
  /** Of the first two annotators, over positive, neutral, negative and unclear; null with one annotator, or when they judged no item in common. */
  agreement: Agreement | null;
}

/** An audit as the estimators read it. */
export interface Judged {
  strata: Stratum[];
  labelled: JudgedItem[];
  unclear: JudgedItem[];
  unlabelled: number;
}
interface JudgedItem extends Labelled {
  predictedClass: number;
}

/**
 * Labels of an audit. An item counts by the mean of the classes that its annotators gave it: annotators who differ halve it, so that the shares are those that a
 * further annotator of their kind would find on average; "unclear" gives way to a class. Items unclear to all are left out of the shares, as if they fell like the rest of their stratum.
 */
export function readAudit({ sample, sheets }: Audit): Judged {
  const labels = sheets.map(({ labels }) => new Map(labels.map(({ no, label }) => [no, label])));
  const judged: Judged = { strata: sample.strata.map(({ name, posts, mean_micro }) => ({ name, posts, mean: mean_micro.map(fromMicro) })), labelled: [], unclear: [], unlabelled: 0 };
  for (const item of sample.items) {
    const given = labels.flatMap((sheet) => sheet.get(item.no) ?? []);
    const classes = given.flatMap((label) => (label === "unclear" ? [] : [label]));
    const label = polarities.map((polarity) => (classes.length === 0 ? 0 : classes.filter((one) => one === polarity).length / classes.length));
    if (given.length === 0) judged.unlabelled++;
    else (classes.length > 0 ? judged.labelled : judged.unclear).push(judgedItem(item, label));
  }
  return judged;
}

const fromMicro = (micro: number): number => micro / 1e6;

function judgedItem({ stratum, size, times, micro, predicted }: AuditItem, label: number[]): JudgedItem {
  return { stratum, size, times, predicted: micro.map(fromMicro), label, predictedClass: polarities.indexOf(predicted) };
}

/** Accuracy, confusion, agreement and what could not be told. */
export function checkAudit(audit: Audit): AuditCheck {
  const { strata, labelled, unclear, unlabelled } = readAudit(audit);
  const told = [...labelled, ...unclear];
  return {
    items: { labelled: labelled.length, unclear: unclear.length, unlabelled },
    unclear: told.length === 0 ? null : labelledShare(groupStrata(strata, told), ({ label }) => (label.some((part) => part > 0) ? 0 : 1)),
    accuracy: labelled.length === 0 ? null : labelledShare(groupStrata(strata, labelled), ({ label, predictedClass }) => label[predictedClass]!),
    confusion: labelled.length === 0 ? null : confusionOf(strata, labelled),
    agreement: agreementOf(audit),
  };
}

function confusionOf(strata: readonly Stratum[], labelled: readonly JudgedItem[]): { items: number; share: number }[][] {
  const groups = groupStrata(strata, labelled);
  return polarities.map((_, predicted) =>
    polarities.map((_, k) => {
      const value = (item: JudgedItem): number => (item.predictedClass === predicted ? item.label[k]! : 0);
      return { items: labelled.reduce((sum, item) => sum + value(item), 0), share: meanOf(groups, value) };
    }),
  );
}

const labels: readonly AuditLabel[] = [...polarities, "unclear"];

function agreementOf({ sheets: [first, second] }: Audit): Agreement | null {
  if (first === undefined || second === undefined) return null;
  const other = new Map(second.labels.map(({ no, label }) => [no, label]));
  const table = labels.map(() => labels.map(() => 0));
  for (const { no, label } of first.labels) {
    const match = other.get(no) ?? null;
    if (label !== null && match !== null) table[labels.indexOf(label)]![labels.indexOf(match)]!++;
  }
  return table.flat().some((count) => count > 0) ? agreement(table) : null;
}
