import type { Message } from "../pipeline/errors.ts";
import type { Ask } from "../pipeline/relate/group-questions.ts";
import type { cues } from "../pipeline/schema.ts";

export type Cue = (typeof cues)[number];

const cueNames: Record<Cue, [zh: string, en: string]> = {
  question: ["追问", "questions about"],
  criticism: ["批评", "criticism of"],
  support: ["支持", "support for"],
  suggestion: ["诉求", "demands on"],
  help: ["求助", "calls for help with"],
  irony: ["调侃", "irony about"],
};

/** 批评“加班”; “加班” when no cue is that of most authors. */
export function viewpointName(cue: Cue | null, aspect: string | null): Message {
  const [zh, en] = cue === null ? ["", ""] : cueNames[cue];
  if (aspect === null) return { zh: `${zh}（未指明对象）`, en: `${en} (no named target)`.trim() };
  return { zh: `${zh}“${aspect}”`, en: `${en} “${aspect}”`.trim() };
}

const askNames: Record<Ask, [zh: string, en: string]> = {
  when: ["何时、多久", "when, how long"],
  why: ["为什么", "why"],
  where: ["在哪里", "where"],
  who: ["由谁", "who"],
  amount: ["多少", "how many"],
  how: ["怎么办", "how"],
  whether: ["是否", "whether"],
  what: ["什么", "what"],
};

/** “复工”何时、多久. */
export function questionName(ask: Ask, aspect: string): Message {
  const [zh, en] = askNames[ask];
  return { zh: `“${aspect}”${zh}`, en: `“${aspect}”: ${en}` };
}

/** Names that come again get a number. */
export function distinctNames<T extends { name: Message }>(list: readonly T[]): T[] {
  const seen = new Map<string, number>();
  return list.map((entry) => {
    const no = (seen.get(entry.name.zh) ?? 0) + 1;
    seen.set(entry.name.zh, no);
    return no === 1 ? entry : { ...entry, name: { zh: `${entry.name.zh}（${no}）`, en: `${entry.name.en} (${no})` } };
  });
}
