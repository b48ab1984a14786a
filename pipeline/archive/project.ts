import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { z } from "zod";
import { alertRulesSchema } from "../alerts/rules.ts";
import { readYaml, runSchema } from "../config.ts";
import { keyDatesSchema } from "../digest/calendar.ts";
import { digestOptionsSchema } from "../digest/options.ts";
import { YuqingError } from "../errors.ts";
import { ledgerRulesSchema } from "../ledger/rules.ts";
import { projectFile } from "./init.ts";

const inbox = z.strictObject({
  sources: z.array(z.string().min(1)).min(1).default(["inbox"]).describe("files, folders and patterns, from the project folder, that a nightly run takes new files of"),
  settleSeconds: z.number().int().min(0).max(86_400).default(60).describe("a file changed less than this ago is still being written: it waits for the next run"),
});

const archive = z.strictObject({
  keepDays: z.number().int().min(1).max(36_500).nullable().default(null).describe("posts of nights longer ago than this many days are removed by the nightly run, their counts kept; null keeps all"),
});

const reports = z.strictObject({
  days: z.number().int().min(1).max(36_500).nullable().default(30).describe("the nightly report of an event covers its posts of the last so many days; null: all of them"),
});

/** `yuqing.yaml`, the project file. Every key has a default; unknown keys are errors. */
export const projectSchema = z.strictObject({
  name: z.string().trim().max(60).default("").describe("name of the project, shown by yuqing status"),
  utcOffset: z.string().regex(/^[+-]\d{2}:\d{2}$/).default("+08:00").describe("zone of nights, deadlines and quiet hours; an event has its own for its times"),
  inbox: inbox.prefault({}).describe("where new files come in"),
  archive: archive.prefault({}).describe("what is kept"),
  run: runSchema.prefault({}).describe("import and analysis, as in --config; privacy is here"),
  reports: reports.prefault({}).describe("reports of the events that changed"),
  sections: z.string().min(1).nullable().default(null).describe("path, from this file, of the list of sections of the events' reports (docs/sections.md); null: all"),
  digest: digestOptionsSchema.prefault({}).describe("daily, weekly and monthly digests"),
  keyDates: keyDatesSchema.default([]).describe("key dates of your own, marked in digests beside holidays and data/calendars/key-dates.yaml"),
  ledger: ledgerRulesSchema.prefault({}).describe("which items are filed, and their deadlines"),
  alerts: alertRulesSchema.prefault({}).describe("when to alert, and whom to hand it to"),
});
export type ProjectConfig = z.infer<typeof projectSchema>;

export interface Project {
  /** Absolute path. */
  folder: string;
  config: ProjectConfig;
}

/** The project in a folder; paths in its file are from that folder. Throws PROJECT_MISSING, CONFIG_INVALID, CONFIG_UNREADABLE, CONFIG_ENCODING (exit 2). */
export function readProject(given: string): Project {
  const folder = resolve(given);
  const path = join(folder, projectFile);
  if (!existsSync(path)) throw noProject(folder);
  const config = readYaml(path, projectSchema);
  const { sections, run: { model } } = config;
  return { folder, config: { ...config, sections: sections === null ? null : resolve(folder, sections), run: { ...config.run, ...(model !== undefined && { model: resolve(folder, model) }) } } };
}

function noProject(where: string): YuqingError {
  return new YuqingError("PROJECT_MISSING", 2, {
    what: { zh: "这里不是 yuqing 项目", en: "this is no yuqing project" },
    where,
    expected: projectFile,
    next: { zh: "用 --project 指出项目目录，或用 yuqing init DIR 新建", en: "name the project folder with --project, or make one: yuqing init DIR" },
  });
}
