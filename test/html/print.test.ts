import { describe, expect, it } from "vitest";
import { printStyle, quoted } from "../../reports/html/style-print.ts";

describe("head of printed pages", () => {
  it("writes letters, digits and Han as they are, all else as escapes", () => {
    expect(quoted("青梅 A1")).toBe('"青梅 A1"');
    expect(quoted('a"b\\c')).toBe('"a\\22 b\\5c c"');
    expect(quoted("（😀）")).toBe('"\\ff08 \\1f600 \\ff09 "');
  });

  it.each(['"}</style><script>alert(1)</script>', "*/ @import url(//example.invalid)", "a\nb", "\u0000\ud83d", "$&$1`"])("keeps %j inside the string", (text) => {
    expect(quoted(text)).toMatch(/^"(?:[A-Za-z0-9 \p{Script=Han}\ufffd]|\\[0-9a-f]{1,6} )*"$/u);
    expect(printStyle({ title: text, label: text })).not.toMatch(/<\/style|@import/);
  });

  it("cuts a long title", () => expect(printStyle({ title: "长".repeat(500), label: "" })).toContain(`"${"长".repeat(40)}\\2026 "`));
});
