import { pick, shuffle, type Random } from "./random.ts";
import { desks, netizens, type DeskVoice, type NetizenVoice } from "./material.ts";

/** Replaces <slot> by a draw from the slot, then {a|b} by one of the alternatives. */
function expand(random: Random, template: string, slots: Record<string, string[]>): string {
  const filled = template.replace(/<([^<>]+)>/g, (_, slot: string) => pick(random, slots[slot]!));
  return filled.replace(/\{([^{}]*)\}/g, (_, options: string) => pick(random, options.split("|")));
}

const ended = /[。！？…，]$/;
const asks = /(吗|呢|怎么样|几号|多久|谁说理)$/;
/** Joins sentences as hasty writers do: full stops, commas, the last one often bare. */
function join(random: Random, sentences: readonly string[]): string {
  const closed = sentences.map((sentence) => {
    if (ended.test(sentence)) return sentence;
    return sentence + (asks.test(sentence) && random() < 0.8 ? "？" : pick(random, ["。", "。", "，", "！"]));
  });
  const text = closed.join("").replace(/，$/, "。");
  return random() < 0.6 ? text.replace(/[。！]$/, "") : text;
}

/** Shuffled supply of a voice's sentences, so that one post never says the same thing twice. */
function sentences(random: Random, voice: NetizenVoice, count: number): string[] {
  const halves = shuffle(random, voice.half);
  const rests = shuffle(random, voice.rest);
  const whole = shuffle(random, voice.say);
  const say = Array.from({ length: count }, (_, i) => {
    const useWhole = whole.length > i && (halves.length <= i || random() < 0.4);
    const template = useWhole || halves.length === 0 ? whole[i] : `${halves[i]}，${rests[i]}`;
    return template === undefined ? null : expand(random, template, netizens.slots);
  });
  return say.filter((sentence) => sentence !== null);
}

const emoticon = (random: Random, voice: NetizenVoice): string => pick(random, netizens.emoticon[voice.irony ? "irony" : voice.polarity]);

/** One short utterance of the repeated kind: a slogan, a chain text, an exclamation. */
const repeated = (random: Random, voice: NetizenVoice): string => expand(random, pick(random, voice.say), netizens.slots);

const hashtag = (random: Random, voice: NetizenVoice): string => `#${pick(random, voice.tags ?? netizens.topics[voice.topic]!.tags)}#`;
const close = (random: Random, voice: NetizenVoice): string => pick(random, netizens.close[voice.polarity]);

/** What moves a netizen to write: a remark on oneself or the occasion; "" when the voice names the occasion itself. */
function occasion(random: Random, voice: NetizenVoice): string {
  const { lead } = netizens.topics[voice.topic]!;
  if (!voice.lead || lead.length === 0) return "";
  return random() < 0.4 ? expand(random, pick(random, netizens.open), netizens.slots) : expand(random, pick(random, lead), netizens.slots) + pick(random, ["。", "，", "，"]);
}

/** What a netizen writes above a repost. */
export function comment(random: Random, voice: NetizenVoice): string {
  if (voice.repeat) return repeated(random, voice);
  const said = sentences(random, voice, random() < 0.25 ? 2 : 1);
  const open = random() < 0.4 ? occasion(random, voice) : "";
  const tag = random() < 0.08 ? `${hashtag(random, voice)} ` : "";
  return tag + open + join(random, said) + (random() < 0.4 ? emoticon(random, voice) : "");
}

/** A microblog or video caption of one's own: hashtag, occasion, two or three sentences. */
export function post(random: Random, voice: NetizenVoice): string {
  if (voice.repeat) return `${hashtag(random, voice)} ${repeated(random, voice)}`;
  const said = sentences(random, voice, random() < 0.5 ? 2 : 3);
  if (random() < 0.3) said.push(expand(random, close(random, voice), netizens.slots));
  const tag = random() < 0.7 ? `${hashtag(random, voice)} ` : "";
  return tag + (random() < 0.7 ? occasion(random, voice) : "") + join(random, said) + (random() < 0.35 ? emoticon(random, voice) : "");
}

/** A titled note or thread in two or three paragraphs. */
export function note(random: Random, voice: NetizenVoice): { title: string; own: string } {
  const title = expand(random, pick(random, netizens.topics[voice.topic]!.titles), netizens.slots);
  if (voice.repeat) return { title, own: repeated(random, voice) };
  const said = sentences(random, voice, 4);
  const paragraphs = [said.slice(0, 1), said.slice(1, 3), [...said.slice(3), expand(random, close(random, voice), netizens.slots)]];
  return { title, own: occasion(random, voice) + paragraphs.filter((part) => part.length > 0).map((part) => join(random, part)).join("\n") };
}

/** A news article: title, lead, three to five facts in order, tail; paragraphs in lines. */
export function article(random: Random, voice: DeskVoice): { title: string; own: string } {
  const keep = Math.min(voice.facts.length, 3 + Math.floor(random() * 3));
  const chosen = new Set(shuffle(random, voice.facts).slice(0, keep));
  const body = [pick(random, voice.lead), ...voice.facts.filter((fact) => chosen.has(fact)), pick(random, voice.tail)];
  return { title: expand(random, pick(random, voice.titles), desks.slots), own: body.map((line) => expand(random, line, desks.slots)).join("\n") };
}

/** The same on a microblog: 【title】 and lead, sometimes one fact, mostly a hashtag. */
export function flash(random: Random, voice: DeskVoice): string {
  const body = [pick(random, voice.lead), ...(random() < 0.6 ? [pick(random, voice.facts)] : [])];
  const tag = random() < 0.8 ? `#${pick(random, voice.tags ?? desks.topics[voice.topic]!.tags)}#` : "";
  return `${tag}【${expand(random, pick(random, voice.titles), desks.slots)}】${body.map((line) => expand(random, line, desks.slots)).join("")}`;
}
