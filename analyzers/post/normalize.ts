/**
 * Text → text for the segmenter. Hashtags, emoticons, @mentions and URLs are taken out before segmentation, which would cut them to pieces;
 * private-use marks keep their places. Every position of the result can be traced back to the original, so quotes stay verbatim.
 */

/** Marks in `Normalized.clean`; a text's own private-use characters are blanked first, so marks cannot be forged. */
export const mark = { emoticon: "\ue000", tagStart: "\ue001", tagEnd: "\ue002", url: "\ue003" } as const;

export interface Normalized {
  /** The given text without lone surrogates. */
  text: string;
  /** What the segmenter reads: words, punctuation and marks. */
  clean: string;
  /** Hashtags without #, in order, with repeats. */
  tags: string[];
  /** One name per emoticon mark, in order: "[怒]", "😡". */
  emoticons: string[];
  /** Names after @, in order, with repeats; not the one that a comment answers (回复@…), and not the part of an e-mail address. */
  mentions: string[];
  /** Where the pieces of `clean` come from, in order. */
  runs: Run[];
}

/** A piece of `clean` that begins at `clean` and stands for text.slice(from, to): letter for letter when `plain`, else replaced as a whole. */
interface Run {
  clean: number;
  from: number;
  to: number;
  plain: boolean;
}

// NFKC where one character stays one: full-width letters, digits, # and @; Kangxi radicals and compatibility ideographs, which evade word lists.
// Punctuation keeps its full-width form (the segmenter and the sentence splitter know it), and ① or ㎡ stay what they are.
// Control and private-use characters become line breaks or blanks.
const foldable = /[\u0000-\u0008\u000b-\u001f\u007f-\u00a0\u2028\u2029\u3000\ue000-\uf8ff\uff03\uff10-\uff19\uff20\uff21-\uff3b\uff3d\uff41-\uff5a\u2f00-\u2fd5\uf900-\ufad9]/g;

function fold(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x20 || code === 0x2028 || code === 0x2029) return "\n";
  if (code < 0xa0 || (code >= 0xe000 && code <= 0xf8ff)) return " ";
  const folded = character.normalize("NFKC");
  return folded.length === 1 ? folded : character;
}

