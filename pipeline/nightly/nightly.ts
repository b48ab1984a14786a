import { integer } from "../../reports/format.ts";
import { openArchive, type Archive } from "../archive/archive.ts";
import { localDate } from "../archive/clock.ts";
import type { Draft } from "../archive/draft.ts";
import { effectiveNow, type ArchiveSource, type Manifest } from "../archive/manifest.ts";
import type { Project } from "../archive/project.ts";
import { idsKind } from "../archive/prune.ts";
import { offsetMs } from "../config.ts";
import { Database } from "../engines/duckdb.ts";
import { YuqingError, type Language, type Message } from "../errors.ts";
import { RejectsWriter, rejectsHeader } from "../import/tables/rejects.ts";
import { load } from "../load.ts";
import { eventSchema } from "../config.ts";
import type { Progress } from "../progress.ts";
import { relateClusters } from "../relate/clusters.ts";
import { makeWordedTexts } from "../relate/texts.ts";
import { relateTriage } from "../relate/triage.ts";
import { noEventWords } from "../words/event-words.ts";
import { noList, type WordList } from "../words/list.ts";
import { assign, writeMembers } from "./assign.ts";
import { closeNight } from "./close.ts";
import { readNights } from "./digests.ts";
import { afterCommit, reasonOf } from "./reasons.ts";
import type { Night, NightSource } from "./contract.ts";
import { coursesSchema } from "./courses.ts";
import { eventPosts, fileKinds, gradeIn, memberFiles, pathsOf, reportEvent, reportFiles, type Staged } from "./event-report.ts";
import { readEvents, type ProjectEvent } from "./events.ts";
import { eventRefused, hasNoReport, noReport } from "./night.ts";
import { addCourse, countNight, gatherMembers, listItems, noCourse, relateEvents } from "./observe.ts";
import { parquet } from "../archive/parquet.ts";
import { findSources, type FoundSource } from "./sources.ts";
import { take, type Taken } from "./take.ts";
import { keepWords, readWords, withProjectWords } from "./words.ts";

export interface NightlyOptions {
  project: Project;
  /** The project's key. */
  key: Uint8Array;
  /** Files, folders, patterns to look into. */
  sources: readonly string[];
  nowMs: number;
  language: Language;
  progress: Progress;
  /** What the run noticed on its way: repairs, files left for later. */
  say(message: Message): void;
}

export interface NightlyResult {
  date: string;
  /** New posts of this run. */
  fresh: number;
  /** What went wrong or was left out: the digest says so, the exit code is 3. */
  failures: Message[];
  /** Under reports/. */
  published: string[];
  /** False: nothing was new, and the archive is as it was. */
  committed: boolean;
  /** Alerts that the user's command has not taken. */
  undelivered: number;
  /** Files that could not be put under reports/ yet. */
  unpublished: number;
}

/** One run at work: what it has found out so far. */
export interface Work extends NightlyOptions {
  archive: Archive;
  draft: Draft;
  /** What the clock says; `nowMs` is never before the last night's. */
  clockMs: number;
  date: string;
  utcOffsetMs: number;
  /** Also kept with the night, for its digest. */
  failures: Message[];
  /** Files of which nothing was used; the night keeps them with its sources. */
  faults: Message[];
  /** The project's list of words. */
  words: WordList;
  /** Stacks of what is a bug of ours: for a file of the night. */
  stacks: string[];
  /** Paths of the files that this run has written, by kind. */
  staged: Staged & { members: Map<string, string[]> };
}

/**
 * The nightly run: new files of the inbox → posts of the archive, assigned to the events by their queries → ledger, alerts, digests, reports of the events that changed. All of it becomes visible
 * in one commit, or none. Costs what the night's posts cost, and the reports of the events that changed.
 */
