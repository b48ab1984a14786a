import { crc32 } from "node:zlib";

/** A ZIP of the given parts, stored and not deflated, dated 1980-01-01: the same parts give the same bytes with every version of zlib. Names are ASCII. */
export function storedZip(parts: readonly (readonly [name: string, content: string | Uint8Array])[]): Uint8Array {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, content] of parts) {
    const bytes = typeof content === "string" ? Buffer.from(content, "utf8") : Buffer.from(content.buffer, content.byteOffset, content.byteLength);
    // Version 2.0, no flags, stored, time 00:00, date 1980-01-01, CRC-32, sizes, length of the name, no extra field.
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x21, 8);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(bytes.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from("PK\u0003\u0004", "latin1"), common, Buffer.from(name, "latin1")]);
    const entry = Buffer.concat([Buffer.from("PK\u0001\u0002\x14\0", "latin1"), common, Buffer.alloc(14), Buffer.from(name, "latin1")]);
    entry.writeUInt32LE(at, 42);
    files.push(local, bytes);
    directory.push(entry);
    at += local.length + bytes.length;
  }
  const end = Buffer.alloc(22);
  end.write("PK\u0005\u0006", "latin1");
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(directory.reduce((sum, { length }) => sum + length, 0), 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...files, ...directory, end]);
}
