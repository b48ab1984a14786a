import { html, type Html } from "../html/html.ts";
import { textWidth } from "./measure.ts";
import { fonts, palette } from "./theme.ts";

export interface CloudWord {
  text: string;
  /** Decides the size (∝ √count); more than 0. */
  count: number;
  /** Decides the class of colour, by quarters of the words. */
  score: number;
  /** What the word says when pointed at: 「加班：1,234 篇」. */
  title: string;
}

/** A placed word; px in the picture, (x, y) the middle of the box. */
export interface PlacedWord extends CloudWord {
  /** As shown: long ones are cut, with an ellipsis. */
  shown: string;
  size: number;
  /** 4 = the quarter of the highest scores. */
  level: 1 | 2 | 3 | 4;
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Px of a picture and of its smallest and largest word. */
export interface Frame {
  width: number;
  least: number;
  most: number;
}
/** The narrow picture is shown 328–500 px wide: its smallest words stay at 14 px and more on a phone. */
export const frames = { wide: { width: 720, least: 14, most: 56 }, narrow: { width: 344, least: 15, most: 40 } } as const satisfies Record<string, Frame>;
/** Words of the narrow picture. */
export const narrowWords = 40;
const margin = 8;
/** Characters shown of one word. */
const longest = 16;
/** Blank px around a word. */
const gap = 3;

/**
 * Places words on a spiral of rectangles around the middle, biggest first, none over another; the picture is as high as needed. No canvas and no fonts are asked:
 * a box is as wide as its characters at most are (wide 1 em, Latin capitals 0.9, the rest 0.6), so the same words give the same picture everywhere.
 */
export function layOut(words: readonly CloudWord[], frame: Frame): { width: number; height: number; words: PlacedWord[] } {
  const { width } = frame;
  const most = Math.max(...words.map(({ count }) => count));
  const least = Math.min(...words.map(({ count }) => count));
  const placed: PlacedWord[] = [];
  for (const word of [...words].sort((a, b) => b.count - a.count || (a.text < b.text ? -1 : 1))) {
    const shown = cut(word.text);
    const size = Math.min(scale(word.count, least, most, frame), Math.floor((width - 2 * margin - gap) / ems(shown)));
    const box = { width: ems(shown) * size + gap, height: size * 1.16 + gap };
    placed.push({ ...word, shown, size, level: level(word.score, words), ...box, ...free(box, placed, width) });
  }
  const top = Math.min(0, ...placed.map(({ y, height }) => y - height / 2)) - margin;
  const bottom = Math.max(0, ...placed.map(({ y, height }) => y + height / 2)) + margin;
  return { width, height: Math.ceil(bottom - top), words: placed.map((word) => ({ ...word, x: word.x + width / 2, y: word.y - top })) };
}

/** The cloud as two pictures, one for wide screens and paper, one for phones with the first words only. `words`: the most important first. `label`: name of the picture for screen readers. */
export function wordCloud(words: readonly CloudWord[], label: string): Html {
  return html`<div class="picture wide">${picture(words, label, frames.wide)}</div><div class="picture narrow">${picture(words.slice(0, narrowWords), label, frames.narrow)}</div>`;
}

function picture(words: readonly CloudWord[], label: string, frame: Frame): Html {
  const cloud = layOut(words, frame);
  return html`<svg xmlns="http://www.w3.org/2000/svg" class="word-cloud" viewBox="0 0 ${cloud.width} ${cloud.height}" width="${cloud.width}" height="${cloud.height}" role="img" aria-label="${label}" font-family="${fonts}" text-anchor="middle">${cloud.words.map(draw)}</svg>`;
}

/** Quarters of the scores from low to high; theme colours, so that they follow dark mode. */
const colours = { 1: palette.soft, 2: palette.sequential[4], 3: palette.sequential[5], 4: palette.sequential[5] };

function draw({ shown, title, size, level, x, y }: PlacedWord): Html {
  // The middle of Han characters and of Latin capitals lies about 0.37 em above the baseline.
  return html`<text class="cloud-${level}" x="${px(x)}" y="${px(y + 0.37 * size)}" font-size="${px(size)}" fill="${colours[level]}"${level === 4 ? html` font-weight="bold"` : ""}><title>${title}</title>${shown}</text>`;
}

const px = (value: number): number => Math.round(value * 10) / 10;

function cut(text: string): string {
  const characters = [...text];
  return characters.length > longest ? `${characters.slice(0, longest).join("")}…` : text;
}

/** Upper bound of the width in em, bold included. */
function ems(text: string): number {
  let width = 0;
  for (const character of text) width += /[A-ZmwMW@%]/.test(character) ? 0.9 : textWidth(character, 1) === 0.56 ? 0.65 : textWidth(character, 1);
  return Math.max(width, 0.65);
}

function scale(count: number, least: number, most: number, frame: Frame): number {
  const [low, high, at] = [least, most, count].map(Math.sqrt) as [number, number, number];
  const share = high === low ? 0.5 : (at - low) / (high - low);
  return Math.round((frame.least + share * (frame.most - frame.least)) * 10) / 10;
}

function level(score: number, words: readonly CloudWord[]): PlacedWord["level"] {
  const higher = words.filter((word) => word.score > score).length / words.length;
  return higher < 0.25 ? 4 : higher < 0.5 ? 3 : higher < 0.75 ? 2 : 1;
}

/** The first free place on a flat spiral around (0, 0), pressed together at the picture's sides: it grows upwards and downwards for ever, so there is one. */
function free(box: { width: number; height: number }, placed: readonly PlacedWord[], width: number): { x: number; y: number } {
  const reach = (width - 2 * margin - box.width) / 2;
  for (let turn = 0; ; turn += 0.08) {
    const radius = 2.2 * turn;
    const x = Math.max(-reach, Math.min(reach, 1.9 * radius * Math.cos(turn)));
    const y = radius * Math.sin(turn);
    if (!placed.some((other) => overlap({ x, y, ...box }, other))) return { x, y };
  }
}

type Box = { x: number; y: number; width: number; height: number };
export function overlap(a: Box, b: Box): boolean {
  return Math.abs(a.x - b.x) * 2 < a.width + b.width && Math.abs(a.y - b.y) * 2 < a.height + b.height;
}
