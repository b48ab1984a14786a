import { invisible, runsOf, type Run } from "./digit-runs.ts";

/** Digits to show at either end of a number; none: the number is replaced by ***. */
interface Shape {
  head: number;
  tail: number;
}

/** Consecutive groups of a run, looked at as one number. */
interface Span {
  digits: string;
  sizes: readonly number[];
  gaps: readonly string[];
  /** Up to 16 visible characters before the number. */
  before: string;
}

const longest = 20;
const mobile = /^(?:86|0086)?1[3-9]\d{9}$/;
const landline = /^(?:(?:010|02\d)[1-9]\d{7}|0[3-9]\d{2}[1-9]\d{6,7})$/;
const identity = /^[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]$/;
/** UnionPay and the old prefixes of the large banks. The ids of Weibo (16 digits from 3 to 5) and Douyin (19 from 6 or 7) look like other cards. */
const chineseCard = /^(?:62|9558|95599|436742|6013)/;
const identityCue = /(?:身份证|身份号|证件)[^0-9]{0,8}$/;
const cardCue = /(?:卡号|银行卡|信用卡|储蓄卡|借记卡|银行账号|银行帐号|打款|转账|汇款|收款)[^0-9]{0,8}$/;
const chatCue = /(?:(?<![A-Za-z])(?:qq|vx|wx|wechat|weixin|[qv](?=[:：]))|扣扣|抠抠|企鹅|微信|威信|薇信|v信|加我|加微|加[vq])[\s:：群号码是为id加我➕＋+吧,，。=（()）]*$/i;

/** Replaces the numbers that belong to a person. `identitiesOnly`: in the path of a URL, where other numbers are ids of posts. */
export function maskNumbers(text: string, identitiesOnly: boolean): string {
  let masked = "";
  let from = 0;
  for (const run of runsOf(text)) {
    for (let i = 0; i < run.groups.length; ) {
      const found = personal(text, run, i, identitiesOnly);
      if (found === null) {
        i++;
        continue;
      }
      masked += text.slice(from, found.from) + found.shown;
      from = found.to;
      i = found.next;
    }
  }
  return masked + text.slice(from);
}

interface Found {
  from: number;
  to: number;
  shown: string;
  /** The group to go on with. */
  next: number;
}

/** The longest personal number that begins with group `i`, as it is to be shown. */
function personal(text: string, run: Run, i: number, identitiesOnly: boolean): Found | null {
  const spans = spansFrom(text, run, i);
  if (spans.length === 0 || spans[0]!.before.endsWith("*")) return null;
  for (const span of spans.reverse()) {
    const groups = run.groups.slice(i, i + span.sizes.length);
    const end = groups[groups.length - 1]!.at.at(-1)! + 1;
    if (isLetter(text[groups[0]!.at[0]! - 1]) && isLetter(text[end])) continue;
    const x = span.digits.length === 17 ? checkCharacter.exec(text.slice(end, end + 6)) : null;
    const shape = (x === null ? null : identityShape(span, `${span.digits}X`)) ?? identityShape(span, span.digits) ?? (identitiesOnly ? null : (cardShape(span) ?? phoneShape(span) ?? chatShape(span)));
    if (shape === null) continue;
    const withX = x !== null && shape.head === 6;
    const characters = [...groups.flatMap(({ at }) => at.map((k) => text[k]!)), ...(withX ? [x[1]!] : [])];
    return { from: groups[0]!.at[0]!, to: withX ? end + x[0].length : end, shown: shown(characters, shape), next: i + groups.length };
  }
  return null;
}

