import { printable } from "../errors.ts";

/** A name or title within a sentence: one line, no control characters, at most 30 characters. */
export function shown(text: string): string {
  const characters = [...printable(text.replace(/\s+/g, " ").trim())];
  return characters.length <= 30 ? characters.join("") : `${characters.slice(0, 29).join("")}…`;
}

/** "11-22 08:00", local. */
export const localTime = (ms: number, utcOffsetMs: number): string => new Date(ms + utcOffsetMs).toISOString().slice(5, 16).replace("T", " ");
