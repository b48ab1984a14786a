import { describe, expect, it } from "vitest";
import { quoteBigIntegers } from "../../pipeline/import/tables/json-scan.ts";
import { jsonLayout, JsonReader } from "../../pipeline/import/tables/jsonl.ts";
import type { RawRow } from "../../pipeline/import/tables/rows.ts";

function read(text: string, size = text.length, limit = 10_000): { header: string[]; rows: RawRow[] } {
  const layout = jsonLayout(text, true, (key) => key === "text")!;
  const reader = new JsonReader(layout, { recordLimit: limit, bytes: null });
  const rows: RawRow[] = [];
  for (let at = 0; at < text.length; at += size) rows.push(...reader.push(text.slice(at, at + size), false));
  rows.push(...reader.push("", true));
  return { header: reader.header, rows };
}
const objects = ({ header, rows }: { header: string[]; rows: RawRow[] }): Record<string, string>[] => rows.map(({ cells }) => Object.fromEntries(header.map((name, i) => [name, cells[i] ?? ""])));

describe("layouts", () => {
  const row = '{"id":"a1","text":"好"}';
  it("one object a line, with a BOM, CRLF, blank lines, NUL tail, no last line end", () => {
    const { rows } = read(`\ufeff${row}\r\n\r\n${row}\n${"\0".repeat(50)}\n${row}`);
    expect(rows.map(({ line, cells }) => [line, cells[1]])).toEqual([[1, "好"], [3, "好"], [5, "好"]]);
  });
  it("an array, pretty-printed or on one line, and arrays line by line", () => {
    for (const text of [`[${row},${row}]`, `[\n  ${row},\n  ${row}\n]\n`, `[${row}]\n[${row}]\n`]) expect(objects(read(text)), text).toEqual([{ id: "a1", text: "好" }, { id: "a1", text: "好" }]);
  });
  it("an object that holds the array of rows", () => {
    const text = `{"user":{"id":"7"},"total":2,"weibo":[${row},\n${row}],"page":1}`;
    expect(objects(read(text))).toHaveLength(2);
  });
  it("one object with a text is one row, even if it holds an array", () => {
    expect(objects(read('{"text":"好","pics":[{"u":"x"}]}'))).toEqual([{ text: "好" }]);
  });
  it("is no JSON when it only looks like it", () => {
    expect(jsonLayout("[doge] 哈哈\n", true, () => false)).toBe(null);
    expect(jsonLayout("id,text\n", true, () => false)).toBe(null);
  });
  it("gives the same rows for every piece size", () => {
    const text = `[${row}, {"id":"b","text":"说\\"了\\\\"}, {"n":{"x":1},"text":"]}"}]`;
    for (const size of [1, 2, 3, 7]) expect(objects(read(text, size))).toEqual(objects(read(text)));
    const lines = `${row}\n{"bad\n{"id":7412001234567890123,"text":"${"长".repeat(300)}"}\n${row}`;
    for (const size of [1, 2, 3, 7]) expect(read(lines, size, 200)).toEqual(read(lines, lines.length, 200));
  });
});

