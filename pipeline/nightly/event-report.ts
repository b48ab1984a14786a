import { sections } from "../../reports/case-study/index.ts";
import { evidenceCsv } from "../../reports/evidence.ts";
import type { Report } from "../../reports/report.ts";
import { severity } from "../../analyzers/event/severity.ts";
import { dateOf } from "../../analyzers/workdays.ts";
import type { Archive } from "../archive/archive.ts";
import type { Manifest } from "../archive/manifest.ts";
import { localMs, offsetMs, type RunConfig } from "../config.ts";
import type { Language } from "../errors.ts";
import { present } from "../presentation.ts";
import { silent, type Progress } from "../progress.ts";
import { run } from "../run.ts";
import { readSections } from "../sections.ts";
import type { ProjectEvent } from "./events.ts";
import type { NightEvent } from "./contract.ts";
import { readEventPosts, type ArchivedSource, type EventPosts } from "./posts.ts";

/** Kinds of the archive's files that hold posts. */
export const fileKinds = { posts: "posts", accounts: "accounts", members: "members", night: "night", wordCounts: "word-counts", wordings: "wordings" } as const;

/** Paths of the archive's files that say which posts are the event's; none when its query was another one when they were written. */
export function memberFiles(archive: Archive, { key, query }: ProjectEvent): string[] {
  const event = archive.manifest.events.find((one) => one.key === key);
  return event === undefined || event.query !== query ? [] : event.files.map((name) => archive.path(name));
}

/** Paths of the archive's files of a kind. */
export const pathsOf = (archive: Archive, kind: string): string[] => archive.files(kind).map(({ name }) => archive.path(name));

/** Files of the running night by kind. */
export interface Staged {
  posts: string[];
  accounts: string[];
  wordCounts: string[];
  wordings: string[];
}

/** What the archive has of an event. */
export function eventPosts(archive: Archive, event: ProjectEvent, { sources }: Pick<Manifest, "sources">, staged: Staged & { members: string[] } = { posts: [], accounts: [], wordCounts: [], wordings: [], members: [] }): EventPosts {
  return {
    posts: [...pathsOf(archive, fileKinds.posts), ...staged.posts],
    accounts: [...pathsOf(archive, fileKinds.accounts), ...staged.accounts],
    words: { counts: [...pathsOf(archive, fileKinds.wordCounts), ...staged.wordCounts], wordings: [...pathsOf(archive, fileKinds.wordings), ...staged.wordings] },
    members: [...memberFiles(archive, event), ...staged.members],
    sources: sources.map(({ name, format, encoding, bytes, sha256, suspicions, note }) => ({ name, format, encoding, bytes, sha256, suspicions: suspicions as ArchivedSource["suspicions"], note })),
  };
}

/** The case study of an event from the archive; `since`: local day from which posts count, null for all. */
export async function reportEvent({ config: event, words }: ProjectEvent, posts: EventPosts, { config, key, since, progress = silent }: { config: RunConfig; key: Uint8Array; since: number | null; progress?: Progress }): Promise<Report> {
  const from = since === null ? null : dateOf(since);
  const later = from !== null && (event.window.from === undefined || localMs(from, event.utcOffset) > localMs(event.window.from, event.utcOffset));
  return run({
    inputs: [],
    read: (database) => readEventPosts(database, posts, offsetMs(event.utcOffset)),
    event: later ? { ...event, window: { ...event.window, from: from! } } : event,
    config,
    words,
    archive: posts.words,
    key,
    onReject: () => {},
    progress,
  });
}

/** The files of a report. `sectionsPath`: list of sections of the project. `broken`: what could not be drawn or no fact backs. Throws what readSections throws. */
export async function reportFiles(given: Report, language: Language, sectionsPath?: string): Promise<{ files: [name: string, content: string][]; broken: string[] }> {
  const choices = sectionsPath === undefined ? null : readSections(sectionsPath, sections);
  const { report, page, broken } = await present(given, { language, choices });
  return { files: [["evidence.csv", evidenceCsv(report, language)], ["report.json", `${JSON.stringify(report, null, 1)}\n`], ["report.html", page]], broken };
}

/** The grade of a report, and the conditions of its level that hold. */
export function gradeIn({ findings }: Report): NightEvent["grade"] {
  const finding = findings.find(({ id }) => id === severity.id);
  if (finding === undefined || finding.status !== "ok") return null;
  const { levels, level, reason, conditions } = severity.data.parse(finding.data);
  const { key, zh, en } = levels[level!]!;
  const held = conditions.filter((one) => one.level === level && one.satisfied).map(({ what, value, least }) => ({ zh: `${what.zh} ${value}，达到 ${least}`, en: `${what.en} ${value}, at least ${least}` }));
  return { level: key, index: level!, name: { zh, en }, reasons: reason === null ? held : [{ zh: `人工定级：${reason}`, en: `set by hand: ${reason}` }] };
}
