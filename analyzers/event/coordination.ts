import { z } from "zod";
import type { EventAnalyzer, Figure } from "../contract.ts";

const options = z.strictObject({
  shown: z.number().int().min(0).max(20).default(5).describe("groups listed, most accounts first"),
});

const data = z.object({
  /** Posts with own words, known author and time whose words at least five accounts have. bursts: five accounts with the same words within ten minutes; common: those of more than 200 accounts, left out. */
  posts: z.number(),
  bursts: z.number(),
  common: z.number(),
  /** Groups found; at most 20 are known in detail. */
  found: z.number(),
  /** Groups that each of `shuffles` shuffles of the times gives: mean and greatest number. unusual: more were found than in any shuffle. */
  shuffles: z.number(),
  expected: z.number(),
  most: z.number(),
  unusual: z.boolean(),
  /** accounts: up to five names as they may be shown. Times in UTC milliseconds. */
  groups: z.array(
    z.object({ no: z.number(), authors: z.number(), institutions: z.number(), posts: z.number(), accounts: z.array(z.string()), bursts: z.number(), wordings: z.number(), first_ms: z.number(), last_ms: z.number(), examples: z.array(z.object({ from_ms: z.number(), to_ms: z.number(), authors: z.number(), id: z.string(), title: z.string() })) }),
  ),
  utc_offset_ms: z.number(),
});
type Data = z.infer<typeof data>;

export const coordination: EventAnalyzer<z.infer<typeof options>, Data> = {
  id: "coordination",
  question: { zh: "有没有账号多次在几分钟内发出同样的话？", en: "Do the same accounts repeatedly post the same words within minutes?" },
  requires: {
    coverage: ["posts"],
    coordination: ["posts", "bursts", "groups", "common", "shuffles", "expected", "most"],
    coordinated_groups: ["no", "authors", "institutions", "posts", "accounts", "bursts", "wordings", "first_ms", "last_ms"],
    coordinated_bursts: ["no", "from_ms", "to_ms", "authors", "id", "title"],
  },
  after: [],
  options,
  data,
  analyze({ coverage, coordination, coordinated_groups, coordinated_bursts }, { shown }, { utcOffsetMs }) {
    const all = coverage!.reduce((sum, row) => sum + (row.posts as number), 0);
    const { groups: number, ...totals } = (coordination![0] as unknown as (Omit<Data, "groups"> & { groups: number }) | undefined) ?? { groups: 0, posts: 0, bursts: 0, common: 0, shuffles: 0, expected: 0, most: 0 };
    const groups = coordinated_groups!.map((row) => ({ ...row, accounts: ((row.accounts as string | null) ?? "").split("\u0001").filter((name) => name !== "") }) as unknown as Data["groups"][number]).sort((a, b) => a.no - b.no);
    const examples = (group: number) =>
      coordinated_bursts!.filter(({ no }) => no === group).map(({ from_ms, to_ms, authors, id, title }) => ({ from_ms, to_ms, authors, id, title: title ?? "" }) as Data["groups"][number]["examples"][number]).sort((a, b) => a.from_ms - b.from_ms || (a.id < b.id ? -1 : 1));
    const found: Data = { ...totals, found: number, unusual: number > totals.most, groups: groups.slice(0, shown).map((group) => ({ ...group, examples: examples(group.no) })), utc_offset_ms: utcOffsetMs };
    const none = all > 0 && totals.posts === 0;
    return {
      status: all === 0 ? "empty" : none ? "unavailable" : "ok",
      reason: all === 0 ? { zh: "没有可分析的帖文", en: "no posts to analyse" } : none ? { zh: "没有作者和时刻都已知、且五个以上账号用过的同一用语", en: "no wording of five accounts whose posts have a known author and time" } : null,
      lens: "posts",
      coverage: { posts: totals.posts, of: all },
      method: {
        zh: `5 个以上账号在 10 分钟内发出同样或近似的话（同一文本簇）记为一次集中；两两之间共同出现 3 次以上而连成的 5 个以上账号，且有 3 次以上集中各含其中 5 个以上的，列为一组“疑似集中发布”。超过 200 个账号的一次视为大家都在说的话，不用来连账号。作为对照，把各帖的时刻换成同一天随机一条帖文的时刻，重复 ${totals.shuffles} 次，用同样的规则数组数。这是待核实的线索：转载、接龙、同一机构的账号群都会这样，不判断任何账号是否受人组织。`,
        en: `A burst: 5 accounts or more with the same or nearly the same words (one text cluster) within 10 minutes. Accounts that share 3 bursts or more with each other, directly or through others, are listed as a group when at least 5 of them are in each of at least 3 bursts. Bursts of more than 200 accounts are everybody's words and link nobody. For comparison every post gets the time of a random post of its day, ${totals.shuffles} times, and the same rule counts groups. A cue to be checked: syndication, chain posts and the accounts of one organisation look the same; nothing is said about any account being organised.`,
      },
      figures: figuresOf(found),
      quoted: found.groups.flatMap(({ examples }) => examples.map(({ id }) => id)),
      data: found,
    };
  },
};

function figuresOf({ posts, bursts, found, expected, most, shuffles, groups }: Data): Figure[] {
  const of = (key: string, zh: string, en: string, value: number, unit: Figure["unit"], denominator: number | null = null): Figure => ({ key, label: { zh, en }, value, unit, of: denominator, interval: null, filter: null, estimate: false });
  return [
    of("posts", "五个以上账号用过的用语的帖文", "posts whose words five accounts have", posts, "posts"),
    of("bursts", "十分钟内五个以上账号发出同样的话的次数", "bursts of the same words by five accounts within ten minutes", bursts, "count"),
    of("groups", "疑似集中发布的账号组", "groups of accounts that post together", found, "count"),
    of("expected", "时刻随机时平均出现的组", "groups by chance, mean", expected, "ratio", shuffles),
    of("most", "时刻随机时最多出现的组", "groups by chance, greatest number", most, "count", shuffles),
    ...groups.flatMap(({ no, authors, bursts: times }) => [
      of(`authors.${no}`, `第 ${no} 组的账号`, `accounts of group ${no}`, authors, "authors"),
      of(`bursts.${no}`, `第 ${no} 组共同发出同样的话的次数`, `times that group ${no} posted the same words`, times, "count"),
    ]),
  ];
}
