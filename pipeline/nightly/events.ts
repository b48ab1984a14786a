import { readdirSync } from "node:fs";
import { join } from "node:path";
import { eventSchema, offsetMs, readYaml, type EventConfig } from "../config.ts";
import { inOneLine, YuqingError, type Message } from "../errors.ts";
import { queryHash } from "../query/format.ts";
import { readEventWords, type EventWords } from "../words/event-words.ts";

export interface ProjectEvent {
  key: string;
  config: EventConfig;
  words: EventWords;
  /** Hash of the query: another one means that its posts must be found anew. */
  query: string;
}

/**
 * The events of a project, one file each: events/KEY.yaml. A file that is not valid costs its event this night, with the reason, and no other; an event without a query would never get a post
 * and is one of them. Throws PROJECT_EVENTS (exit 2).
 */
export function readEvents(folder: string): { events: Map<string, ProjectEvent>; refused: Map<string, Message> } {
  const events = new Map<string, ProjectEvent>();
  const refused = new Map<string, Message>();
  for (const name of namesIn(folder).filter((file) => /^[^.].*\.ya?ml$/i.test(file)).sort()) {
    const key = name.replace(/\.ya?ml$/i, "");
    try {
      if (events.has(key)) throw invalid(join(folder, name), `${key}.yaml`, { zh: "同名的事件文件有两个", en: "two event files of one name" });
      const config = readYaml(join(folder, name), eventSchema);
      if (config.query.length === 0) throw invalid(join(folder, name), "query", { zh: "事件没有 query，收不到任何帖文", en: "the event has no query and would never get a post" });
      events.set(key, { key, config, words: readEventWords(config, join(folder, name)), query: queryHash(config.query, offsetMs(config.utcOffset)) });
    } catch (cause) {
      if (!(cause instanceof YuqingError)) throw cause;
      refused.set(key, inOneLine(cause));
    }
  }
  return { events, refused };
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (cause) {
    const got = (cause as NodeJS.ErrnoException).code ?? String(cause);
    throw new YuqingError("PROJECT_EVENTS", 2, { what: { zh: "读不了项目的事件目录", en: "cannot read the project's folder of events" }, where: folder, got, next: { zh: "恢复它；没有事件就建一个空目录", en: "restore it; without events make an empty one" } });
  }
}

function invalid(where: string, got: string, what: Message): YuqingError {
  return new YuqingError("EVENT_INVALID", 2, { what, where, got, next: { zh: "补上 query（写法见 docs/query.md）", en: "add a query (docs/query.md)" } });
}
