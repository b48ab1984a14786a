import { expect, it } from "vitest";
import { progressOn } from "../../pipeline/progress.ts";

function written(isTTY: boolean): string {
  let text = "";
  const stream = { isTTY, write: (part: string) => ((text += part), true) } as unknown as NodeJS.WriteStream;
  const progress = progressOn(stream, "zh");
  progress.start({ zh: "清洗", en: "clean" });
  progress.update(0.5, "1,000");
  progress.end({ zh: "计入 3 条", en: "3 posts kept" });
  return text;
}

it("writes one line a finished stage into a log, without control characters", () => {
  expect(written(false)).toMatch(/^清洗 {7}计入 3 条 {2}\d+\.\d s\n$/);
});

it("draws a bar on a terminal and replaces it by the line", () => {
  expect(written(true)).toMatch(/^清洗 …\r\u001b\[K清洗 \[█{12}░{12}\] 1,000\r\u001b\[K清洗 {7}计入 3 条 {2}\d+\.\d s\n$/);
});
