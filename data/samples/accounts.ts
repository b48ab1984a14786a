import { names } from "./material.ts";
import type { AuthorType, Plan, Platform } from "./plan.ts";
import { integer, normal, pick, pickBySum, runningSums, type Random } from "./random.ts";

/** An invented account on one platform. null = the export does not say. */
export interface Account {
  name: string;
  uid: string;
  type: AuthorType | null;
  followers: number | null;
  /** Province of the IP address, or 海外. */
  ip: string | null;
  /** Province and city of the profile: mostly those of the IP address, for one in six others. */
  home: { province: string; city: string } | null;
  gender: "男" | "女" | null;
  posts: number;
  registered: string;
}

/** Median of followers and spread of their natural logarithm. */
const reach: Record<AuthorType, [number, number]> = {
  media: [420_000, 1.3],
  government: [90_000, 1],
  enterprise: [60_000, 1],
  institution: [9_000, 1],
  celebrity: [65_000, 1.4],
  talent: [9_500, 1],
  ordinary: [190, 1.3],
};
/** Accounts of news.yaml's fixed posts are not drawn for others. */
const desks: Partial<Record<AuthorType, readonly string[]>> = {
  media: names.outlets,
  government: names.offices,
  enterprise: names.companies.slice(2),
  institution: names.institutes,
};
/** Different accounts per post: ordinary people mostly post once. */
const variety: Partial<Record<AuthorType | "unknown", number>> = { celebrity: 0.5, talent: 0.65, ordinary: 0.86, unknown: 0.8 };
const silent: ReadonlySet<Platform> = new Set(["news", "wechat", "tieba", "forum"]);
const provinceSums = runningSums(names.provinces.map(({ share }) => share));

function personName(random: Random, type: AuthorType | null): string {
  if (type === "celebrity") return pick(random, names.beat) + pick(random, names.nick) + (random() < 0.6 ? pick(random, names.voice) : "");
  const name = pick(random, names.first) + pick(random, names.middle);
  const shape = random();
  if (shape < 0.12) return `用户${integer(random, 1_000_000_000, 7_999_999_999)}`;
  if (shape < 0.3) return `${name}_${integer(random, 1, 99)}`;
  return shape < 0.6 ? name + String(integer(random, 0, 9999)) : name;
}

const drawProvince = (random: Random): string => names.provinces[pickBySum(random, provinceSums)]!.name;

/** Opens an account; `local` ones sit where the event happened. */
function open(random: Random, name: string, type: AuthorType | null, platform: Platform, province: string, local: boolean): Account {
  const claimed = random() < 0.17 && !local ? drawProvince(random) : province;
  const { cities } = names.provinces.find((entry) => entry.name === claimed)!;
  const mute = silent.has(platform);
  const person = type === "ordinary" || type === "talent" || type === "celebrity";
  const [median, spread] = reach[type ?? "ordinary"];
  return {
    name,
    type,
    uid: String(integer(random, 1_000_000_000, 7_999_999_999)),
    followers: type === null || mute || (type === "ordinary" && random() < 0.04) ? null : Math.round(median * Math.exp(spread * normal(random))),
    ip: mute || random() < 0.03 ? null : type === "ordinary" && random() < 0.012 ? "海外" : province,
    home: random() < 0.12 || cities.length === 0 ? null : { province: claimed, city: local ? "澜江" : pick(random, cities) },
    gender: person && random() < 0.9 ? pick(random, ["女", "男"] as const) : null,
    posts: Math.round(Math.exp(4.5 + 1.6 * normal(random))),
    registered: `${integer(random, 2010, 2024)}-${String(integer(random, 1, 12)).padStart(2, "0")}-${String(integer(random, 1, 28)).padStart(2, "0")}`,
  };
}

/** Gives each post of the plan an account; a new one or, seldom, one that has posted before. */
export function assignAccounts(random: Random, plans: readonly Plan[]): Account[] {
  const used = new Set<string>();
  const pools = new Map<string, Account[]>();
  const seats = new Map<string, string>();
  const institutions = new Map<string, Account>();
  const institution = (name: string, type: AuthorType, platform: Platform): Account => {
    const known = institutions.get(`${platform} ${name}`);
    if (known) return known;
    const local = type === "government" || /^(岚栈|栩汀|澜江)/.test(name);
    const seat = local ? "江苏" : (seats.get(name) ?? drawProvince(random));
    seats.set(name, seat);
    const account = open(random, name, type, platform, seat, local);
    institutions.set(`${platform} ${name}`, account);
    return account;
  };
  return plans.map(({ platform, type, key }) => {
    const listed = type === null ? undefined : desks[type];
    if (type !== null && listed) return institution(key?.author ?? pick(random, listed), type, platform);
    const pool = pools.get(`${platform} ${type}`) ?? [];
    pools.set(`${platform} ${type}`, pool);
    if (!key && pool.length > 0 && random() > variety[type ?? "unknown"]!) return pick(random, pool);
    let name = key?.author ?? personName(random, type);
    while (used.has(name)) name = personName(random, type) + String(integer(random, 0, 999));
    used.add(name);
    const account = open(random, name, type, platform, drawProvince(random), false);
    if (key) return { ...account, followers: type === "celebrity" ? 862_000 : 1_240 };
    pool.push(account);
    return account;
  });
}
