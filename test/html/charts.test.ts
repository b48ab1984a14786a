import { describe, expect, it } from "vitest";
import { draw } from "../../reports/charts/draw.ts";
import { chartLocale } from "../../reports/charts/locale.ts";
import { textWidth } from "../../reports/charts/measure.ts";
import { tip, tipLayer, tipped } from "../../reports/charts/tip.ts";
import type { Chart } from "../../reports/contract.ts";

const chart = (spec: Record<string, unknown>, title = "标题"): Chart => ({ id: "c", title, note: "", body: { kind: "vega-lite", spec }, table: { columns: [], rows: [] } });
const bars = (names: string[], more: Record<string, unknown> = {}) => ({
  data: { values: names.map((name, i) => ({ name, n: (i + 1) * 10_000 })) },
  mark: { type: "bar", clip: true },
  encoding: { y: { field: "name", type: "nominal", sort: null, axis: { title: null } }, x: { field: "n", type: "quantitative", axis: { title: null, format: "~s" } } },
  height: { step: 26 },
  ...more,
});
const texts = (svg: string) => [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);
const drawn = async (spec: Record<string, unknown>, more = {}) => (await draw(chart(spec), "p", { language: "zh", ...more })).text;

describe("text width", () => {
  it("counts Han and emoji as one em, Latin as 0.56, combining marks as nothing", () => {
    expect(textWidth("微博", 12)).toBe(24);
    expect(textWidth("ab", 10)).toBeCloseTo(11.2, 10);
    expect(textWidth("😀", 10)).toBe(10);
    expect(textWidth("e\u0301\u0302\u0303", 10)).toBeCloseTo(5.6, 10);
  });
});