/** The numbers of 5 to 20 digits that begin with group `i`, shortest first: of at most five groups, or a whole chain of single digits. */
function spansFrom(text: string, run: Run, i: number): Span[] {
  const spans: Span[] = [];
  let before: string | null = null;
  let digits = "";
  const sizes: number[] = [];
  for (let j = i; j < run.groups.length; j++) {
    const group = run.groups[j]!;
    digits += group.digits;
    sizes.push(group.digits.length);
    const single = digits.length === sizes.length;
    if (digits.length > longest || (sizes.length > 5 && !single)) break;
    const partOfChain = single && (run.groups[i - 1]?.digits.length === 1 || (run.groups[j + 1]?.digits.length === 1 && digits.length < longest));
    if (digits.length < 5 || (sizes.length > 5 && partOfChain)) continue;
    before ??= visibleBefore(text, run.groups[i]!.at[0]!);
    spans.push({ digits, sizes: [...sizes], gaps: run.gaps.slice(i, j), before });
  }
  return spans;
}

const shown = (characters: readonly string[], { head, tail }: Shape): string =>
  head + tail === 0 ? "***" : characters.slice(0, head).join("") + "*".repeat(characters.length - head - tail) + characters.slice(-tail).join("");

const checkCharacter = new RegExp(`^[${invisible}]*(?: ?[-.·—] ?| )?([Xx×Ｘｘ])`);
const hidden = new RegExp(`[${invisible}]`, "g");
const visibleBefore = (text: string, at: number): string => text.slice(Math.max(0, at - 24), at).replace(hidden, "").slice(-16);
const isLetter = (character: string | undefined): boolean => character !== undefined && /[A-Za-z_]/.test(character);

/** GB 11643: 17 digits and a check character; one that fails it, or has the 15 digits of before 1999, needs a cue word. */
function identityShape({ sizes, before }: Span, number: string): Shape | null {
  if (number.length === 18 && regular(sizes, 5) && ((identity.test(number) && checksum(number)) || identityCue.test(before))) return { head: 6, tail: 4 };
  return number.length === 15 && regular(sizes, 5) && identityCue.test(before) ? { head: 6, tail: 4 } : null;
}

function checksum(number: string): boolean {
  let sum = 0;
  for (let i = 0; i < 17; i++) sum += Number(number[i]) * (2 ** (17 - i) % 11);
  return "10X98765432"[sum % 11] === number[17];
}

/** A card has 16–19 digits that pass Luhn's check, and a Chinese prefix, groups of four, or a cue word. */
function cardShape({ digits, sizes, before }: Span): Shape | null {
  if (digits.length < 16 || digits.length > 19 || !regular(sizes, 5)) return null;
  const grouped = sizes.length >= 4 && sizes.slice(0, 4).every((size) => size === 4) && /^[3-69]/.test(digits);
  const likely = chineseCard.test(digits) || grouped;
  return (likely && luhn(digits)) || cardCue.test(before) ? { head: 6, tail: 4 } : null;
}

function luhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const value = Number(digits[digits.length - 1 - i]) * (i % 2 === 0 ? 1 : 2);
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 === 0;
}

function phoneShape({ digits, sizes, gaps }: Span): Shape | null {
  if (!regular(sizes, 4) || isDotted(gaps)) return null;
  if (mobile.test(digits)) return { head: digits.length - 8, tail: 4 };
  if (!landline.test(digits)) return null;
  const area = /^0(?:10|2\d)/.test(digits) ? 3 : 4;
  return sizes.length === 1 || sizes[0] === area ? { head: area, tail: 4 } : null;
}

/** An IPv4 address or a decimal number. */
const isDotted = (gaps: readonly string[]): boolean => (gaps.length === 1 || gaps.length === 3) && gaps.every((gap) => gap === ".");

/** QQ: 5–11 digits after a cue word; not a date. */
function chatShape({ digits, sizes, before }: Span): Shape | null {
  if (digits.length < 5 || digits.length > 11 || !regular(sizes, 4) || !chatCue.test(before)) return null;
  return sizes[0] === 4 && sizes.length > 1 && /^(?:19|20)/.test(digits) ? null : { head: 0, tail: 0 };
}

/** People part a number into a few groups or into single digits; many groups of other sizes are a list of numbers. */
const regular = (sizes: readonly number[], most: number): boolean => sizes.length <= most || sizes.every((size) => size === 1);
