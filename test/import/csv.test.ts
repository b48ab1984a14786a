import { describe, expect, it } from "vitest";
import { CsvReader, type CsvRecord } from "../../pipeline/import/tables/csv.ts";

function read(text: string, width: number | null, options: { size?: number; limit?: number; delimiter?: string; quote?: "'"; strict?: boolean } = {}): CsvRecord[] {
  const reader = new CsvReader({
    dialect: { delimiter: options.delimiter ?? ",", quote: options.quote ?? '"', strict: options.strict ?? false },
    fits: width === null ? null : (n) => n === width,
    recordLimit: options.limit ?? 10_000,
    rawLimit: 2000,
  });
  const size = options.size ?? text.length;
  const records: CsvRecord[] = [];
  for (let at = 0; at < text.length; at += size) records.push(...reader.push(text.slice(at, at + size), false));
  return [...records, ...reader.push("", true)];
}
const cells = (text: string, width: number | null = null): string[][] => read(text, width).map((record) => record.cells);

describe("cells", () => {
  it("reads quotes, doubled quotes, line breaks and delimiters inside quotes", () => {
    expect(cells('a,"b,c","d""e","f\ng"\n')).toEqual([["a", "b,c", 'd"e', "f\ng"]]);
  });
  it("ends a line with LF, CRLF or CR, mixed, with or without a last line end", () => {
    expect(cells("a\r\nb\rc\nd")).toEqual([["a"], ["b"], ["c"], ["d"]]);
  });
  it("keeps quotes inside unquoted cells", () => {
    expect(cells('5" 屏,他说"好"的\n')).toEqual([['5" 屏', '他说"好"的']]);
  });
  it("keeps stray quotes inside a quoted cell and spaces after it away", () => {
    expect(cells('"他说"好"的" ,x\n')).toEqual([['他说"好"的', "x"]]);
  });
  it("reads empty cells, also the last one", () => {
    expect(cells(',"",\n')).toEqual([["", "", ""]]);
  });
  it("counts physical lines", () => {
    const records = read('h\r\n"a\r\nb"\r\nc\r\n', null);
    expect(records.map(({ line, lineTo }) => [line, lineTo])).toEqual([[1, 1], [2, 3], [4, 4]]);
  });
});

describe("one unclosed quote costs one record", () => {
  const row = (i: number, text: string): string => `${i},${text},x,y,z\n`;
  it("when no quote follows", () => {
    const text = row(1, "a") + row(2, '"坏') + row(3, "c") + row(4, "d");
    const records = read(text, 5);
    expect(records.map(({ cells: [id], fault, line, lineTo }) => [id ?? fault, line, lineTo])).toEqual([["1", 1, 1], ["UNCLOSED_QUOTE", 2, 2], ["3", 3, 3], ["4", 4, 4]]);
    expect(records[1]!.raw).toBe('2,"坏,x,y,z');
  });
  it("when quoted rows follow, wherever the quote stands", () => {
    for (let bad = 1; bad < 30; bad++) {
      let text = "";
      for (let i = 0; i < 30; i++) text += row(i, i === bad ? '"开头' : i % 3 === 0 ? '"一,二"' : i % 7 === 0 ? '"说""了"' : "平");
      const records = read(text, 5);
      expect(records.filter(({ fault }) => fault !== null).map(({ line, lineTo }) => [line, lineTo]), `line ${bad}`).toEqual([[bad + 1, bad + 1]]);
      expect(records.length).toBe(30);
    }
  });
  it("when the swallowed rows close it without a stray quote", () => {
    const text = row(1, '"坏') + row(2, "b") + row(3, "c") + '4,5",x,y,z\n';
    expect(read(text, 5).map(({ fault, line }) => [fault, line])).toEqual([["UNCLOSED_QUOTE", 1], [null, 2], [null, 3], [null, 4]]);
  });
  it("but an honest cell of many lines stays whole, with commas and stray quotes in it", () => {
    const text = '1,"第一行, a\n第二行, b\n他说"好"的, c\n",x\n';
    expect(cells(text, 3)).toEqual([["1", '第一行, a\n第二行, b\n他说"好"的, c\n', "x"]]);
  });
  it("and a file cut off inside a quote keeps everything before", () => {
    expect(read('1,a\n2,"b\nc', 2).map(({ cells: [id], fault }) => id ?? fault)).toEqual(["1", "UNCLOSED_QUOTE"]);
  });
});

describe("limits", () => {
  it("gives up a record beyond the limit, quoted or not, and reads its neighbours", () => {
    const long = "长".repeat(5000);
    for (const cell of [long, `"${long}"`, `"${long}`]) {
      const records = read(`1,a,b\n2,${cell},b\n3,a,b\n`, 3, { limit: 1000, size: 100 });
      expect(records.map(({ cells: [id], fault, line }) => [id ?? fault, line])).toEqual([["1", 1], ["CELL_TOO_LONG", 2], ["3", 3]]);
      expect(records[1]!.raw.length).toBeLessThanOrEqual(2000);
    }
  });
});

describe("a file that quotes by the rules", () => {
  const strict = (text: string, width: number): [string | null, number, number][] => read(text, width, { strict: true }).map(({ fault, line, lineTo }) => [fault, line, lineTo]);
  it("rejects quotes where none may stand, and only their row", () => {
    expect(strict('1,a"b,x\n2,"c"d,x\n3,"e",x\n', 3)).toEqual([["STRAY_QUOTE", 1, 1], ["STRAY_QUOTE", 2, 2], [null, 3, 3]]);
  });
  it("keeps the lines of a cell with the stray quote before it together", () => {
    expect(strict('1,a"b,"x\ny"\n2,c,d\n', 3)).toEqual([["STRAY_QUOTE", 1, 2], [null, 3, 3]]);
  });
  it("takes a delimiter of several characters, the other quote, and a byte-order mark before a row", () => {
    expect(read("a, 'b, c', d,e\n", 3, { delimiter: ", ", quote: "'", strict: true })[0]!.cells).toEqual(["a", "b, c", "d,e"]);
    expect(read('a||"b||c"||d|e\n', 3, { delimiter: "||", size: 1 })[0]!.cells).toEqual(["a", "b||c", "d|e"]);
    expect(read('\ufeff"a",b\n', 2, { strict: true })[0]!.cells).toEqual(["a", "b"]);
  });
});

it("gives the same records for every piece size", () => {
  const text = '序号,正文,赞\r\n1,"a\r\nb",2\r\n2,"坏,3\r\n3,好,4\r4,"说""了""",5\n5,"x"y",6\n6,' + "长".repeat(400) + ',7\n7,"尾\r\n8,"半';
  const whole = read(text, 3, { limit: 300 });
  expect(whole.length).toBeGreaterThan(6);
  for (const size of [1, 2, 3, 7, 64, 4096]) expect(read(text, 3, { limit: 300, size }), `size ${size}`).toEqual(whole);
});
