import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { expect, it } from "vitest";
import { eventSchema, readYaml, runSchema } from "../../pipeline/config.ts";
import { inputOf } from "../../pipeline/import/open/inputs.ts";
import { run } from "../../pipeline/run.ts";
import { reportSchema } from "../../reports/report.ts";

/**
 * Golden runs: test/golden/<case>/ holds posts.csv and event.yaml (invented) and the findings, facts and intake expected of them. A failure leaves actual.json beside
 * expected.json; `REBASELINE=1 npx vitest run test/golden` accepts it after a look at the difference. CI never rebaselines.
 */
const here = new URL("./", import.meta.url);
const cases = readdirSync(here, { withFileTypes: true }).filter((entry) => entry.isDirectory() && existsSync(new URL(`${entry.name}/event.yaml`, here))).map(({ name }) => name);

it.each(cases)("%s", async (name) => {
  const folder = new URL(`${name}/`, here);
  const path = (file: string) => new URL(file, folder).pathname;
  const report = await run({ inputs: [inputOf(path("posts.csv"))], key: new Uint8Array(32), event: readYaml(path("event.yaml"), eventSchema), config: runSchema.parse({ threads: 0 }), onReject: () => {} });
  expect(reportSchema.safeParse(report).success).toBe(true);
  const { intake, findings, facts } = report;
  const actual = `${JSON.stringify({ intake, findings, facts: facts.map(({ no, finding, key, matched }) => [no, finding, key, matched]) }, null, 1)}\n`;
  if (process.env.REBASELINE && !process.env.CI) writeFileSync(path("expected.json"), actual);
  const expected = existsSync(path("expected.json")) ? readFileSync(path("expected.json"), "utf8") : "";
  if (actual !== expected) writeFileSync(path("actual.json"), actual);
  else rmSync(path("actual.json"), { force: true });
  expect(JSON.parse(actual)).toEqual(JSON.parse(expected || "{}"));
  expect(actual).toBe(expected);
});
