/** A stream of bytes whose beginning can be looked at before it is read, once. */
export class Lookahead implements AsyncIterable<Buffer> {
  private constructor(
    /** The first bytes; shorter than asked for when there are no more. */
    readonly head: Buffer,
    private readonly ahead: Buffer[],
    private readonly iterator: AsyncIterator<Buffer>,
  ) {}

  static async of(chunks: AsyncIterable<Buffer>, length: number): Promise<Lookahead> {
    const iterator = chunks[Symbol.asyncIterator]();
    const ahead: Buffer[] = [];
    for (let ready = 0; ready < length; ) {
      const next = await iterator.next();
      if (next.done) break;
      ahead.push(next.value);
      ready += next.value.length;
    }
    return new Lookahead(Buffer.concat(ahead).subarray(0, length), ahead, iterator);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer> {
    try {
      for (let part = this.ahead.shift(); part; part = this.ahead.shift()) yield part;
      for (let next = await this.iterator.next(); !next.done; next = await this.iterator.next()) yield next.value;
    } finally {
      await this.close();
    }
  }

  /** Ends the stream where it is, and so closes what it reads from. */
  async close(): Promise<void> {
    await this.iterator.return?.();
  }
}
