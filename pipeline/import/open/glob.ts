/** Patterns of paths: * and ? within a name, ** for any folders, [abc] [a-z] [!abc]. Time grows with pattern × path, never faster. */

type Token = "*" | ((character: string) => boolean);

export const isPattern = (given: string): boolean => /[*?[]/.test(given);

/** The folder in which all matches lie, and a test of their paths relative to it. `depth`: folders and names in a match; null: any number. */
export function parsePattern(given: string): { base: string; depth: number | null; matches(relative: string): boolean } {
  const parts = given.split("/");
  const first = parts.findIndex(isPattern);
  const pattern = parts.slice(first).filter((part) => part !== "").map((part) => (part === "**" ? ("*" as const) : tokens(part)));
  return {
    base: parts.slice(0, first).join("/") || (given.startsWith("/") ? "/" : "."),
    depth: pattern.includes("*") ? null : pattern.length,
    matches: (relative) => fit(pattern, relative.split("/"), (one: Token[], name) => fit(one, [...name.normalize("NFC")], (token: Exclude<Token, "*">, character) => token(character))),
  };
}

function tokens(part: string): Token[] {
  const found: Token[] = [];
  const characters = [...part.normalize("NFC")];
  for (let i = 0; i < characters.length; i++) {
    const c = characters[i]!;
    const close = c === "[" ? characters.indexOf("]", i + 2) : -1;
    if (c === "*") found.push("*");
    else if (c === "?") found.push(() => true);
    else if (close >= 0) {
      found.push(oneOf(characters.slice(i + 1, close)));
      i = close;
    } else found.push((character) => character === c);
  }
  return found;
}

function oneOf(inside: string[]): (character: string) => boolean {
  const negated = inside[0] === "!" || inside[0] === "^";
  const set = negated ? inside.slice(1) : inside;
  return (character) => {
    let found = false;
    for (let i = 0; i < set.length; i++) {
      const range = set[i + 1] === "-" && i + 2 < set.length;
      found ||= range ? set[i]!.codePointAt(0)! <= character.codePointAt(0)! && character.codePointAt(0)! <= set[i + 2]!.codePointAt(0)! : character === set[i];
      if (range) i += 2;
    }
    return found !== negated;
  };
}

/** Whether the pattern, in which "*" stands for any number of items, fits all items: on a mismatch only the last "*" takes one more. */
function fit<P, I>(pattern: readonly ("*" | P)[], items: readonly I[], fits: (one: P, item: I) => boolean): boolean {
  let p = 0;
  let star = -1;
  let from = 0;
  for (let i = 0; i < items.length; ) {
    const one = pattern[p];
    if (one === "*") {
      star = p++;
      from = i;
    } else if (one !== undefined && fits(one, items[i]!)) {
      p++;
      i++;
    } else if (star >= 0) {
      p = star + 1;
      i = ++from;
    } else return false;
  }
  while (pattern[p] === "*") p++;
  return p === pattern.length;
}
