import { z } from "zod";
import { readYaml } from "../../pipeline/config.ts";
import { dataPath } from "../../pipeline/paths.ts";
import { authorTypes, fields, polarities } from "../../pipeline/schema.ts";
import { instant } from "./curve.ts";

/** One template a line. */
const lines = z.string().transform((text) => text.split("\n").filter((line) => line !== ""));
const choices = z.string().transform((text) => text.split("|"));
const local = z.string().transform(instant);
const topic = z.strictObject({ name: z.string(), tags: choices, lead: lines.default([]), titles: lines.default([]) });
const voice = {
  id: z.string(),
  topic: z.string(),
  polarity: z.enum(polarities),
  share: z.number(),
  from: local,
  halfLife: z.number(),
  /** Hashtags instead of the topic's. */
  tags: choices.optional(),
};
const netizen = z.strictObject({
  ...voice,
  viewpoint: z.string().nullable().default(null),
  repeat: z.boolean().default(false),
  irony: z.boolean().default(false),
  /** false: its sentences already name the occasion. */
  lead: z.boolean().default(true),
  half: lines.default([]),
  rest: lines.default([]),
  say: lines.default([]),
});
const desk = z.strictObject({ ...voice, titles: lines, lead: lines, facts: lines, tail: lines });
const slots = z.record(z.string(), choices);

export type NetizenVoice = z.infer<typeof netizen>;
export type DeskVoice = z.infer<typeof desk>;
/** A kind of utterance: its topic, planted polarity and, for netizens, viewpoint. `share`: percent of its field's posts with own words. */
export type Voice = NetizenVoice | DeskVoice;

const moods = z.strictObject({ negative: z.string(), neutral: z.string(), positive: z.string() });

export const netizens = readYaml(
  dataPath("samples", "voices.yaml"),
  z.strictObject({
    slots,
    open: lines,
    close: moods.transform((mood) => ({ negative: mood.negative.trim().split("\n"), neutral: mood.neutral.trim().split("\n"), positive: mood.positive.trim().split("\n") })),
    emoticon: z.strictObject({ negative: choices, neutral: choices, positive: choices, irony: choices }),
    topics: z.record(z.string(), topic),
    viewpoints: z.record(z.string(), z.string()),
    voices: z.array(netizen),
  }),
);

export const desks = readYaml(
  dataPath("samples", "news.yaml"),
  z.strictObject({
    slots,
    topics: z.record(z.string(), topic),
    media: z.array(desk),
    official: z.array(desk),
    keyPosts: z.array(z.strictObject({ time: local, field: z.enum(fields), type: z.enum(authorTypes), author: z.string(), voice: z.string(), pull: z.number(), own: z.string() })),
  }),
);

export const names = readYaml(
  dataPath("samples", "names.yaml"),
  z.strictObject({
    first: lines,
    middle: lines,
    beat: lines,
    nick: lines,
    voice: lines,
    outlets: lines,
    offices: lines,
    companies: lines,
    institutes: lines,
    provinces: z.array(z.strictObject({ name: z.string(), share: z.number(), cities: z.array(z.string()) })),
  }),
);

export const voicesOf = { public: netizens.voices as readonly Voice[], media: desks.media as readonly Voice[], official: desks.official as readonly Voice[] };
