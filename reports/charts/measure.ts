/** Han, kana, hangul, full-width forms, emoji, and the quotes, dashes and dots that Chinese fonts draw one em wide. */
const wide = /[\u00b7\u1100-\u115f\u2014\u2018-\u201d\u2026\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const broad = /[%@mwMW]/;
const marks = /\p{M}|\p{Cf}/u;

/** Width of a line of text in px without a canvas: 1 em for wide characters, 0.9 for % @ m w, nothing for combining marks, 0.56 for the rest (the mean of Latin text and digits). */
export function textWidth(text: string, fontSize: number): number {
  let ems = 0;
  for (const character of text) ems += wide.test(character) ? 1 : broad.test(character) ? 0.9 : marks.test(character) ? 0 : 0.56;
  return ems * fontSize;
}
