// node test/faults/start.mjs DIR [bare]: a project for faults of the real nightly run: an event and two inbox files of 30 and 40 invented posts; bare: no event, so no report is drawn and a night is short.
// Built code as night.mjs. Then: node test/faults/run.mjs --start DIR -- node bin/yuqing.mjs nightly --project PROJECT --now '2026-11-20 23:00'
import { utimesSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const dist = pathToFileURL(`${resolve(process.env.YUQING_DIST ?? join(import.meta.dirname, "../../dist"))}/`);
const { initProject } = await import(new URL("pipeline/archive/init.js", dist));

const header = "平台,微博id,根微博id,微博作者,用户id,微博正文,发布时间,转发数,评论数,点赞数";
const wordings = ["澜桥小区停水三天了，物业电话打不通，请问什么时候恢复供水", "今天的桂花开得真好，路过闻到很香", "澜桥停水，老人提不动水，盼望送水车进小区", "听说澜桥的水管是被人故意挖断的，求证", "澜桥供水恢复了，感谢连夜抢修的师傅"];

/** `count` posts from number `from` on, one a minute; every seventh reposts the first. */
export function csv(from, count) {
  const rows = Array.from({ length: count }, (_, i) => {
    const number = from + i;
    const root = number % 7 === 0 ? 4_900_000_000_000_000 + from : "";
    return ["微博", 4_900_000_000_000_000 + number, root, `某用户${number % 23}`, 1_000_000 + (number % 23), `${wordings[number % wordings.length]}，第${number}户`, `2026-11-20 10:${String(i).padStart(2, "0")}:00`, number % 5, number % 3, number * 3].join(",");
  });
  return `${[header, ...rows].join("\n")}\n`;
}

/** A file that came in long ago. */
export function arrive(project, name, content) {
  const path = join(project, "inbox", name);
  writeFileSync(path, content);
  utimesSync(path, 1_700_000_000, 1_700_000_000);
}

export function startProject(project, { event = true } = {}) {
  initProject(project);
  writeFileSync(join(project, "yuqing.yaml"), "run: { threads: 0 }\n");
  if (event) writeFileSync(join(project, "events", "water.yaml"), "name: 澜桥停水\nquery: 澜桥 AND (停水 OR 供水)\n");
  arrive(project, "a.csv", csv(1, 30));
  arrive(project, "b.csv", csv(25, 40)); // six of them are in a.csv as well
}

if (process.argv[1] === import.meta.filename) startProject(process.argv[2], { event: process.argv[3] !== "bare" });
