import { assignAccounts } from "./accounts.ts";
import type { Draft } from "./cascades.ts";
import type { DeskVoice, NetizenVoice } from "./material.ts";
import type { Plan } from "./plan.ts";
import { pick, type Random } from "./random.ts";
import { article, comment, flash, note, post } from "./wording.ts";

interface Words {
  title: string | null;
  own: string;
}
/** A newsroom's own article, which others may reprint. */
type Article = Words & { outlet: string };
/** Tries for words that nobody has used yet. */
const tries = 8;

function deskWords(random: Random, plan: Plan, voice: DeskVoice, outlet: string, published: readonly Article[]): Words {
  if (plan.platform === "weibo" || plan.platform === "douyin") return { title: null, own: flash(random, voice) };
  if (plan.act === "original" || published.length === 0) return article(random, voice);
  const source = pick(random, published);
  return { title: source.title, own: source.outlet === outlet || random() < 0.5 ? source.own : `${source.own}\n来源：${source.outlet}` };
}

function netizenWords(random: Random, plan: Plan, voice: NetizenVoice): Words {
  if (plan.platform === "weibo") return { title: null, own: plan.act === "original" ? post(random, voice) : comment(random, voice) };
  return plan.platform === "douyin" ? { title: null, own: post(random, voice) } : note(random, voice);
}

/** Gives every planned post an account and words. Newsrooms reprint each other; people, slogans and relays apart, never repeat a text. */
export function composePosts(random: Random, plans: readonly Plan[]): Draft[] {
  const accounts = assignAccounts(random, plans);
  const published = new Map<string, Article[]>();
  const used = new Set<string>();
  return plans.map((plan, i): Draft => {
    const account = accounts[i]!;
    const draft = { ...plan, account, title: null, own: null, chain: "", reply: "", root: null, children: 0, seen: 0 };
    const { voice, key } = plan;
    if (key) return { ...draft, own: key.own };
    if (!voice) return draft;
    if ("facts" in voice) {
      const articles = published.get(voice.id) ?? [];
      published.set(voice.id, articles);
      const words = deskWords(random, plan, voice, account.name, articles);
      if (words.title !== null && plan.act === "original") articles.push({ ...words, outlet: account.name });
      return { ...draft, ...words };
    }
    let words = netizenWords(random, plan, voice);
    for (let attempt = 1; attempt < tries && !voice.repeat && used.has(words.own); attempt++) words = netizenWords(random, plan, voice);
    used.add(words.own);
    // Some phones type straight quotes.
    return { ...draft, ...words, own: random() < 0.15 ? words.own.replace(/[“”]/g, '"') : words.own };
  });
}
