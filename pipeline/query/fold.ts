/** Soft hyphens, zero-width characters, direction marks, variation selectors: they hide words, and are seen by nobody. */
const invisible = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe0e\ufe0f\ufeff]+/g;
const blanks = /[\s\u0000-\u001f\u007f-\u009f]+/g;

/**
 * The form in which words and texts are compared: without invisible characters, NFKC (full-width letters, ligatures, compatibility ideographs), lower case,
 * every run of blanks and control characters one blank, none at the ends. Folding twice is folding once.
 */
export function fold(text: string): string {
  return text.replace(invisible, "").normalize("NFKC").toLowerCase().replace(blanks, " ").trim();
}