export async function nightly(options: NightlyOptions): Promise<NightlyResult> {
  const { project, say } = options;
  const archive = openArchive(project.folder, { write: true, nowMs: options.nowMs, onRepair: say });
  try {
    const { nowMs, message } = effectiveNow(archive.manifest, options.nowMs);
    if (message !== null) say(message);
    const utcOffsetMs = offsetMs(project.config.utcOffset);
    const latest = archive.manifest.nights.at(-1)?.date ?? "";
    const date = [localDate(nowMs, utcOffsetMs), latest].sort()[1]!;
    const { words, failures } = readWords(project.folder);
    const work: Work = { ...options, nowMs, clockMs: options.nowMs, archive, draft: archive.begin(), date, utcOffsetMs, words, failures, faults: [], stacks: [], staged: { posts: [], accounts: [], wordCounts: [], wordings: [], members: new Map() } };
    const result = await runNight(work);
    try {
      archive.close();
    } catch (cause) {
      result.failures.push(afterCommit(cause));
    }
    return result;
  } catch (cause) {
    archive.close();
    throw cause;
  }
}

async function runNight(work: Work): Promise<NightlyResult> {
  const { archive, project, progress, say } = work;
  const { events: known, refused } = readEvents(`${project.folder}/events`);
  const events = withProjectWords(known, work.words);
  for (const [key, reason] of refused) work.failures.push({ zh: `${eventRefused} ${key} 今晚没有更新：${reason.zh}`, en: `event ${key} was not updated tonight: ${reason.en}` });
  const found = await findSources(work.sources, archive.manifest.sources, { nowMs: work.clockMs, settleSeconds: project.config.inbox.settleSeconds });
  for (const { name, reason } of found.left) say({ zh: `没有读 ${name}：${reason.zh}`, en: `${name} was not read: ${reason.en}` });

  const database = await Database.open({ memory: project.config.run.memory });
  try {
    const taken = await takeIn(work, database, found.fresh);
    const night = await observe(work, database, events, taken);
    const sources: ArchiveSource[] = [...archive.manifest.sources, ...taken.sources.map((source) => ({ ...source, night: work.date }))];
    await reportEvents(work, night, events, { ...archive.manifest, sources });
    progress.start({ zh: "收尾", en: "close" });
    const closed = await closeNight(work, night, events, taken);
    progress.end({ zh: closed.committed ? `发布 ${closed.published.length} 个文件` : "没有新内容", en: closed.committed ? `${closed.published.length} files published` : "nothing new" });
    return { date: work.date, fresh: taken.sources.reduce((sum, source) => sum + source.fresh, 0), failures: [...work.faults, ...work.failures], ...closed, unpublished: work.archive.manifest.publications.length };
  } finally {
    database.close();
  }
}

/** Import: rows into staged files, what is new into the database. */
async function takeIn(work: Work, database: Database, sources: readonly FoundSource[]): Promise<Taken> {
  const { archive, draft, project, date, key, language, progress } = work;
  progress.start({ zh: "导入", en: "import" });
  if (sources.length === 0) {
    progress.end({ zh: "收件目录里没有新文件", en: "no new files" });
    return { sources: [], refused: [], posts: 0, accounts: 0 };
  }
  const names = { posts: `posts/${date}.${draft.number}.parquet`, accounts: `accounts/${date}.${draft.number}.parquet` };
  const rejects = new RejectsWriter(language, { masked: project.config.run.rejects === "masked" });
  const lines: string[] = [];
  const taken = await take(database, {
    sources, config: project.config.run, utcOffset: project.config.utcOffset, key, archived: pathsOf(archive, fileKinds.posts), pruned: pathsOf(archive, idsKind), known: new Set(archive.manifest.sources.map(({ sha256 }) => sha256)),
    paths: { posts: draft.path(names.posts), accounts: draft.path(names.accounts) }, onReject: (reject) => void lines.push(rejects.lines(reject)), progress,
  });
  draft.add(names.posts, fileKinds.posts, { rows: taken.posts, night: date });
  draft.add(names.accounts, fileKinds.accounts, { rows: taken.accounts, night: date });
  work.staged.posts.push(`${archive.folder}/${names.posts}`);
  work.staged.accounts.push(`${archive.folder}/${names.accounts}`);
  if (lines.length > 0) draft.publish(`${date}/rejects.${draft.number}.csv`, `${rejectsHeader}${lines.join("")}`, 0o600);
  for (const { intake: { name }, fault } of taken.refused) work.faults.push({ zh: `没有使用 ${name}：${fault.zh}`, en: `${name} was not used: ${fault.en}` });
  const [read, bad] = [taken.sources.reduce((sum, source) => sum + source.read, 0), taken.sources.reduce((sum, source) => sum + source.rejected, 0)];
  const limit = project.config.run.rejectLimit;
  if (bad > limit * read) work.failures.push({ zh: `拒收 ${bad} / ${read} 行，超过上限 ${limit * 100}%；原因见 rejects.csv`, en: `${bad} of ${read} rows rejected, above the limit of ${limit * 100}%; reasons in rejects.csv` });
  progress.end({ zh: `读入 ${integer(read, "zh")} 行`, en: `${integer(read, "en")} rows read` });
  return taken;
}

