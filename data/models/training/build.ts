/**
 * Trains data/models/sentiment.bin from ../shared/data (see ../README.md). Run: npx tsx data/models/training/build.ts [FILE]
 * The same bytes every time on Node 20.
 */
import { writeFileSync } from "node:fs";
import { dataPath } from "../../../pipeline/paths.ts";
import { pack } from "../../../pipeline/train/pack.ts";
import { train, type TrainOptions } from "../../../pipeline/train/train.ts";
import { readTexts, type CorpusText } from "./corpora.ts";
import { readEmoticonTexts } from "./emoticons.ts";

const review = { praise: 3 };
/** Chosen on dev splits. Less weight for labels that come from emoticons in part, and for sentences out of context. */
const options: TrainOptions = {
  bits: 20,
  cost: 0.45,
  balance: 0.5,
  weights: {
    "smp2020_ewect/virus": { polarity: 0.7, emotion: 0.7 },
    nlpcc_weibo_emotion8: { polarity: 0.4, emotion: 0.25 },
    covid19_weibo_7emo: { polarity: 0.6, emotion: 0.6 },
    weibo_emotion8_sample28k: { polarity: 0.3, emotion: 0.2 },
    weibo_5moods_14k: { polarity: 0.3, emotion: 0.3 },
    chnsenticorp: review,
    chnsenticorp_htl_all: review,
    online_shopping_10_cats: review,
    waimai_10k: review,
  },
  vectorNorm: 0.6,
  dimensions: 32,
  passes: 8,
};

const texts = readTexts();
const emoticons = readEmoticonTexts(texts.filter(({ split }) => split !== "train").map(({ text }) => text));
const trained = train(texts.filter(({ split }) => split === "train"), emoticons.texts, emoticons.names.length, options);
writeFileSync(process.argv[2] ?? dataPath("models", "sentiment.bin"), pack(trained, texts.filter(calibrating), "yuqing-fast-1"));

/** Dev texts: posts labelled by hand with all classes for polarity and emotion; reviews; and all kinds for what a review is. */
function calibrating({ split, corpus, kind }: CorpusText): boolean {
  return split === "dev" && (kind === "review" || corpus.startsWith("smp2020_ewect"));
}
