/**
 * Place parser alone, on made-up posts of one in five with a place, as a ratio to jieba cutting the same texts: npx tsx test/bench/places.ts [POSTS]
 * The ratio holds on a busy machine; posts per second only on a quiet one.
 */
import { jiebaSegmenter } from "../../analyzers/post/segment.ts";
import { PlaceParser } from "../../analyzers/post/places/parser.ts";
import { mulberry32 } from "../../analyzers/statistics.ts";

const [count = 100_000] = process.argv.slice(2).map(Number);
const random = mulberry32(7);
const pick = (list: readonly string[]): string => list[Math.floor(random() * list.length)]!;
const parts = ["这件事到底什么时候能给个说法", "今天上班路上看到好多人在议论", "希望有关部门尽快调查清楚", "评论区的朋友们怎么看", "真的太让人气愤了", "等一个官方通报吧", "孩子们的安全谁来负责", "转发扩散，让更多人看到", "我觉得还是要以事实为准", "之前也遇到过类似的情况"];
const placed = ["四川泸定发生地震", "昆山一工厂起火", "北京朝阳区的居民反映", "在南京路吃兰州拉面", "从西安到宝鸡的高铁停运"];
const texts = Array.from({ length: count }, () => Array.from({ length: 5 }, () => (random() < 0.04 ? pick(placed) : pick(parts))).join("，") + "。");

const parser = new PlaceParser();
const segmenter = jiebaSegmenter([]);
let found = 0;
const seconds = (work: (text: string) => void): number => {
  const start = process.hrtime.bigint();
  for (const text of texts) work(text);
  return Number(process.hrtime.bigint() - start) / 1e9;
};
for (const round of [1, 2, 3]) {
  const own = seconds((text) => (found += parser.parse(text).length));
  const jieba = seconds((text) => segmenter.cut(text));
  console.log(JSON.stringify({ round, posts: count, characters: Math.round(texts.reduce((sum, text) => sum + text.length, 0) / count), places: found, posts_per_second: Math.round(count / own), jieba_per_second: Math.round(count / jieba), ratio: Number((jieba / own).toFixed(1)) }));
}