/** Scores what is new, assigns it to the events, and sums the night up. */
async function observe(work: Work, database: Database, events: ReadonlyMap<string, ProjectEvent>, taken: Taken): Promise<Night> {
  const { project, date, nowMs, key } = work;
  const { run } = project.config;
  const [held] = work.staged.posts.length === 0 ? [undefined] : await database.rows<{ posts: number }>("SELECT count(*) AS posts FROM posts");
  const some = (held?.posts ?? 0) > 0;
  const night: Night = { date, now_ms: nowMs, sources: sourcesOf(taken), items: [], counts: [], events: [], failures: work.failures };
  const before = work.archive.state("courses", coursesSchema) ?? {};
  const renewed = renewedEvents(work.archive.manifest, events);
  const known = new Map([...events].filter(([name]) => !renewed.has(name)).map(([name, { config }]) => [name, config]));
  if (some) {
    const neutral = eventSchema.parse({ utcOffset: project.config.utcOffset });
    await load(database, { inputs: [], read: async () => [{ ...taken.sources[0]!, file: 0, rejects: new Map(), suspicions: [], posts: held!.posts }], event: neutral, config: { ...run, rejectRefusal: 1 }, words: { ...noEventWords, list: noList, project: work.words }, key, onReject: () => {} }, work.progress);
    await keepWords(work, database);
    await makeWordedTexts(database);
    await relateClusters(database);
    await relateTriage(database);
    await assign(database, "posts", known, key);
  } else await assign(database, "posts", new Map(), key);
  await writeMemberFiles(work, database, [...known.keys()]);
  await backfill(work, database, renewed, events);
  await gatherMembers(database, new Map([...events.values()].map((event) => [event.key, memberFiles(work.archive, event)])));
  for (const [name, { config }] of events) {
    const settings = { privacy: run.privacy, utcOffsetMs: offsetMs(config.utcOffset) };
    const known = before[name];
    const base = renewed.has(name) ? noCourse : (known ?? noCourse);
    const tonight = some ? await addCourse(database, "posts", name, base, settings) : { course: base, added: 0 };
    const all = allPosts(work);
    // Found anew: its course comes from the whole archive, what is new tonight does not.
    const { course } = renewed.has(name) && all !== null ? await addCourse(database, all, name, noCourse, settings) : tonight;
    night.events.push({ key: name, name: config.name, fresh: tonight.added, posts: course.posts, grade: known?.grade ?? null, hours: course.hours, firsts: course.firsts });
  }
  if (some) {
    await relateEvents(database);
    night.counts = await countNight(database);
    const { items, left } = await listItems(database, run.privacy);
    night.items = items;
    if (left > 0) work.say({ zh: `另有 ${left} 种说法太短或影响力较小，只计数、不列出`, en: `${left} further wordings, short or of less reach, are counted, not listed` });
  }
  return night;
}

/** Events that are new, or whose query is another one now. */
function renewedEvents({ events: before }: Manifest, events: ReadonlyMap<string, ProjectEvent>): Set<string> {
  const known = new Map(before.map(({ key, query }) => [key, query]));
  return new Set([...events.values()].filter(({ key, query }) => known.get(key) !== query).map(({ key }) => key));
}

function allPosts({ archive, staged }: Work): string | null {
  const paths = [...archive.files(fileKinds.posts).map(({ name }) => archive.path(name)), ...staged.posts];
  return paths.length === 0 ? null : parquet(paths);
}

