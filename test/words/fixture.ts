import type { EventConfig } from "../../pipeline/config.ts";
import { Database } from "../../pipeline/engines/duckdb.ts";
import { duckdbColumns, postColumns } from "../../pipeline/schema.ts";
import { makeDistinctTexts } from "../../pipeline/words/texts.ts";
import { hash } from "node:crypto";
import { event as anyEvent } from "../fixture.ts";

export interface Said {
  text: string;
  author: string | null;
  published_ms?: number;
}

/** A database as the import leaves it, with these posts. The caller closes it. */
export async function saying(posts: readonly Said[], event: EventConfig = anyEvent): Promise<Database> {
  const database = await Database.open({ memory: "300MB" });
  await database.run(`CREATE TABLE posts (row_no BIGINT, ${duckdbColumns(postColumns)})`);
  const appender = await database.connection.createAppender("posts");
  posts.forEach(({ text, author, published_ms }, i) => {
    const row: Record<string, string | bigint | null> = { own: text, text_key: hash("md5", text).slice(0, 16), author, id: `row:${i}`, kind: "original", field: "public" };
    appender.appendBigInt(BigInt(i + 1));
    for (const [name, type] of Object.entries(postColumns)) {
      const value = row[name];
      if (name === "published_ms" && published_ms !== undefined) appender.appendBigInt(BigInt(published_ms));
      else if (typeof value === "string" && type === "STRING") appender.appendVarchar(value);
      else appender.appendNull();
    }
    appender.endRow();
  });
  appender.closeSync();
  await makeDistinctTexts(database, event);
  return database;
}

/** Numbers in [0, 1), the same each time. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const words = "今天 晚上 公司 食堂 吃饭 同事 讨论 消息 看到 网上 说法 不少 觉得 事情 应该 调查 清楚 结果 公布 以后 再说 大家 一起 等待 希望 早日 解决 问题 附近 居民 反映 情况 车站 门口 排队 下雨 天气 真的 有点 冷 老板 回应 记者 采访 学生 老师 学校 家长 担心 孩子".split(" ");

/** `count` sentences of everyday words; every `every`-th holds one of `names` between two of them. */
export function sentences(count: number, names: readonly string[], seed = 1, every = 5): string[] {
  const next = random(seed);
  const pick = (): string => words[Math.floor(next() * words.length)]!;
  return Array.from({ length: count }, (_, i) => {
    const parts = Array.from({ length: 8 }, pick);
    if (names.length > 0 && i % every === 0) parts.splice(1 + Math.floor(next() * 6), 0, names[(i / every) % names.length]!);
    return `${parts.slice(0, 5).join("")}，${parts.slice(5).join("")}。`;
  });
}
