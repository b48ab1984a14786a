import { readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** A font with Chinese: its file and the name by which an SVG asks for it. */
export interface Font {
  bytes: Uint8Array;
  family: string;
}

/** File names of fonts with simplified Chinese, the best looking first. */
const wanted = [/^NotoSansCJK-Regular\.ttc$/i, /^NotoSans(CJK)?sc-(Regular|VF)\.[ot]tf$/i, /^SourceHanSans(SC|CN)?-(Regular|VF)\.[ot]t[fc]$/i, /^msyh\.tt[cf]$/i, /^PingFang\.ttc$/i, /^Hiragino Sans GB\.ttc$/i, /^STHeiti Light\.ttc$/i, /^Deng\.ttf$/i, /^simhei\.ttf$/i, /^wqy-(microhei|zenhei)\.ttc$/i, /^NotoSansCJK.*\.ttc$/i, /^DroidSansFallback(Full)?\.ttf$/i, /^simsun\.ttc$/i, /^NotoSerifCJK-Regular\.ttc$/i, /^Songti\.ttc$/i];

const folders = (): string[] => [
  join(process.env.WINDIR ?? "C:\\Windows", "Fonts"),
  join(process.env.LOCALAPPDATA ?? homedir(), "Microsoft", "Windows", "Fonts"),
  "/System/Library/Fonts",
  "/Library/Fonts",
  join(homedir(), "Library", "Fonts"),
  "/usr/share/fonts",
  "/usr/local/share/fonts",
  join(homedir(), ".local", "share", "fonts"),
  join(homedir(), ".fonts"),
];

/** The file that YUQING_FONT names, else the best Chinese font of the machine; null when there is none that can be read. */
export function chineseFont(): Font | null {
  const given = process.env.YUQING_FONT;
  if (given !== undefined && given !== "") return readFont(given);
  const files = folders().flatMap((folder) => filesOf(folder, 4));
  const rank = ({ name }: { name: string }): number => wanted.findIndex((pattern) => pattern.test(name));
  const known = files.filter((file) => rank(file) >= 0).sort((a, b) => rank(a) - rank(b) || (a.path < b.path ? -1 : 1));
  for (const { path } of known) {
    const font = readFont(path);
    if (font !== null) return font;
  }
  return null;
}

function filesOf(folder: string, depth: number): { name: string; path: string }[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? (depth === 0 ? [] : filesOf(path, depth - 1)) : [{ name: entry.name, path }];
    });
  } catch {
    return []; // not there, or not ours to read
  }
}

function readFont(path: string): Font | null {
  try {
    const bytes = readFileSync(path);
    const family = familyOf(bytes);
    return family === null ? null : { bytes, family };
  } catch {
    return null; // not there, or cut short
  }
}

/** Family name (OpenType name table, id 1) of the face for simplified Chinese, else of the first; null when the file is no font. */
function familyOf(bytes: Buffer): string | null {
  const collection = bytes.toString("latin1", 0, 4) === "ttcf";
  const offsets = collection ? Array.from({ length: bytes.readUInt32BE(8) }, (_, i) => bytes.readUInt32BE(12 + 4 * i)) : [0];
  const names = offsets.flatMap((offset) => faceName(bytes, offset) ?? []);
  return names.find((name) => /\b(SC|GB|CN)\b/.test(name)) ?? names[0] ?? null;
}

function faceName(bytes: Buffer, offset: number): string | null {
  for (let table = 0; table < bytes.readUInt16BE(offset + 4); table++) {
    const entry = offset + 12 + 16 * table;
    if (bytes.toString("latin1", entry, entry + 4) !== "name") continue;
    const at = bytes.readUInt32BE(entry + 8);
    const strings = at + bytes.readUInt16BE(at + 4);
    for (let record = 0; record < bytes.readUInt16BE(at + 2); record++) {
      const [platform, , language, id, length, start] = Array.from({ length: 6 }, (_, i) => bytes.readUInt16BE(at + 6 + 12 * record + 2 * i)) as [number, number, number, number, number, number];
      if (platform !== 3 || language !== 0x409 || id !== 1) continue;
      return Buffer.from(bytes.subarray(strings + start, strings + start + length)).swap16().toString("utf16le");
    }
  }
  return null;
}
