import { afterAll, expect, it } from "vitest";
import type { Database } from "../../pipeline/engines/duckdb.ts";
import { relate } from "../../pipeline/relate/relate.ts";
import { event } from "../fixture.ts";
import { filled, type Given } from "./event.ts";

const open: Database[] = [];
afterAll(() => open.forEach((database) => database.close()));

const hour = (h: number) => Date.UTC(2025, 2, 3, h);
const ask = (own: string): string[] => [`question\u0001neutral\u0001${own}`];
const asking = ["矿泉水在哪里领", "家里老人没水喝了，去哪里买矿泉水啊", "打听一下哪里还有矿泉水卖", "超市全空，矿泉水究竟运到哪儿去了", "河东片区发矿泉水的点设在哪"].map((own, i): Given => ({ id: `q${i}`, own, opinions: ask(own), published_ms: hour(10 + i) }));
const formal = (id: string, own: string, rest: Partial<Given> = {}): Given => ({ id, own, field: "official", opinions: [], ...rest });
const others = Array.from({ length: 20 }, (_, i) => formal(`n${i}`, `第${i}号抢修通报：管道焊接完成`, { published_ms: hour(9) }));

async function questionOf(given: readonly Given[]) {
  const database = await filled(given, event);
  open.push(database);
  const { viewpointLabels } = await relate(database, {}, event);
  return viewpointLabels.find(({ kind }) => kind === "question");
}

it("finds the later posts of media and authorities that hold the word, none that stand before or may do so", async () => {
  const own = "矿泉水明起在街道办发放";
  const replies = [
    formal("before", `${own}，第一批`, { published_ms: hour(9) }),
    formal("thatday", `${own}，第二批`, { published_ms: Date.UTC(2025, 2, 2, 16), precision: "day" }),
    formal("later", `${own}，第三批`, { published_ms: hour(13), field: "media" }),
    formal("first", `${own}，第四批`, { published_ms: hour(12) }),
    formal("neighbour", `${own}，听邻居说`, { published_ms: hour(11), field: "public" }),
  ];
  expect(await questionOf([...asking, ...others, ...replies])).toMatchObject({ ask: "where", aspect: "矿泉水", asked_ms: hour(10), replies: 2, reply: "first", reply_ms: hour(12) });
  expect(await questionOf([...asking, ...others])).toMatchObject({ replies: 0, reply: null, reply_ms: null });
  expect(await questionOf(asking)).toMatchObject({ replies: null });
});

it("does not tell when everyone uses the word, or when no time is known", async () => {
  const all = Array.from({ length: 5 }, (_, i) => formal(`all${i}`, `矿泉水发放公告第${i}号`, { published_ms: hour(12) }));
  expect(await questionOf([...asking, ...all])).toMatchObject({ asked_ms: hour(10), replies: null, reply: null });
  expect(await questionOf([...asking, ...others].map((one) => ({ ...one, published_ms: null, precision: null })))).toMatchObject({ asked_ms: null, replies: null });
});

it.each([
  ["three posts", ["水怎么还不来", "应该早点通知", "太慢了，离谱"].map((own, i): Given => ({ own, author: `a${i}` }))],
  ["one author", Array.from({ length: 60 }, (_, i): Given => ({ own: `水厂应该公布第${i}份检测报告`, author: "a" }))],
  ["emoji only", Array.from({ length: 60 }, (_, i): Given => ({ own: "😡".repeat(1 + i) }))],
  ["English only", Array.from({ length: 60 }, (_, i): Given => ({ own: `why is there no water in house ${i}?` }))],
])("makes no viewpoint of %s", async (_, given) => {
  const database = await filled(given, event);
  open.push(database);
  expect((await relate(database, {}, event)).viewpointLabels).toEqual([]);
});

it("flags one text of many accounts as copied", async () => {
  const own = "水厂必须公布检测报告和取样地点";
  const database = await filled(Array.from({ length: 3000 }, (): Given => ({ own })), event);
  open.push(database);
  expect((await relate(database, {}, event)).viewpointLabels).toMatchObject([{ kind: "viewpoint", copied: 1_000_000, cue: "suggestion" }]);
});
