import { describe, expect, it } from "vitest";
import { colours, darkRules, palette } from "../../reports/charts/theme.ts";

/** Linear RGB of "#rrggbb". */
const linear = (hex: string): number[] => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
const luminance = (hex: string): number => linear(hex).reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i]!, 0);
/** WCAG 2 contrast ratio. */
const contrast = (a: string, b: string): number => {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
};

/** Severity 1.0 matrices of Machado, Oliveira & Fernandes 2009, for linear RGB. */
const sight: Record<string, number[][]> = {
  normal: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protanopia: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deuteranopia: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  tritanopia: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
};
/** CIELAB under a kind of sight (D65). */
function lab(hex: string, matrix: number[][]): [number, number, number] {
  const [r, g, b] = matrix.map((row) => Math.min(1, Math.max(0, row.reduce((sum, x, i) => sum + x * linear(hex)[i]!, 0)))) as [number, number, number];
  const f = (t: number) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
  const [x, y, z] = [f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047), f(0.2126 * r + 0.7152 * g + 0.0722 * b), f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883)];
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}
const distance = (a: string, b: string, matrix: number[][]): number => Math.hypot(...lab(a, matrix).map((value, i) => value - lab(b, matrix)[i]!));

const schemes = { light: 0, dark: 1 } as const;
const of = (names: (keyof typeof colours)[], scheme: 0 | 1) => names.map((name) => colours[name][scheme]);
const groups: (keyof typeof colours)[][] = [["positive", "neutral", "negative"], ["media", "official", "public", "green", "sky", "orange"], ["accent", "muted"]];

describe("palette", () => {
  it("reads by hand: black on white is 21:1, #767676 on white just passes AA", () => {
    expect(contrast("#000000", "#ffffff")).toBeCloseTo(21, 10);
    expect(contrast("#767676", "#ffffff")).toBeCloseTo(4.54, 2);
  });

  for (const [scheme, at] of Object.entries(schemes)) {
    it(`${scheme}: colours of one chart stay 14 ΔE apart for every kind of sight`, () => {
      for (const [kind, matrix] of Object.entries(sight))
        for (const group of groups)
          group.forEach((a, i) => group.slice(i + 1).forEach((b) => expect(distance(...(of([a, b], at) as [string, string]), matrix), `${kind} ${a} ${b}`).toBeGreaterThan(14)));
    });

    it(`${scheme}: text has contrast AA on page and card, and on the steps of the sequential scale`, () => {
      for (const text of ["ink", "soft", "accent", "negative"] as const) for (const ground of ["paper", "tint"] as const) expect(contrast(colours[text][at], colours[ground][at]), `${text} on ${ground}`).toBeGreaterThan(4.5);
      for (const step of ["step1", "step2", "step3"] as const) expect(contrast(colours.ink[at], colours[step][at]), step).toBeGreaterThan(4.5);
      for (const step of ["step4", "step5", "step6"] as const) expect(contrast(colours.paper[at], colours[step][at]), step).toBeGreaterThan(4.5);
    });
  }

  it("gives every colour of the palette a dark counterpart for fill and stroke", () => {
    const rules = darkRules();
    for (const colour of Object.values(palette).flat()) for (const name of ["fill", "stroke"]) expect(rules).toContain(`.chart [${name}="${colour}" i]{${name}:#`);
  });
});
