import { crc32, deflateSync } from "node:zlib";

/** A PNG (RGB, 8 bit, no filter) of a region of opaque RGBA pixels. `stride`: pixels in a row of the whole. */
export function png(pixels: Uint8Array, stride: number, region: { x: number; y: number; width: number; height: number }): Uint8Array {
  const { x, y, width, height } = region;
  const rows = Buffer.alloc(height * (1 + 3 * width));
  let at = 0;
  for (let row = 0; row < height; row++) {
    rows[at++] = 0;
    let from = 4 * ((y + row) * stride + x);
    for (let column = 0; column < width; column++, from += 4) {
      rows[at++] = pixels[from]!;
      rows[at++] = pixels[from + 1]!;
      rows[at++] = pixels[from + 2]!;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), chunk("IHDR", header), chunk("IDAT", deflateSync(rows, { level: 6 })), chunk("IEND", Buffer.alloc(0))]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const whole = Buffer.alloc(8 + body.length);
  whole.writeUInt32BE(data.length, 0);
  body.copy(whole, 4);
  whole.writeUInt32BE(crc32(body), 4 + body.length);
  return whole;
}