const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const url = /(?:https?:\/\/|www\.)[\w\-.~:/?&=%+,;!*'()$]+/iy;
// #topic# as on Weibo and Xiaohongshu (with a trailing [超话] or [话题]), else #topic up to a blank as on Douyin.
const pairedTag = /#(?![\s#])([^#\n]{0,38}?[^#\s])(?:\[(?:超话|话题)\])?#/y;
const openTag = /#([^\s#@,.!?;:，。！？；：、（）()[\]【】《》“”"\ue000-\ue003]{2,40})(?=\s|$|#)/y;
const mention = /@[\u4e00-\u9fffA-Za-z0-9_-]{1,30}/y;
/** What before an @ says that it calls on nobody. */
const notMentioned = /(?:[A-Za-z0-9._+-]|回复\s{0,2})$/;
const bracket = /\[[^[\]\s]{1,8}\]/y;
const emoji = /[\u{1f1e6}-\u{1f1ff}]{2}|\p{Extended_Pictographic}(?:[\ufe0f\u{1f3fb}-\u{1f3ff}]|\u200d\p{Extended_Pictographic})*/uy;
const emojiTrim = /[\ufe0f\u{1f3fb}-\u{1f3ff}]/gu;

/**
 * What Weibo's page sets under a post that has a video, and crawlers keep in its text: an L of the icon font, the account and the site (L甲日报的微博视频), or the site alone. It stands for a link: the
 * account's name and 视频 are no words of the author. Seen in 10 % of the posts of a crawl of 2020.
 */
const attachment = /(?:L[^\s#@，。！？；：、]{1,30}?的)?(?:微博|秒拍|酷燃|优酷|快手)视频(?=\s|$)/y;

const invisible = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe0e\ufe0f\ufeff]/g;

const kind = { none: 0, link: 1, tag: 2, mention: 3, bracket: 4, emoji: 5, invisible: 6, attachment: 7 } as const;
/** First code unit → what may begin there. Most characters of a post begin nothing, and are passed over by one table read. */
const begins = (() => {
  const table = new Uint8Array(65536);
  for (let code = 0x231a; code < 0x3300; code++) if (/\p{Extended_Pictographic}/u.test(String.fromCharCode(code))) table[code] = kind.emoji;
  for (let code = 0xd83c; code <= 0xd83e; code++) table[code] = kind.emoji;
  for (let code = 0; code < table.length; code++) if (String.fromCharCode(code).replace(invisible, "") === "") table[code] = kind.invisible;
  for (const letter of "hHwW") table[letter.charCodeAt(0)] = kind.link;
  for (const first of "L微秒酷优快") table[first.charCodeAt(0)] = kind.attachment;
  table["#".charCodeAt(0)] = kind.tag;
  table["@".charCodeAt(0)] = kind.mention;
  table["[".charCodeAt(0)] = kind.bracket;
  return table;
})();

/** Takes a text apart. `knownEmoticon` decides which [bracketed] words are emoticons; others stay text. */
export function normalize(raw: string, knownEmoticon: (name: string) => boolean): Normalized {
  const text = raw.replace(loneSurrogate, "\ufffd");
  const folded = text.replace(foldable, fold);
  const tags: string[] = [];
  const emoticons: string[] = [];
  const mentions: string[] = [];
  const runs: Run[] = [];
  let clean = "";
  let from = 0;
  let at = 0;
  /** Ends the plain run at `at`, skips `length` characters of text and writes `instead`. */
  const cut = (length: number, instead: string): void => {
    if (at > from) {
      runs.push({ clean: clean.length, from, to: at, plain: true });
      clean += folded.slice(from, at);
    }
    if (instead !== "") {
      runs.push({ clean: clean.length, from: at, to: at + length, plain: false });
      clean += instead;
    }
    at += length;
    from = at;
  };
  while (at < folded.length) {
    const begun = begins[folded.charCodeAt(at)]!;
    if (begun === kind.none) {
      at++;
      continue;
    }
    const [length, instead] = piece(begun, folded, at, { tags, emoticons, mentions }, knownEmoticon);
    if (length === 0) at++;
    else cut(length, instead);
  }
  if (runs.length === 0) return { text, clean: folded, tags, emoticons, mentions, runs: [{ clean: 0, from: 0, to: folded.length, plain: true }] };
  cut(0, "");
  return { text, clean, tags, emoticons, mentions, runs };
}

const nothing: [number, string] = [0, ""];

/** Length of the special piece that begins at `at`, 0 when there is none, and what stands for it in `clean`. */
function piece(begun: number, text: string, at: number, { tags, emoticons, mentions }: Pick<Normalized, "tags" | "emoticons" | "mentions">, knownEmoticon: (name: string) => boolean): [number, string] {
  switch (begun) {
    case kind.invisible:
      return [1, ""];
    case kind.link: {
      const found = at > 0 && /[A-Za-z0-9]/.test(text[at - 1]!) ? null : match(url, text, at);
      return found ? [found[0].length, mark.url] : nothing;
    }
    case kind.attachment: {
      const found = (text[at] === "L" ? /[A-Za-z0-9]/ : /[^\s的]/).test(text.slice(Math.max(0, at - 1), at)) ? null : match(attachment, text, at);
      return found ? [found[0].length, mark.url] : nothing;
    }
    case kind.mention: {
      const found = match(mention, text, at);
      if (!found) return nothing;
      if (!notMentioned.test(text.slice(Math.max(0, at - 4), at))) mentions.push(found[0].slice(1));
      return [found[0].length, " "];
    }
    case kind.tag: {
      const found = match(pairedTag, text, at) ?? (at === 0 || /\s/.test(text[at - 1]!) ? match(openTag, text, at) : null);
      if (!found) return nothing;
      const tag = found[1]!.replace(invisible, "").trim();
      if (tag === "") return nothing;
      tags.push(tag);
      return [found[0].length, mark.tagStart + tag + mark.tagEnd];
    }
    default: {
      const found = match(begun === kind.bracket ? bracket : emoji, text, at);
      if (!found) return nothing;
      const name = begun === kind.bracket ? found[0] : found[0].replace(emojiTrim, "");
      if (begun === kind.bracket && !knownEmoticon(name)) return nothing;
      emoticons.push(name);
      return [found[0].length, mark.emoticon];
    }
  }
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** The original text without its hashtags: others' words, however loud. */
export function withoutTags({ text, clean, runs, tags }: Normalized): string {
  if (tags.length === 0) return text;
  return runs.map((run) => (clean[run.clean] === mark.tagStart ? " " : text.slice(run.from, run.to))).join("");
}

/** text.slice(…) that holds clean.slice(from, to), from < to. */
export function original({ text, runs }: Normalized, from: number, to: number): string {
  const first = runAt(runs, from);
  const last = runAt(runs, to - 1);
  return text.slice(first.plain ? first.from + from - first.clean : first.from, last.plain ? last.from + to - last.clean : last.to);
}

/** The run that holds a position of `clean`. */
function runAt(runs: Run[], position: number): Run {
  let low = 0;
  for (let high = runs.length - 1; low < high; ) {
    const middle = (low + high + 1) >> 1;
    if (runs[middle]!.clean <= position) low = middle;
    else high = middle - 1;
  }
  return runs[low]!;
}
