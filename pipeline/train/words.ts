import { scoreText, type Resources } from "../../analyzers/post/index.ts";
import { normalize, withoutTags } from "../../analyzers/post/normalize.ts";

/**
 * What the model reads of an author's own words in a report: the text without its hashtags; null when a report says nothing about the text's mood.
 * Repost chains stay: import cuts them off before a report is scored.
 */
export function wordsRead(text: string, resources: Resources): string | null {
  if (scoreText(text, resources).polarity === null) return null;
  return withoutTags(normalize(text, (name) => resources.emoticons.has(name))).trim();
}
