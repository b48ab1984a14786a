/** Counts whole numbers from 1 to 2³² − 1 in two typed arrays (open addressing, linear probing). */
export class Counter {
  #keys: Uint32Array;
  #counts: Uint32Array;
  #shift: number;
  #free: number;
  size = 0;

  constructor(bits = 16) {
    this.#keys = new Uint32Array(2 ** bits);
    this.#counts = new Uint32Array(2 ** bits);
    this.#shift = 32 - bits;
    this.#free = Math.floor(2 ** bits * fullest);
  }

  add(key: number): void {
    const keys = this.#keys;
    const mask = keys.length - 1;
    let slot = Math.imul(key, golden) >>> this.#shift;
    for (let found = keys[slot]!; found !== 0; found = keys[slot]!) {
      if (found === key) {
        this.#counts[slot]!++;
        return;
      }
      slot = (slot + 1) & mask;
    }
    keys[slot] = key;
    this.#counts[slot] = 1;
    if (++this.size > this.#free) this.#grow();
  }

  /** Every key with its count, in no order to rely on. */
  each(take: (key: number, count: number) => void): void {
    const keys = this.#keys;
    for (let slot = 0; slot < keys.length; slot++) if (keys[slot] !== 0) take(keys[slot]!, this.#counts[slot]!);
  }

  /** Keys counted at least `least` times, at most `most` of them: more are cut at a higher count, equal counts together. By falling count, then by key. */
  frequent(least: number, most: number): { key: number; count: number }[] {
    const found: { key: number; count: number }[] = [];
    this.each((key, count) => count >= least && found.push({ key, count }));
    found.sort((a, b) => b.count - a.count || a.key - b.key);
    return found.length <= most ? found : found.filter(({ count }) => count > found[most]!.count);
  }

  #grow(): void {
    const [keys, counts] = [this.#keys, this.#counts];
    const bits = 32 - this.#shift + 1;
    this.#keys = new Uint32Array(2 ** bits);
    this.#counts = new Uint32Array(2 ** bits);
    this.#shift = 32 - bits;
    this.#free = Math.floor(2 ** bits * fullest);
    const mask = this.#keys.length - 1;
    for (let old = 0; old < keys.length; old++) {
      const key = keys[old]!;
      if (key === 0) continue;
      let slot = Math.imul(key, golden) >>> this.#shift;
      while (this.#keys[slot] !== 0) slot = (slot + 1) & mask;
      this.#keys[slot] = key;
      this.#counts[slot] = counts[old]!;
    }
  }
}

const golden = 0x9e3779b1;
const fullest = 0.7;

/** Key → value, both from 1 to 2³² − 1; 0 for a key that is not held. */
export class Index {
  readonly #keys: Uint32Array;
  readonly #values: Uint32Array;
  readonly #shift: number;

  constructor(entries: readonly (readonly [key: number, value: number])[]) {
    const bits = Math.max(4, Math.ceil(Math.log2(entries.length * 2 + 1)));
    this.#keys = new Uint32Array(2 ** bits);
    this.#values = new Uint32Array(2 ** bits);
    this.#shift = 32 - bits;
    const mask = this.#keys.length - 1;
    for (const [key, value] of entries) {
      let slot = Math.imul(key, golden) >>> this.#shift;
      while (this.#keys[slot] !== 0) slot = (slot + 1) & mask;
      this.#keys[slot] = key;
      this.#values[slot] = value;
    }
  }

  at(key: number): number {
    const keys = this.#keys;
    const mask = keys.length - 1;
    let slot = Math.imul(key, golden) >>> this.#shift;
    for (let found = keys[slot]!; found !== 0; found = keys[slot]!) {
      if (found === key) return this.#values[slot]!;
      slot = (slot + 1) & mask;
    }
    return 0;
  }
}
