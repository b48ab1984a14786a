import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { z } from "zod";
import { eventSchema, readYaml, runSchema } from "../../pipeline/config.ts";
import { YuqingError } from "../../pipeline/errors.ts";

const hostile = (name: string): string => join(import.meta.dirname, "hostile-config", name);
const folder = mkdtempSync(join(tmpdir(), "yuqing-config-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
function written(content: string | Buffer): string {
  const path = join(folder, "config.yaml");
  writeFileSync(path, content);
  return path;
}
function refusal(path: string, schema: z.ZodType = runSchema): YuqingError {
  try {
    readYaml(path, schema);
  } catch (cause) {
    if (cause instanceof YuqingError) return cause;
    throw cause;
  }
  throw new Error("accepted");
}

describe("D9: hostile configs are refused with file, line and key", () => {
  const cases: [name: string, line: number | null, key: string, got: RegExp][] = [
    ["billion_laughs.yaml", 2, "b", /Excessive alias count/],
    ["js_function.yaml", 1, "", /Unresolved tag.*js\/function/],
    ["proto.yaml", 2, "__proto__", /unknown key/],
    ["proto.json", 1, "__proto__", /unknown key/],
    ["dup_key.yaml", 2, "", /Map keys must be unique/],
    ["norway.yaml", 1, "regions", /unknown key; also wrong: keywords/],
    ["unknown_key.yaml", 1, "evnt", /unknown key/],
    ["wrong_type.json", 1, "event", /unknown key; also wrong: topN, since/],
  ];
  for (const [name, line, key, got] of cases) {
    it(name, () => {
      for (const schema of [eventSchema, runSchema] as z.ZodType[]) {
        const { code, exit, parts } = refusal(hostile(name), schema);
        expect([code, exit, parts.where]).toEqual(["CONFIG_INVALID", 2, `${hostile(name)}${line === null ? "" : `:${line}`}`]);
        expect(parts.what.en).toBe(`invalid config${key === "" ? "" : `: ${key}`}`);
        expect(parts.got).toMatch(got);
      }
    });
  }
  it("utf16.yaml and a GBK file: the encoding is named, nothing is guessed", () => {
    expect([refusal(hostile("utf16.yaml")).code, refusal(written(Buffer.from("6e616d653a20d6d0cec4", "hex"))).code]).toEqual(["CONFIG_ENCODING", "CONFIG_ENCODING"]);
  });
  it("takes UTF-8 with a byte-order mark", () => expect(readYaml(written("\ufeffname: 事件\n"), eventSchema).name).toBe("事件"));
  it("a hundred thousand brackets, a device, a folder, two megabytes", () => {
    expect(refusal(written("[".repeat(100_000))).code).toBe("CONFIG_INVALID");
    expect([refusal("/dev/zero").code, refusal(folder).code, refusal(written(`# ${"x".repeat(2_000_000)}`)).code]).toEqual(["CONFIG_UNREADABLE", "CONFIG_UNREADABLE", "CONFIG_UNREADABLE"]);
  });
  it("every wrong key is named with its path", () => {
    const { parts } = refusal(written("rejectLimit: 5\nthreads: many\nanalyzers: 3\nextra: 1\n"));
    expect(parts.what.en).toBe("invalid config: rejectLimit");
    expect(parts.got).toBe("5; also wrong: threads, analyzers, extra");
  });
});

describe("D10: prototype keys in a config", () => {
  it("are refused where keys are free, and change no prototype", () => {
    const before = Object.getOwnPropertyNames(Object.prototype).sort();
    for (const text of ["columns: {__proto__: 正文}", "analyzers: {__proto__: {polluted: true}}", "analyzers: {terms: {__proto__: {polluted: true}}}"]) {
      expect([refusal(written(text)).parts.where, refusal(written(text)).parts.what.en]).toEqual([`${join(folder, "config.yaml")}:1`, "invalid config: __proto__"]);
    }
    expect(readYaml(written("columns: {constructor: 正文}"), runSchema).columns).toEqual({ constructor: "正文" });
    expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual(before);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });
});

describe("D6: 39 hostile event names", () => {
  const names = JSON.parse(readFileSync(hostile("event_names.json"), "utf8")) as string[];
  it("are texts to the config: kept letter for letter, or refused as empty", () => {
    expect(names.length).toBe(39);
    for (const name of names) {
      const path = written(JSON.stringify({ name }));
      if (name === "") expect(refusal(path, eventSchema).parts.what.en).toBe("invalid config: name");
      else expect(readYaml(path, eventSchema).name).toBe(name);
    }
  });
});
