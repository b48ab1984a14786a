import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { normalForm, nearDuplicates } from "../../../pipeline/relate/near-duplicates.ts";
import { root } from "../../../pipeline/paths.ts";
import type { LabelledText } from "../../../pipeline/train/train.ts";
import { readCorpora } from "../../lexicons/build/corpora.ts";

const folder = `${root}/../shared/data/labelled`;
const reviews = new Set(["online_shopping_10_cats", "chnsenticorp_htl_all", "waimai_10k", "chnsenticorp"]);

export interface CorpusText extends LabelledText {
  split: "train" | "dev" | "test";
  /** True for a dev or test text that its source says has a copy in its own training data. */
  leak: boolean;
}

/**
 * All labelled texts. Training texts that are near-duplicates (MinHash clusters of pipeline/relate) of any dev or test text of any corpus are left out,
 * and so are repeats of a training text inside its corpus.
 */
export function readTexts(): CorpusText[] {
  const texts = [...readCorpora().map(({ corpus, text, split, leak, label, emotion }) => textOf(corpus, text, split, leak, label, emotion)), ...chnSentiCorpTrain()];
  const heads = nearDuplicates(texts.map(({ text }) => text));
  const evaluated = new Set<number>();
  texts.forEach(({ split }, i) => split !== "train" && evaluated.add(heads[i]!));
  const seen = new Set<string>();
  return texts.filter(({ split, text, corpus }, i) => {
    if (split !== "train") return true;
    const key = `${corpus}\n${normalForm(text) || text}`;
    if (evaluated.has(heads[i]!) || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function textOf(corpus: string, text: string, split: CorpusText["split"], leak: boolean, label: string | null, emotion: LabelledText["emotion"]): CorpusText {
  const kind = reviews.has(corpus) ? "review" : "social";
  const polarity = label === "mild" ? "not negative" : (label as LabelledText["polarity"]);
  return { corpus, kind, text, split, leak, polarity, emotion };
}

function chnSentiCorpTrain(): CorpusText[] {
  const lines = gunzipSync(readFileSync(`${folder}/chnsenticorp/data.jsonl.gz`)).toString("utf8").split("\n").filter((line) => line !== "");
  const rows = lines.map((line) => JSON.parse(line) as { text: string; label: string; split: string });
  return rows.filter(({ split }) => split === "train").map(({ text, label }) => textOf("chnsenticorp", text, "train", false, label === "pos" ? "positive" : "negative", null));
}
