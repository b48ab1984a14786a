const decoder = new TextDecoder("gb18030");

/** Two-byte codes: lead 0x81–0xFE, trail 0x40–0x7E and 0x80–0xFE. Four-byte codes of the BMP: 0x81308130 + index 0 … 39419, counted in base 10·126·10. */
function fourBytes(index: number): number[] {
  return [0x81 + Math.floor(index / 12600), 0x30 + (Math.floor(index / 1260) % 10), 0x81 + (Math.floor(index / 10) % 126), 0x30 + (index % 10)];
}

/** code unit → code as one big-endian number; 0 = none. Node decodes GB18030 but cannot encode it, so the table is read off its decoder. */
const codes = (() => {
  const table = new Uint32Array(65536);
  const learn = (bytes: number[]): void => {
    const text = decoder.decode(Uint8Array.from(bytes));
    if (text.length === 1 && text !== "\ufffd") table[text.charCodeAt(0)] ||= bytes.reduce((code, byte) => code * 256 + byte, 0);
  };
  for (let lead = 0x81; lead <= 0xfe; lead++) for (let trail = 0x40; trail <= 0xfe; trail++) if (trail !== 0x7f) learn([lead, trail]);
  for (let index = 0; index < 39420; index++) learn(fourBytes(index));
  table[0xfffd] = 0x8431a437;
  return table;
})();

/** Index of U+10000 among the four-byte codes (0x90308130). */
const supplementary = 189000;

/** GB18030 bytes of a text. Throws on a lone surrogate and on the few private-use characters without a code (U+E5E5 and those that GB18030-2022 moved). */
export function encodeGb18030(text: string): Buffer {
  const bytes = Buffer.allocUnsafe(text.length * 4);
  let size = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    const code = codes[unit]!;
    if (unit < 0x80) bytes[size++] = unit;
    else if (code > 0xffff) size = bytes.writeUInt32BE(code, size);
    else if (code > 0) size = bytes.writeUInt16BE(code, size);
    else {
      const point = text.codePointAt(i++)!;
      if (point < 0x10000) throw new Error(`no GB18030 code for U+${point.toString(16)}`);
      for (const byte of fourBytes(supplementary + point - 0x10000)) bytes[size++] = byte;
    }
  }
  return bytes.subarray(0, size);
}
