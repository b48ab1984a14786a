import { printable, type Language, type Message } from "./errors.ts";

/** Where progress goes: a bar that redraws itself on a terminal, one line a finished stage elsewhere. Always stderr; stdout is data. */
export interface Progress {
  /** Starts a stage. */
  start(stage: Message): void;
  /** Share of the running stage in [0, 1] and what was done so far. */
  update(share: number, note: string): void;
  /** Ends the stage with one line. */
  end(note: Message): void;
}

export const silent: Progress = { start: () => {}, update: () => {}, end: () => {} };

export function progressOn(stream: NodeJS.WriteStream, language: Language): Progress {
  let stage = "";
  let started = 0;
  let drawn = 0;
  const clear = () => stream.isTTY && stream.write("\r\u001b[K");
  return {
    start(message) {
      stage = printable(message[language]);
      started = performance.now();
      if (stream.isTTY) stream.write(`${stage} …`);
    },
    update(share, note) {
      if (!stream.isTTY || performance.now() - drawn < 100) return;
      drawn = performance.now();
      const filled = Math.round(Math.min(1, Math.max(0, share)) * 24);
      clear();
      stream.write(`${stage} [${"█".repeat(filled)}${"░".repeat(24 - filled)}] ${printable(note)}`);
    },
    end(note) {
      clear();
      stream.write(`${pad(stage, 10)} ${printable(note[language])}  ${((performance.now() - started) / 1000).toFixed(1)} s\n`);
    },
  };
}

/** One line of a log in JSON. What JSON.stringify leaves as it is and a terminal obeys (C1 controls, line separators, bidi overrides) is escaped as well: nothing is lost. */
export const jsonLine = (entry: Record<string, unknown>): string =>
  `${JSON.stringify(entry).replace(/[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`)}\n`;

/** One JSON object a finished stage, for programs that read the log. */
export function progressInJson(stream: NodeJS.WriteStream, language: Language): Progress {
  let stage = "";
  let started = 0;
  return {
    start(message) {
      stage = message[language];
      started = performance.now();
    },
    update: () => {},
    end: (note) => void stream.write(jsonLine({ level: "info", stage, message: note[language], seconds: Math.round((performance.now() - started) / 100) / 10 })),
  };
}

/** Pads to a width in columns, a Chinese character counting as two. */
function pad(text: string, width: number): string {
  const columns = [...text].reduce((sum, c) => sum + (c.codePointAt(0)! > 0x2e7f ? 2 : 1), 0);
  return text + " ".repeat(Math.max(0, width - columns));
}
