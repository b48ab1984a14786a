const digits = "零一二三四五六七八九";

/** 1 … 99 as 一 … 九十九, for headings. */
export function chineseNumber(no: number): string {
  const [tens, ones] = [Math.floor(no / 10), no % 10];
  return `${tens > 1 ? digits[tens] : ""}${tens > 0 ? "十" : ""}${ones > 0 || tens === 0 ? digits[ones] : ""}`;
}