describe("values", () => {
  it("keeps every digit of long integers, and leaves texts alone", () => {
    const { header, rows } = read('{"id":7412001234567890123,"n":-7412001234567890124,"small":12,"f":1.5,"text":"见 :7412001234567890123, 12345678901234567"}');
    expect(header).toEqual(["id", "n", "small", "f", "text"]);
    expect(rows[0]!.cells).toEqual(["7412001234567890123", "-7412001234567890124", "12", "1.5", "见 :7412001234567890123, 12345678901234567"]);
    expect(quoteBigIntegers('[1234567890123456789,"1234567890123456789",1234567890123456.5]')).toBe('["1234567890123456789","1234567890123456789",1234567890123456.5]');
  });
  it("makes dotted columns of objects, leaves arrays out, takes null as nothing", () => {
    expect(objects(read('{"text":"a","user":{"name":"n","geo":{"p":1}},"tags":["x"],"z":null,"ok":true}'))).toEqual([{ text: "a", "user.name": "n", "user.geo.p": "1", z: "", ok: "true" }]);
  });
  it("takes hostile keys as column names", () => {
    const { header, rows } = read('{"__proto__":{"polluted":1},"text":"a"}\n{"__proto__":"x","toString":"y","text":"b"}');
    expect(header).toEqual(["__proto__.polluted", "text", "__proto__", "toString"]);
    expect(rows[1]!.cells).toEqual(["", "b", "x", "y"]);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });
  it("replaces half characters and drops escaped NULs", () => {
    expect(read('{"text":"a\\ud83d\\u0000b"}').rows[0]!.cells).toEqual(["a\ufffdb"]);
  });
});

describe("faults", () => {
  it("says why a line is no row, and goes on", () => {
    const { rows } = read('{"text":"a"}\n{id:1}\n[1]\n"x"\n{"text":"a","text":"b"}\n{"text":"c"}{"text":"d"}\n{"text":"e"}\n{"text":"半');
    expect(rows.map(({ fault }) => fault)).toEqual([null, "BAD_JSON", "NOT_OBJECT", "NOT_OBJECT", "DUPLICATE_KEY", "BAD_JSON", null, "BAD_JSON"]);
  });
  it("is not fooled by a text that looks like a key", () => {
    expect(read('{"text":"\\"text\\":1","id":"x"}').rows[0]!.fault).toBe(null);
  });
  it("drops a line beyond the limit without keeping it", () => {
    const { rows } = read(`{"text":"a"}\n{"text":"${"长".repeat(5000)}"}\n{"text":"b"}`, 100, 1000);
    expect(rows.map(({ fault, line }) => [fault, line])).toEqual([[null, 1], ["CELL_TOO_LONG", 2], [null, 3]]);
  });
  it("an array that does not end loses its last element only", () => {
    expect(read('[{"text":"a"},{"text":"b"},{"text":"半').rows.map(({ fault }) => fault)).toEqual([null, null, "BAD_JSON"]);
  });
  it("an array's element beyond the limit is one reject; the rest is read, in little memory", () => {
    const reader = new JsonReader({ mode: "array", skip: 0 }, { recordLimit: 10_000, bytes: null });
    const rows = [...reader.push('[{"text":"a"},{"text":"b","x":"', false)];
    // 20 MB of brackets, quotes and escapes inside a string that is cut anywhere.
    for (let i = 0; i < 20; i++) rows.push(...reader.push('}]\\"{['.repeat(150_000), false));
    rows.push(...reader.push('"},{"text":"c"}]', true));
    expect(rows.map(({ fault, line, cells }) => [fault, line, cells[0]])).toEqual([[null, 1, "a"], ["CELL_TOO_LONG", 2, undefined], [null, 3, "c"]]);
    expect(rows[1]!.raw.length).toBeLessThanOrEqual(200);
  });
  it("a bracket that closes nothing costs itself only", () => {
    expect(read('[{"text":"a"}},{"text":"b"}]').rows.map(({ fault, raw }) => fault ?? raw)).toEqual(['{"text":"a"}', "BAD_JSON", '{"text":"b"}']);
  });
  it("a line may end with CR", () => {
    expect(read('{"text":"a"}\r{"text":"b"}\r\n{"text":"c"}', 1).rows.map(({ line, cells }) => [line, cells[0]])).toEqual([[1, "a"], [2, "b"], [3, "c"]]);
  });
  it("survives 100,000 nested arrays", () => {
    const { rows } = read(`{"text":"a","x":${"[".repeat(100_000)}${"]".repeat(100_000)}}\n{"text":"b"}`, undefined, 1e6);
    expect(rows.map(({ cells }) => cells[0])).toEqual(["a", "b"]);
  });
});
