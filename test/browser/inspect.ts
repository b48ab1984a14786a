import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/** Scripts for `page.evaluate`: text, because the tests are compiled without the types of a browser. */

/**
 * Runs in the page: every pair of visible texts of one picture that lie over each other by more than 2 px, and texts outside their picture.
 * Text width in the browser differs from our estimate, so this is the real check. A text's box is a line, about 1.45 em high; its ink is the middle em.
 */
export const collisions = `(() => [...document.querySelectorAll(".picture svg")].flatMap((svg) => {
  if (svg.getBoundingClientRect().width === 0) return [];
  const frame = svg.getBoundingClientRect();
  const texts = [...svg.querySelectorAll("text")].map((text) => ({ text: text.textContent, box: text.getBoundingClientRect() })).filter(({ box }) => box.width > 0).map(({ text, box }) => ({ text, box: { left: box.left, right: box.right, top: box.top + 0.16 * box.height, bottom: box.bottom - 0.16 * box.height } }));
  const outside = texts.filter(({ box }) => box.left < frame.left - 1 || box.right > frame.right + 1).map(({ text }) => "outside: " + text);
  const over = texts.flatMap((a, i) => texts.slice(i + 1).filter((b) => Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left) > 2 && Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top) > 2).map((b) => a.text + " × " + b.text));
  return [...outside, ...over];
}))()`;

/** Runs in the page: contrast of every element with text of its own against the nearest painted ground; those below 4.5 (3 for 24 px and more). */
export const faint = `(() => {
  const rgb = (text) => text.match(/[\\d.]+/g).map(Number);
  const luminance = ([r, g, b]) => [r, g, b].map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)).reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (node) => { for (; node; node = node.parentElement) { const color = rgb(getComputedStyle(node).backgroundColor); if (color.length === 3 || color[3] > 0) return color; } return [255, 255, 255]; };
  const own = (node) => [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim() !== "");
  return [...document.querySelectorAll("body *")].filter((node) => own(node) && node.getClientRects().length > 0 && !node.closest("svg")).map((node) => {
    const style = getComputedStyle(node);
    const [light, dark] = [luminance(rgb(style.color)), luminance(ground(node))].sort((a, b) => b - a);
    return { text: node.textContent.slice(0, 20), ratio: (light + 0.05) / (dark + 0.05), least: parseFloat(style.fontSize) >= 24 ? 3 : 4.5, opacity: Number(style.opacity) };
  }).filter(({ ratio, least, opacity }) => ratio < least || opacity < 0.8);
})()`;
/** Evaluated in the page: axe-core itself, then its serious and critical findings. */
export const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
export const violations = `axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) => violations.filter(({ impact }) => impact === "serious" || impact === "critical").map(({ id, nodes }) => id + ": " + nodes.slice(0, 3).map(({ target }) => target.join(" ")).join(", ")))`;
export const overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
/** Elements that reach over the right edge of the window, but for those in boxes that scroll. */
export const beyond = `[...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1 && !one.closest(".scroll, .extra")).map((one) => one.tagName + "." + one.getAttribute("class"))`;
export const openAll = "document.querySelectorAll('details').forEach((one) => { one.open = true })";
