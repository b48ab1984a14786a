import { YuqingError } from "../errors.ts";

/** What is wrong with a query, and where. `at`: UTF-16 offset; shown as line and column, counted in characters from 1. */
export function queryError(query: string, at: number, got: string, expected: string, near: string | null = null): YuqingError {
  const before = query.slice(0, at).split(/\r\n|[\n\r]/);
  const place = `line ${before.length}, column ${[...before.at(-1)!].length + 1}`;
  return new YuqingError("QUERY_INVALID", 2, {
    what: { zh: "检索式无效", en: "invalid query" },
    where: place,
    got: got.length > 40 ? `${got.slice(0, 40)}…` : got,
    expected,
    next: near === null ? { zh: "改正检索式；语法见 docs/query.md", en: "correct the query; see docs/query.md" } : { zh: `是否想写 ${near}？`, en: `did you mean ${near}?` },
  });
}
