import { instant } from "../../reports/format.ts";
import { nameOf } from "../../reports/names.ts";
import type { Database } from "../engines/duckdb.ts";
import type { Language } from "../errors.ts";
import { maskText } from "../import/privacy/privacy.ts";
import { readTexts } from "../relate/texts.ts";
import type { AuditSample } from "./contract.ts";

/** An item as annotators see it: nothing that gives its stratum or its prediction away. */
export interface AuditPost {
  no: number;
  platform: string;
  published: string;
  /** Title and own words, masked unless privacy is internal, at most `longest` characters. */
  text: string;
}

/** A mood shows long before; a spreadsheet's cell holds 32,767. */
const longest = 4000;

/** The items of a sample as shown, by number. */
export async function readPosts(database: Database, sample: AuditSample, options: { language: Language; privacy: "masked" | "internal"; utcOffsetMs: number }): Promise<AuditPost[]> {
  const ids = sample.items.map(({ id }) => id);
  const rows = await database.rows<{ id: string; text_no: number; platform: string | null; published_ms: number | null; precision: string | null }>(
    `SELECT id, text_no, platform, published_ms, precision FROM scored WHERE id IN (${ids.map((_, i) => `$${i + 1}`).join(", ")})`,
    ids,
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  const texts = await readTexts(database, rows.map(({ text_no }) => text_no));
  const { language, privacy, utcOffsetMs } = options;
  return sample.items.map(({ no, id }) => {
    const { text_no, platform, published_ms, precision } = byId.get(id)!;
    const text = texts.get(text_no)!;
    return { no, platform: nameOf("platform", platform, language), published: instant(published_ms, language, utcOffsetMs, precision === "day" ? "day" : "minute"), text: shortened(privacy === "masked" ? maskText(text) : text, language) };
  });
}

function shortened(text: string, language: Language): string {
  const characters = [...text];
  if (characters.length <= longest) return text;
  return `${characters.slice(0, longest).join("")}…\n${language === "zh" ? `（全文 ${characters.length} 字，以下从略）` : `(${characters.length} characters; the rest is left out)`}`;
}