/** Goes back over the archive, tonight's posts among it, for events whose posts must be found anew. */
async function backfill(work: Work, database: Database, renewed: ReadonlySet<string>, events: ReadonlyMap<string, ProjectEvent>): Promise<void> {
  const from = allPosts(work);
  if (renewed.size === 0 || from === null) return;
  await assign(database, from, new Map([...renewed].map((name) => [name, events.get(name)!.config])), work.key);
  await writeMemberFiles(work, database, [...renewed]);
}

/** One file of matched ids an event. */
async function writeMemberFiles({ archive, draft, date, staged }: Work, database: Database, events: readonly string[]): Promise<void> {
  const matched = await database.rows<{ event: string }>("SELECT DISTINCT event FROM matched ORDER BY event");
  for (const { event } of matched.filter((row) => events.includes(row.event))) {
    const name = `members/${date}.${draft.number}.${staged.members.size}.parquet`;
    const rows = await writeMembers(database, event, draft.path(name));
    draft.add(name, fileKinds.members, { rows, night: date, event });
    staged.members.set(event, [`${archive.folder}/${name}`]);
  }
}

/** The reports of events with new posts, of those found anew, and of those that the last night could not make. One that fails costs itself. */
async function reportEvents(work: Work, night: Night, events: ReadonlyMap<string, ProjectEvent>, manifest: Pick<Manifest, "sources">): Promise<void> {
  const { archive, draft, project, key, language, staged, utcOffsetMs, nowMs } = work;
  const { days } = project.config.reports;
  const renewed = renewedEvents(archive.manifest, events);
  const latest = archive.manifest.nights.at(-1)?.date ?? "";
  const last = readNights(archive, latest, latest)[0];
  for (const event of night.events.filter((one) => one.fresh > 0 || (renewed.has(one.key) && one.posts > 0) || (last !== undefined && hasNoReport(last, one.name)))) {
    const one = events.get(event.key)!;
    work.progress.start({ zh: event.name.slice(0, 12), en: event.key.slice(0, 12) });
    try {
      const since = days === null ? null : Math.floor((nowMs + utcOffsetMs) / 86_400_000) - days;
      const posts = eventPosts(archive, one, manifest, { ...staged, members: staged.members.get(event.key) ?? [] });
      const report = await reportEvent(one, posts, { config: project.config.run, key, since });
      const { files, broken } = await reportFiles(report, language, project.config.sections ?? undefined);
      for (const [name, content] of files) draft.publish(`events/${event.key}/${name}`, content);
      event.grade = gradeIn(report);
      for (const finding of report.findings) if (finding.status === "error") work.failures.push({ zh: `${event.name}：章节 ${finding.id} 失败：${finding.error}`, en: `${event.name}: section ${finding.id} failed: ${finding.error}` });
      for (const place of broken) work.failures.push({ zh: `${event.name}：画不出 ${place}`, en: `${event.name}: could not render ${place}` });
      work.progress.end({ zh: `计入 ${integer(report.intake.kept, "zh")} 条`, en: `${integer(report.intake.kept, "en")} posts` });
    } catch (cause) {
      if (cause instanceof YuqingError && cause.code.startsWith("ARCHIVE_")) throw cause;
      const why = reasonOf(work, cause);
      work.failures.push(noReport(event.name, why));
      work.progress.end({ zh: "失败", en: "failed" });
    }
  }
}

function sourcesOf({ sources, refused }: Taken): NightSource[] {
  const used = sources.map(({ name, sha256, read, posts, accounts, rejected, fresh }): NightSource => ({ name, sha256, read, posts, accounts, rejected, fresh, fault: null }));
  return [...used, ...refused.map(({ intake: { name, sha256 }, fault }): NightSource => ({ name, sha256, read: 0, posts: 0, accounts: 0, rejected: 0, fresh: 0, fault }))];
}

/** What a night leaves of an event in the manifest. */
export function eventsAfter({ archive, staged }: Work, events: ReadonlyMap<string, ProjectEvent>): Manifest["events"] {
  return [...events.values()].map((one) => {
    const known = archive.manifest.events.find(({ key }) => key === one.key);
    const mine = (staged.members.get(one.key) ?? []).map((path) => path.slice(archive.folder.length + 1));
    return { key: one.key, name: one.config.name, query: one.query, files: [...(known !== undefined && known.query === one.query ? known.files : []), ...mine] };
  });
}
