import { expect, it } from "vitest";
import { gradeOf, gradesSchema, type Grades } from "../../analyzers/severity.ts";
import { readYaml } from "../../pipeline/config.ts";
import { dataPath } from "../../pipeline/paths.ts";

const level = (key: string, any?: unknown[]) => ({ key, zh: key, en: key, colour: "blue", ...(any ? { any } : { default: true }) });
const posts = (least: number) => ({ measure: "posts", least });
const parse = (levels: unknown[]) => gradesSchema.safeParse({ name: "表", levels });
const table = parse([level("low"), level("mid", [posts(10), { measure: "media", least: 2 }]), level("high", [posts(100)])]).data as Grades;
const measured = (values: Record<string, number | null>) => gradeOf(table, ({ measure }) => values[measure] ?? null);

it("ships tables that hold", () => {
  expect(readYaml(dataPath("severity", "default.yaml"), gradesSchema).levels.map(({ zh }) => zh)).toEqual(["一般", "较大", "重大", "特别重大"]);
  expect(readYaml(dataPath("severity", "department.yaml"), gradesSchema).levels.map(({ zh }) => zh)).toEqual(["一般", "重大"]);
});

it("gives the highest level of which any condition holds, each on its own", () => {
  expect(measured({ posts: 9, media: 1 })).toBe(0);
  expect(measured({ posts: 10, media: 1 })).toBe(1);
  expect(measured({ posts: 9, media: 2 })).toBe(1);
  expect(measured({ posts: 100, media: 0 })).toBe(2);
});

it("takes what is unknown for not satisfied", () => expect(measured({ posts: null, media: null })).toBe(0));

it("refuses tables without a default, with two, with falling or equal thresholds, with unknown measures or fields", () => {
  expect(parse([level("low", [posts(1)]), level("high", [posts(2)])]).success).toBe(false);
  expect(parse([level("low"), level("high")]).success).toBe(false);
  expect(parse([level("low"), level("mid", [posts(10)]), level("high", [posts(10)])]).success).toBe(false);
  expect(parse([level("low"), level("mid", [posts(10)]), level("high", [posts(5)])]).success).toBe(false);
  expect(parse([level("low"), level("low", [posts(10)])]).success).toBe(false);
  expect(parse([level("low"), level("high", [{ measure: "heat", least: 1 }])]).success).toBe(false);
  expect(parse([level("low"), level("high", [{ ...posts(1), most: 3 }])]).success).toBe(false);
  expect(parse([level("low"), level("mid", [{ measure: "provinces", each: 5, least: 2 }]), level("high", [{ measure: "provinces", each: 50, least: 2 }])]).success).toBe(true);
});
