import { describe, expect, it } from "vitest";
import { distinctHeaders, normalizeHeader, planColumns } from "../../pipeline/import/posts/headers.ts";
import type { YuqingError } from "../../pipeline/errors.ts";

const plan = (header: string[], explicit: Record<string, string> = {}, sample: string[][] = []) => planColumns(header, sample, { columns: explicit }, "test");
const feeds = (header: string[], column: string, ...rest: [Record<string, string>?, string[][]?]): string[] => (plan(header, ...rest).columns.get(column as "text") ?? []).map((i) => header[i]!);
const errorOf = (run: () => unknown): YuqingError => {
  try {
    run();
  } catch (error) {
    return error as YuqingError;
  }
  throw new Error("nothing was thrown");
};

describe("headers", () => {
  it("compare after NFKC, trimming and lower-casing", () => {
    expect(normalizeHeader("\ufeff 标题／微博内容　")).toBe("标题/微博内容");
    expect(normalizeHeader("信源地域（IP）")).toBe("信源地域(ip)");
  });
  it("with the same name become distinct; trailing empty ones go", () => {
    expect(distinctHeaders(["正文", "", "正文 ", "\t", ""])).toEqual(["正文", "列2", "正文#2"]);
  });
});

describe("the text", () => {
  it("is 全文内容 before 标题／微博内容, and the title is kept apart", () => {
    const header = ["标题／微博内容", "全文内容", "原微博内容"];
    expect(feeds(header, "text")).toEqual(["全文内容", "标题／微博内容"]);
    expect(feeds(header, "title")).toEqual(["标题／微博内容"]);
    expect(feeds(header, "quoted")).toEqual(["原微博内容"]);
  });
  it("is found among comments when their header is a count's name", () => {
    expect(feeds(["用户", "评论"], "text", {}, [["甲", "不错"], ["乙", "太差了"]])).toEqual(["评论"]);
    expect(errorOf(() => plan(["用户", "评论"], {}, [["甲", "12"], ["乙", "3"]])).code).toBe("NO_TEXT_COLUMN");
  });
  it("missing is an error that lists the headers", () => {
    const error = errorOf(() => plan(["id", "内容物", "点赞数"]));
    expect([error.code, error.exit, error.parts.got]).toEqual(["NO_TEXT_COLUMN", 2, "id | 内容物 | 点赞数"]);
    expect(error.text("zh")).toContain("--map text=内容物");
  });
});

describe("explicit mapping", () => {
  it("wins over the alias table, by name or position", () => {
    expect(feeds(["正文", "wenben"], "text", { text: "wenben" })).toEqual(["wenben"]);
    expect(feeds(["正文", "wenben"], "text", { text: "列2" })).toEqual(["wenben"]);
  });
  it("names slips of either side", () => {
    expect(errorOf(() => plan(["正文"], { txet: "正文" })).text("en")).toContain("did you mean text?");
    expect(errorOf(() => plan(["发布时间", "正文"], { time: "发布时问" })).text("en")).toContain("did you mean 发布时间?");
    expect(errorOf(() => plan(["正文"], { text: "列9" })).code).toBe("COLUMN_MISSING");
  });
  it("takes prototype names as names", () => {
    expect(errorOf(() => plan(["正文"], { constructor: "正文" } as Record<string, string>)).code).toBe("COLUMN_UNKNOWN");
  });
});

describe("来源", () => {
  it("is a site when its values look like sites", () => {
    expect(feeds(["正文", "来源"], "site", {}, [["a", "新浪微博"], ["b", "某某网"]])).toEqual(["来源"]);
  });
  it("is the author otherwise", () => {
    expect(feeds(["正文", "来源"], "author_name", {}, [["a", "张三"], ["b", "李四"]])).toEqual(["来源"]);
  });
});
