import { z } from "zod";
import { readYaml } from "../../../pipeline/config.ts";
import { dataPath } from "../../../pipeline/paths.ts";
import { divisions, isWithin } from "../../divisions.ts";

const words = z.array(z.string().min(1));
const schema = z.strictObject({ ordinary: words, never: words, other: words, blockers: z.record(z.string(), z.string()), modifiers: words, surnames: z.string(), titles: words });

/** What a text may hold: the name of one or more places, or a word that only looks like one. */
export interface Name {
  text: string;
  /** Codes of the places that bear the name. */
  codes: string[];
  /** The one that is meant when nothing says otherwise; null when several are as likely. */
  usual: string | null;
  /** True without its suffix (昆山): what follows may make it part of another name. */
  short: boolean;
  /** Mostly something else: a place only right after one that holds it. */
  ordinary: boolean;
  /** A word of its own, which hides the names in it (黄河 hides 河南 in 黄河南岸). */
  other: boolean;
}

export type PlaceWords = z.infer<typeof schema>;
let loaded: PlaceWords | null = null;
export const placeWords = (): PlaceWords => (loaded ??= readYaml(dataPath("regions", "place-words.yaml"), schema));

/** Every form of every name, and the other words. Which of several places a name usually means: see `usual`. */
export function names({ ordinary, never, other }: PlaceWords): Name[] {
  const found = new Map<string, Name>();
  const learn = (text: string, code: string, short: boolean): void => {
    const name = found.get(text);
    if (name === undefined) found.set(text, { text, codes: [code], usual: null, short, ordinary: false, other: false });
    else if (!name.codes.includes(code)) name.codes.push(code);
  };
  for (const { code, name } of divisions().values()) learn(name, code, false);
  for (const { code, forms } of divisions().values()) {
    for (const form of forms) if (!found.has(form) || found.get(form)!.short) learn(form, code, !/[州县旗]$/.test(form) || form.length < 3);
  }
  for (const text of never) found.delete(text);
  for (const name of found.values()) name.usual = usual(name);
  for (const text of ordinary) if (found.has(text)) found.get(text)!.ordinary = true;
  for (const text of other) {
    const name = found.get(text);
    if (name) name.other = true;
    else found.set(text, { text, codes: [], usual: null, short: false, ordinary: false, other: true });
  }
  return [...found.values()];
}

/**
 * A province before whatever shares its name (吉林, 海南); the only place of the name; the one that holds all others (长沙 before 长沙县);
 * by short name a prefecture before districts elsewhere (西安 before 西安区). Else null.
 */
function usual({ codes, short }: Name): string | null {
  const [first] = codes;
  if (codes.length === 1) return first!;
  const province = codes.find((code) => code.endsWith("0000"));
  if (province) return province;
  const top = codes.find((code) => codes.every((other) => other === code || isWithin(other, code)));
  if (top) return top;
  const cities = codes.filter((code) => code.endsWith("00"));
  return short && cities.length === 1 ? cities[0]! : null;
}
