/**
 * Remembers which ids have been seen, in 16–32 bytes each instead of the text: by a hash of 53 bits. Among 10 million ids one is wrongly taken for a duplicate with
 * a chance of 0.6 % (birthday bound n²/2⁵⁴).
 */
export class IdSet {
  #slots = new Float64Array(1 << 12);
  #size = 0;

  /** Adds an id; false when it was there. */
  add(id: string): boolean {
    if (this.#size * 2 >= this.#slots.length) this.#grow();
    const hash = hash53(id);
    const at = slotOf(this.#slots, hash);
    if (this.#slots[at] === hash) return false;
    this.#slots[at] = hash;
    this.#size++;
    return true;
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Float64Array(old.length * 2);
    for (const hash of old) if (hash !== 0) this.#slots[slotOf(this.#slots, hash)] = hash;
  }
}

/** Where the hash stands, or the free place for it. */
function slotOf(slots: Float64Array, hash: number): number {
  let at = hash % slots.length;
  while (slots[at] !== 0 && slots[at] !== hash) at = (at + 1) % slots.length;
  return at;
}

/** Two 32-bit FNV-1a walks over the UTF-16 units with different primes, mixed and put together to 53 bits; never 0. */
function hash53(text: string): number {
  let a = 0x811c9dc5;
  let b = 0x9747b28c;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul(b ^ unit, 0x85ebca6b);
    b ^= b >>> 15;
  }
  a = Math.imul(a ^ (a >>> 16), 0x7feb352d);
  b = Math.imul(b ^ (b >>> 13), 0xc2b2ae35);
  return ((a ^ (a >>> 15)) >>> 0) * 0x200000 + ((b ^ (b >>> 16)) >>> 11) + 1;
}
