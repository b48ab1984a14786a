// node test/real/run.mjs [OUT]: a report for every real input of ../shared/data (absent for users), with time, peak memory and size.
// The ten largest cascades become ten events. Build first: npm run build.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DuckDBInstance } from "@duckdb/node-api";

const data = fileURLToPath(new URL("../../../shared/data/", import.meta.url));
if (!existsSync(data)) throw new Error(`${data} is absent: real inputs cannot be run`);
const only = process.argv[3];
const out = process.argv[2] ?? join(fileURLToPath(new URL("../../out/", import.meta.url)), "real");
const cli = fileURLToPath(new URL("../../bin/yuqing.mjs", import.meta.url));
mkdirSync(out, { recursive: true });

const event = (name, text) => {
  const path = join(out, `${name}.event.yaml`);
  writeFileSync(path, text);
  return ["--event", path];
};
const jobs = [
  ["weibo-ip", ["posts.jsonl.gz", "comments.jsonl.gz"].map((file) => `${data}events/weibo-ip/${file}`)],
  ["covid-2020", [`${data}events/covid-2020/posts.jsonl.zst`, ...event("covid-2020", "name: 2020 年疫情相关微博\nquery: [冠状病毒, 肺炎, 疫情]\n")]],
  ...(only === undefined || only.startsWith("cascade") ? await cascades(10) : []),
  ["multi-platform-comments", [`${data}events/multi-platform-comments/data.jsonl.gz`]],
  ["cctv-2020", [`${data}events/cctv-2020/posts.jsonl.gz`]],
  ...[...files(`${data}vendor/`), ...files(`${data}vendor/synthetic/`)].map((path) => [`vendor-${path.split("/").at(-1).replace(/\.\w+$/, "")}`, [path]]),
];

console.log(["input", "exit", "rows", "kept", "rejected", "seconds", "peak MB", "html kB", "message"].join("\t"));
for (const [name, args] of jobs) {
  if (only !== undefined && !name.startsWith(only)) continue;
  const folder = join(out, name);
  const probe = `process.on('exit', () => console.error('PEAK ' + process.resourceUsage().maxRSS));`;
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, ["--import", `data:text/javascript,${encodeURIComponent(probe)}`, cli, "report", ...args, "--out", folder], { encoding: "utf8", stdio: ["ignore", "ignore", "pipe"] });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const peak = Math.max(...[...stderr.matchAll(/PEAK (\d+)/g)].map(([, kb]) => Math.round(Number(kb) / 1024)));
  const written = status === 0 || status === 3;
  const intake = written ? JSON.parse(readFileSync(join(folder, "report.json"), "utf8")).intake : {};
  const message = stderr.split("\n").filter((line) => /^[A-Z_]+: |警告/.test(line)).join(" | ");
  console.log([name, status, intake.read ?? "", intake.kept ?? "", intake.rejected ?? "", seconds, peak, written ? Math.round(statSync(join(folder, "report.html")).size / 1024) : "", message].join("\t"));
}

function files(folder) {
  return readdirSync(folder).filter((name) => /\.(csv|txt)$/.test(name)).sort().map((name) => folder + name);
}

/** Splits the cascades set: for each of the largest, its post and its reposts as two files that belong together. */
async function cascades(count) {
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  const source = (name) => `read_json('${data}events/cascades/${name}', format = 'newline_delimited')`;
  await connection.run(`CREATE TABLE reposts AS SELECT * FROM read_json('${data}events/cascades/reposts.jsonl.zst', format = 'newline_delimited', columns = {post_id: 'VARCHAR', mid: 'VARCHAR', parent: 'VARCHAR', author: 'VARCHAR', text: 'VARCHAR', time: 'VARCHAR'})`);
  const largest = (await connection.runAndReadAll(`SELECT post_id FROM reposts GROUP BY post_id ORDER BY count(*) DESC, post_id LIMIT ${count}`)).getRowObjectsJS();
  const made = [];
  for (const [i, { post_id: root }] of largest.entries()) {
    const name = `cascade-${String(i + 1).padStart(2, "0")}`;
    const [post, reposts] = [join(out, `${name}-post.jsonl`), join(out, `${name}-reposts.jsonl`)];
    await connection.run(`COPY (SELECT * FROM ${source("posts.jsonl.gz")} WHERE id = '${root}') TO '${post}' (FORMAT json)`);
    await connection.run(`COPY (SELECT * FROM reposts WHERE post_id = '${root}' ORDER BY time, mid) TO '${reposts}' (FORMAT json)`);
    made.push([name, [post, reposts]]);
  }
  return made;
}
