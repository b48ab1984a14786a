/** Scanning JSON text without parsing it: strings are skipped as wholes, brackets are counted. */

const bigInteger = /[:[,]\s{0,8}-?\d{16}/;

/** Whether the text may hold a bare integer of 16 or more digits. */
export const hasBigInteger = (json: string): boolean => bigInteger.test(json);

/** Puts quotes round bare integers of 16 and more digits. */
export function quoteBigIntegers(json: string): string {
  let out = "";
  let done = 0;
  for (let p = 0; p < json.length; ) {
    const c = json.charCodeAt(p);
    if (c === 34) {
      p = stringEnd(json, p);
      if (p < 0) break;
    } else if (c === 45 || (c >= 48 && c <= 57)) {
      let end = p + 1;
      while (/[\d.eE+-]/.test(json[end] ?? "")) end++;
      const number = json.slice(p, end);
      if (number.length >= 16 && /^-?\d+$/.test(number)) {
        out += `${json.slice(done, p)}"${number}"`;
        done = end;
      }
      p = end;
    } else p++;
  }
  return out + json.slice(done);
}

/** Whether a flat object names a key twice. Counting `":` is enough unless a text holds that pair too. */
export function duplicated(raw: string, keys: number): boolean {
  let pairs = 0;
  for (let p = raw.indexOf('":'); p >= 0; p = raw.indexOf('":', p + 2)) pairs++;
  if (pairs === keys) return false;
  let named = 0;
  for (let p = raw.indexOf('"'); p >= 0; p = raw.indexOf('"', p)) {
    p = stringEnd(raw, p);
    if (p < 0) break;
    if (raw[skipSpace(raw, p)] === ":") named++;
  }
  return named > keys;
}

/** Position after the string that starts at `from`; −1 when the text ends before it. */
function stringEnd(text: string, from: number): number {
  for (let p = text.indexOf('"', from + 1); p >= 0; p = text.indexOf('"', p + 1)) {
    let slashes = 0;
    while (text.charCodeAt(p - 1 - slashes) === 92) slashes++;
    if (slashes % 2 === 0) return p + 1;
  }
  return -1;
}

/** Position after the value that starts at `from`; −1 when the text ends before it. */
export const valueEnd = (text: string, from: number): number => new ValueScan().next(text, from);

/** Follows one value through the pieces of a text. */
export class ValueScan {
  #depth = 0;
  #string = false;
  #escaped = false;

  /** Position after the value, or −1 when the text ends before it: then the scan goes on with the text that follows. */
  next(text: string, from: number): number {
    for (let p = from; p < text.length; p++) {
      const c = text.charCodeAt(p);
      if (this.#string) {
        if (this.#escaped) this.#escaped = false;
        else if (c === 92) this.#escaped = true;
        else if (c === 34) {
          this.#string = false;
          if (this.#depth === 0) return p + 1;
        }
      } else if (c === 34) this.#string = true;
      else if (c === 123 || c === 91) this.#depth++;
      else if (c === 125 || c === 93) {
        if (this.#depth === 0) return p;
        if (--this.#depth === 0) return p + 1;
      } else if (c === 44 && this.#depth === 0) return p;
    }
    return -1;
  }
}

/** Keys of the object at `start`, and where its first array of objects begins. */
export function topLevel(text: string, start: number): { keys: string[]; array: number | null } {
  const keys: string[] = [];
  for (let p = skipSpace(text, start + 1); text[p] === '"'; ) {
    const end = stringEnd(text, p);
    if (end < 0) break;
    keys.push(text.slice(p + 1, end - 1));
    const value = skipSpace(text, skipSpace(text, end) + 1);
    if (text[value] === "[" && text[skipSpace(text, value + 1)] === "{") return { keys, array: value };
    const after = valueEnd(text, value);
    if (after < 0) break;
    p = skipSpace(text, skipSpace(text, after) + 1);
  }
  return { keys, array: null };
}

export function skipSpace(text: string, from: number): number {
  let p = from;
  while (p < text.length) {
    const c = text.charCodeAt(p);
    if (c !== 32 && c !== 10 && c !== 13 && c !== 9) break;
    p++;
  }
  return p;
}
