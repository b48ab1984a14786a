import { describe, expect, it } from "vitest";
import { gradeOf, holds, type Facts } from "../../pipeline/ledger/conditions.ts";
import { ledgerRulesSchema, type ItemCondition } from "../../pipeline/ledger/rules.ts";
import { rules } from "./material.ts";

const facts: Facts = { classes: ["appeal"], posts: 2, reach: 99, reposts: 100, field: "public", region: "山东", event: 1 };
const refusal = (given: unknown): string => ledgerRulesSchema.safeParse(given).error!.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; ");

describe("conditions", () => {
  it.each<[ItemCondition, Partial<Facts>, boolean]>([
    [{ classes: ["appeal", "rumour"] }, {}, true],
    [{ classes: ["rumour"] }, {}, false],
    [{ classes: ["appeal"] }, { classes: [] }, false],
    [{ reach: 99 }, {}, true],
    [{ reach: 100 }, {}, false],
    [{ reposts: 100 }, {}, true],
    [{ reposts: 101 }, {}, false],
    [{ reposts: 1 }, { reposts: null }, false], // unknown does not hold
    [{ posts: 2 }, {}, true],
    [{ posts: 3 }, {}, false],
    [{ fields: ["media", "official"] }, {}, false],
    [{ fields: ["media", "official"] }, { field: "official" }, true],
    [{ outside: true }, {}, false],
    [{ outside: true }, { region: "河北" }, true],
    [{ outside: true }, { region: "海外" }, true],
    [{ outside: true }, { region: "其他" }, false],
    [{ outside: true }, { region: null }, false],
    [{ event: 1 }, {}, true],
    [{ event: 2 }, {}, false],
    [{ event: 1 }, { event: null }, false],
    [{ classes: ["appeal"], reach: 99 }, {}, true], // all keys of a condition …
    [{ classes: ["appeal"], reach: 100 }, {}, false], // … must hold
    [{ classes: ["rumour"], reach: 99 }, {}, false],
  ])("%o with %o: %s", (condition, other, expected) => {
    expect(holds(condition, { ...facts, ...other }, ["山东"])).toBe(expected);
  });

  it("know no outside without a home", () => {
    expect(holds({ outside: true }, { ...facts, region: "河北" }, [])).toBe(false);
  });

  it("grade by the highest level that holds, and say why", () => {
    expect(gradeOf(rules, facts)).toEqual({ key: "general", index: 0, zh: "一般", en: "general", because: null });
    expect(gradeOf(rules, { ...facts, reposts: 101 })).toMatchObject({ key: "major", index: 1, because: { zh: "单条最高转发 101（≥ 101）" } });
    expect(gradeOf(rules, { ...facts, field: "media" }).because).toEqual({ zh: "媒体发布", en: "posted by media" });
  });
});

describe("the rules of a project", () => {
  it("have a default for everything: three deadlines of the shipped table, no area of its own", () => {
    expect(rules.home).toEqual([]);
    expect(rules.deadlines.clocks.map(({ rule, until }) => `${rule} ${until}`)).toEqual(["first-reply replied", "answer closed", "answer-latest closed"]);
  });

  it("take places as people write them", () => {
    expect(ledgerRulesSchema.parse({ home: ["山东省", "青岛市"] }).home).toEqual(["山东", "山东"]);
  });

  it.each([
    [{ any: [{}] }, "at least one condition"],
    [{ any: [{ outside: false }] }, "any.0.outside"],
    [{ home: ["火星"] }, "home.0: a province or a city"],
    [{ grades: [{ key: "a", zh: "甲", en: "a", any: [{ reach: 1 }] }] }, "every level but the first"],
    [{ grades: [{ key: "a", zh: "甲", en: "a" }, { key: "a", zh: "乙", en: "b", any: [{ reach: 1 }] }] }, "every key once"],
    [{ deadlines: { clocks: [{ rule: "soon", until: "replied" }] } }, "deadlines.clocks.0.rule: a rule of the table: first-reply"],
    [{ deadlines: { clocks: [{ rule: "answer", until: "closed", grades: ["worst"] }] } }, "deadlines.clocks.0.grades: keys of grades: general, major"],
    [{ limits: 3 }, "limits"],
  ])("refuse %o: %s", (given, message) => {
    expect(refusal(given)).toContain(message);
  });
});