describe("draw", () => {
  it("makes a picture of the asked width with one name and no style, script or link", async () => {
    const svg = await drawn(bars(["微博", "抖音"]));
    expect(svg).toMatch(/^<svg [^>]*role="img" aria-label="标题"[^>]*width="720" height="\d+" viewBox="0 0 720 \d+"/);
    expect(svg.match(/aria-|role=/g)).toHaveLength(2);
    expect(svg).not.toMatch(/style=|<a |<script|<image|href|font-family="sans-serif"/);
    expect((await drawn(bars(["微博"]), { width: 344 })).slice(0, 400)).toContain('width="344"');
  });

  it("is the same every time and in every zone", async () => {
    const spec = { data: { values: [{ t: Date.UTC(2026, 2, 1, 23), n: 1 }, { t: Date.UTC(2026, 2, 2, 1), n: 2 }] }, mark: "line", encoding: { x: { field: "t", type: "temporal", scale: { type: "utc" } }, y: { field: "n", type: "quantitative" } } };
    const zone = process.env.TZ;
    const first = await drawn(spec);
    process.env.TZ = "America/Los_Angeles";
    const second = await drawn(spec);
    process.env.TZ = zone;
    if (zone === undefined) delete process.env.TZ;
    expect(second).toBe(first);
    expect(texts(first)).toContain("3月2日");
  });

  it("prefixes every id and reference", async () => {
    const svg = await drawn(bars(["一", "二"]));
    const ids = [...svg.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id!);
    const used = [...svg.matchAll(/url\(#([^)]*)\)/g)].map(([, id]) => id!);
    expect(ids).toEqual(["p-1"]);
    expect(new Set(used)).toEqual(new Set(ids));
  });

  it("writes 万 for the SI format in Chinese, k in English", async () => {
    expect(texts(await drawn(bars(["一", "二"])))).toEqual(expect.arrayContaining(["1万", "2万"]));
    expect(texts((await draw(chart(bars(["一", "二"])), "p", { language: "en" })).text)).toEqual(expect.arrayContaining(["10k", "20k"]));
    const zh = chartLocale("zh").format("~s");
    expect([0.5, 9999, 10_000, 12_345, 120_000, 3e8].map(zh)).toEqual(["0.5", "9,999", "1万", "1.23万", "12万", "3亿"]);
  });

  it("keeps data text as text, letter for letter but control characters", async () => {
    const hostile = '<img src=x onerror=alert(1)> " clip-path="url(#clip0)" id="x" $& 1.23456';
    const svg = await drawn(bars([hostile], { height: 40, encoding: { ...bars([]).encoding, y: { field: "name", type: "nominal", axis: { title: null, labelLimit: 2000 } } } }));
    expect(texts(svg)).toContain(hostile.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));
    expect(texts(await drawn(bars(["a\u0000b"])))).toContain("a\ufffdb");
  });

  it("cuts long labels without half an emoji", async () => {
    const svg = await drawn(bars(["😀".repeat(50)]));
    expect(svg).toMatch(/>(😀)+…</u);
    expect(Buffer.from(svg).toString()).toBe(svg);
  });

  it("escapes the title and takes $ signs literally", async () => {
    const svg = (await draw(chart(bars(["一"]), '"><script>$&$1'), "p", { language: "zh" })).text;
    expect(svg).toContain('aria-label="&quot;&gt;&lt;script&gt;$&amp;$1"');
  });

  it.each([
    ["a warning of Vega-Lite", { ...bars(["一"]), encoding: { ...bars([]).encoding, color: { field: "n", type: "quantitative", scale: { type: "band" } } } }],
    ["an error inside a transform", { ...bars(["一"]), transform: [{ calculate: "nosuchfunction(datum.n)", as: "m" }] }],
    ["a local-time scale", { data: { values: [{ t: 0 }] }, mark: "point", encoding: { x: { field: "t", type: "temporal" } } }],
    ["a link", { ...bars(["一"]), encoding: { ...bars([]).encoding, href: { value: "https://example.invalid" } } }],
    ["data from a file", { ...bars([]), data: { url: "data.json" } }],
  ])("throws on %s", async (_, spec) => {
    await expect(drawn(spec)).rejects.toThrow();
  });

  it("stacks the parts of a wide picture on a phone", async () => {
    const part = bars(["一"]);
    const wide = await drawn({ hconcat: [part, part] });
    const narrow = await drawn({ hconcat: [part, part] }, { width: 344 });
    const [w, h] = [wide, narrow].map((svg) => /width="(\d+)" height="(\d+)"/.exec(svg)!.slice(1).map(Number)) as [number[], number[]];
    expect(w[0]).toBeGreaterThan(500);
    expect(w[0]).toBeLessThanOrEqual(720);
    expect(h[0]).toBeLessThanOrEqual(344);
    expect(h[1]).toBeGreaterThan(w[1]!);
  });
});

describe("titles of marks", () => {
  const spec = {
    data: { values: [{ name: "微博", n: 3, tip: tip("微博", "3 条", ["75.0%", "n = 4"], "zh") }, { name: "抖音", n: 1, tip: `</title><script>&"` }] },
    encoding: { y: { field: "name", type: "nominal", sort: null }, x: { field: "n", type: "quantitative" } },
    layer: [{ mark: { type: "bar" }, encoding: tipped }, { mark: { type: "text" }, encoding: { text: { field: "name" } } }, { name: tipLayer, data: { values: [{ name: "微博", n: 2, tip: "整列" }] }, mark: { type: "bar", opacity: 0 }, encoding: tipped }],
    height: { step: 26 },
  };

  it("tells each mark's value where there is a pointer, as text, under the one name of the picture", async () => {
    const svg = await drawn(spec);
    expect([...svg.matchAll(/<path [^<>]*><title>([^<>]*)<\/title><\/path>/g)].map(([, title]) => title)).toEqual(["微博：3 条（75.0%，n = 4）", "&lt;/title&gt;&lt;script&gt;&amp;&quot;", "整列"]);
    expect(svg.match(/aria-|role=/g)).toHaveLength(2);
  });

  it("leaves titles and unseen marks out of pictures for phones", async () => {
    const svg = await drawn(spec, { width: 344 });
    expect(svg).not.toMatch(/<title>|整列|opacity="0"/);
    expect(svg.match(/aria-|role=/g)).toHaveLength(2);
    expect(svg.match(/<path [^<>]*fill="#24476b"\/>/g)).toHaveLength(2);
  });
});

it("gives no tick to half a post", async () => {
  const few = { ...bars(["微博"]), data: { values: [{ name: "微博", n: 2 }] } };
  expect(texts(await drawn(few)).filter((text) => /^[\d.]+$/.test(text!))).toEqual(["0", "1", "2"]);
});
