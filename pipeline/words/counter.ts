/** Counts whole numbers from 1 to 2³² − 1 in a typed array (open addressing, linear probing). A key stands beside its count: they share a line of the cache. */
export class Counter {
  #slots: Uint32Array;
  #shift: number;
  #free: number;
  size = 0;

  constructor(bits = 16) {
    this.#slots = new Uint32Array(2 * 2 ** bits);
    this.#shift = 32 - bits;
    this.#free = Math.floor(2 ** bits * fullest);
  }

  add(key: number): void {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let at = 2 * (Math.imul(key, golden) >>> this.#shift);
    for (let found = slots[at]!; found !== 0; found = slots[at]!) {
      if (found === key) {
        slots[at + 1]!++;
        return;
      }
      at = (at + 2) & mask;
    }
    slots[at] = key;
    slots[at + 1] = 1;
    if (++this.size > this.#free) this.#grow();
  }

  /** Every key with its count, in no order to rely on. */
  each(take: (key: number, count: number) => void): void {
    const slots = this.#slots;
    for (let at = 0; at < slots.length; at += 2) if (slots[at] !== 0) take(slots[at]!, slots[at + 1]!);
  }

  /** Keys counted at least `least` times, at most `most` of them: more are cut at a higher count, equal counts together. By falling count, then by key. */
  frequent(least: number, most: number): { key: number; count: number }[] {
    const found: { key: number; count: number }[] = [];
    this.each((key, count) => count >= least && found.push({ key, count }));
    found.sort((a, b) => b.count - a.count || a.key - b.key);
    return found.length <= most ? found : found.filter(({ count }) => count > found[most]!.count);
  }

  #grow(): void {
    const old = this.#slots;
    const bits = 32 - this.#shift + 1;
    this.#slots = new Uint32Array(2 * 2 ** bits);
    this.#shift = 32 - bits;
    this.#free = Math.floor(2 ** bits * fullest);
    for (let from = 0; from < old.length; from += 2) if (old[from] !== 0) place(this.#slots, this.#shift, old[from]!, old[from + 1]!);
  }
}

const golden = 0x9e3779b1;
const fullest = 0.7;

/** Puts a key that is not held yet into the first free slot. */
function place(slots: Uint32Array, shift: number, key: number, value: number): void {
  const mask = slots.length - 1;
  let at = 2 * (Math.imul(key, golden) >>> shift);
  while (slots[at] !== 0) at = (at + 2) & mask;
  slots[at] = key;
  slots[at + 1] = value;
}

/** Key → value, both from 1 to 2³² − 1; 0 for a key that is not held. */
export class Index {
  readonly #slots: Uint32Array;
  readonly #shift: number;

  constructor(entries: readonly (readonly [key: number, value: number])[]) {
    const bits = Math.max(4, Math.ceil(Math.log2(entries.length * 2 + 1)));
    this.#slots = new Uint32Array(2 * 2 ** bits);
    this.#shift = 32 - bits;
    for (const [key, value] of entries) place(this.#slots, this.#shift, key, value);
  }

  at(key: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let at = 2 * (Math.imul(key, golden) >>> this.#shift);
    for (let found = slots[at]!; found !== 0; found = slots[at]!) {
      if (found === key) return slots[at + 1]!;
      at = (at + 2) & mask;
    }
    return 0;
  }
}
