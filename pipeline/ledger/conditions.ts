import type { Message } from "../errors.ts";
import type { Field } from "../schema.ts";
import { nameOf } from "../../reports/names.ts";
import type { LedgerRules, ItemCondition, ItemLevel } from "./rules.ts";
import type { ItemGrade } from "./ledger.ts";
import { classNames } from "./names.ts";

/** What conditions look at. */
export interface Facts {
  classes: readonly string[];
  posts: number;
  reach: number;
  reposts: number | null;
  field: Field;
  /** Province key, 海外, 其他 or null. */
  region: string | null;
  /** Highest grade of its events; null when it has none that is graded. */
  event: number | null;
}

/** The first condition that holds; null: none. */
export function held(conditions: readonly ItemCondition[], facts: Facts, home: readonly string[]): ItemCondition | null {
  return conditions.find((condition) => holds(condition, facts, home)) ?? null;
}

/** True when every key that the condition gives holds. What is unknown does not hold. */
export function holds(condition: ItemCondition, facts: Facts, home: readonly string[]): boolean {
  const least = (wanted: number | undefined, value: number | null): boolean => wanted === undefined || (value ?? -1) >= wanted;
  const { classes, fields, outside } = condition;
  return (
    (classes === undefined || classes.some((name) => facts.classes.includes(name))) &&
    (fields === undefined || fields.includes(facts.field)) &&
    (outside === undefined || isOutside(facts.region, home)) &&
    least(condition.reach, facts.reach) &&
    least(condition.reposts, facts.reposts) &&
    least(condition.posts, facts.posts) &&
    least(condition.event, facts.event)
  );
}

const isOutside = (region: string | null, home: readonly string[]): boolean => home.length > 0 && region !== null && region !== "其他" && !home.includes(region);

/** The highest grade with a condition that holds. */
export function gradeOf({ grades, home }: Pick<LedgerRules, "grades" | "home">, facts: Facts): ItemGrade {
  const index = grades.findLastIndex(({ any }) => any === undefined || held(any, facts, home) !== null);
  const { key, zh, en, any }: ItemLevel = grades[index]!;
  return { key, index, zh, en, because: any === undefined ? null : because(held(any, facts, home)!, facts) };
}

/** A condition that holds, in words, with the measured values. */
export function because(condition: ItemCondition, facts: Facts): Message {
  const parts: Message[] = [];
  const { classes, fields, outside, reach, reposts, posts, event } = condition;
  if (classes !== undefined) {
    const found = facts.classes.filter((name) => (classes as readonly string[]).includes(name));
    parts.push({ zh: classNames(found, "zh"), en: classNames(found, "en") });
  }
  if (fields !== undefined) parts.push({ zh: `${nameOf("field", facts.field, "zh")}发布`, en: `posted by ${nameOf("field", facts.field, "en")}` });
  if (outside !== undefined) parts.push({ zh: `发自辖区外（${facts.region}）`, en: `from outside the area (${facts.region})` });
  const number = (wanted: number | undefined, value: number | null, zh: string, en: string): void => {
    if (wanted !== undefined) parts.push({ zh: `${zh} ${value}（≥ ${wanted}）`, en: `${en} ${value} (≥ ${wanted})` });
  };
  number(reach, facts.reach, "触达", "reach");
  number(reposts, facts.reposts, "单条最高转发", "most reposts of one post");
  number(posts, facts.posts, "帖文", "posts");
  if (event !== undefined) parts.push({ zh: `所属事件已达第 ${facts.event! + 1} 级（由低到高）`, en: `its event has reached level ${facts.event! + 1} (1 is the lowest)` });
  return { zh: parts.map(({ zh }) => zh).join("，"), en: parts.map(({ en }) => en).join(", ") };
}
