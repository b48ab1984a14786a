import { createHmac } from "node:crypto";
import { maskName, maskText } from "../../pipeline/import/privacy/privacy.ts";
import { offsetMs } from "../../pipeline/config.ts";
import type { Language, Message } from "../../pipeline/errors.ts";
import { integer } from "../format.ts";
import { reportSchema, type Report, type SampleRow } from "../report.ts";

/** Stands where a private person's words stood. */
const leftOut: Message = { zh: "（个人帖文，公开版不引）", en: "(private post, not quoted)" };
const institutions = new Set(["media", "government", "enterprise", "institution"]);
const dayMs = 86_400_000;

/**
 * The report as it may leave the office; pure, the numbers stay. Post ids become keyed pseudonyms (HMAC-SHA-256 by the project's key), files become numbers. Of everyone but institutions
 * (media, government, enterprises, public bodies) names are masked, words and links left out, and times of sample rows cut to the day: twenty characters would be enough to find a post by search.
 * Of institutions name, words and link stay, with numbers and mentions masked in the words. What was left out is counted in `notes`.
 * Lists of quotes keep those of institutions alone. `language`: of the words that stand in place of a post's.
 * A post whose author's class is not known counts as private. Names of topics and views are phrases of three words or more posts and stay.
 */
export function publicEdition(report: Report, key: Uint8Array, language: Language = "zh"): Report {
  return reportSchema.parse(new Edition(report, key, leftOut[language]).report());
}

class Edition {
  private readonly source: Report;
  private readonly key: Uint8Array;
  private readonly unquoted: string;
  /** Names of institutions, as shown. */
  private readonly open: ReadonlySet<string>;
  /** Names of everyone else, unmasked, longest first. */
  private readonly people: readonly string[];
  /** Ids of posts by institutions. */
  private readonly openPosts: ReadonlySet<string>;
  private readonly files: ReadonlyMap<string, string>;
  private readonly counts = { texts: 0, names: new Set<string>(), links: 0 };

  constructor(report: Report, key: Uint8Array, unquoted: string) {
    this.source = report;
    this.key = key;
    this.unquoted = unquoted;
    const { open, all } = namesOf(report);
    this.open = open;
    this.people = [...all].filter((name) => name.length > 1 && !open.has(name) && !name.includes("***")).sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
    this.openPosts = new Set(report.rows.filter((row) => row.field !== "public" || (row.author_name !== null && this.open.has(row.author_name))).map(({ id }) => id));
    this.files = new Map(report.manifest.files.map(({ name }, i) => [name, `文件${i + 1}`]));
  }

  report(): Report {
    const { event, config, manifest, intake, findings, facts, rows, notes } = this.source;
    // Paths of the office's own machine do not leave it.
    const [told, run] = [{ ...event }, { ...config }];
    delete told.dictionary;
    delete told.wordList;
    delete run.model;
    const made = {
      ...this.source,
      event: { ...told, label: `${event.label}${event.label === "" ? "" : " · "}公开版`.slice(-40), subjects: event.subjects.map((subject) => ({ ...subject, accounts: subject.accounts.map((name) => this.name(name)) })) },
      config: { ...run, privacy: "masked" as const },
      manifest: { ...manifest, files: manifest.files.map((file) => ({ ...file, name: this.file(file.name) })) },
      intake: { ...intake, suspicions: intake.suspicions.map((one) => ({ ...one, file: this.file(one.file) })) },
      findings: findings.map((finding) =>
        finding.status === "error"
          ? { ...finding, error: "（公开版不列 / not in this edition）" }
          : { ...finding, figures: finding.figures.map((figure) => ({ ...figure, label: { zh: this.label(figure.label.zh), en: this.label(figure.label.en) }, filter: figure.filter === null ? null : this.filter(figure.filter) })), quoted: finding.quoted.map((id) => this.id(id)), data: this.data(finding.data, null, false) },
      ),
      facts: facts.map((fact) => ({ ...fact, samples: fact.samples.map((id) => this.id(id)) })),
      rows: rows.map((row) => this.row(row)),
    };
    return { ...made, notes: [...notes, this.note()] } as Report;
  }

  private row(row: SampleRow): SampleRow {
    const { id, place, author_name, text, url, published_ms } = row;
    const at = place.lastIndexOf(":");
    const shared = { ...row, id: this.id(id), place: `${this.file(place.slice(0, at))}${place.slice(at)}` };
    if (this.openPosts.has(id)) return { ...shared, text: maskText(text) };
    if (text !== "") this.counts.texts++;
    if (url !== null) this.counts.links++;
    const offset = offsetMs(this.source.event.utcOffset);
    const day = published_ms === null ? null : Math.floor((published_ms + offset) / dayMs) * dayMs - offset;
    return { ...shared, author_name: author_name === null ? null : this.name(author_name), text: text === "" ? "" : this.unquoted, url: null, published_ms: day, precision: day === null ? null : "day" };
  }

  /** Plain JSON of a finding. `person`: the object around speaks of a private post or account. */
  private data(value: unknown, name: string | null, person: boolean): unknown {
    if (Array.isArray(value)) return (name === "quotes" ? value.filter((one) => !isObject(one) || this.isPrivate(one) === false) : value).map((one) => this.data(one, name, person));
    if (isObject(value)) {
      const inner = this.isPrivate(value) ?? person;
      return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, name === "mentions" && key === "name" && typeof one === "string" ? this.name(one) : this.data(one, key, inner)]));
    }
    if (typeof value !== "string" || name === null) return value;
    if (isPostId(value) && idKeys.has(name)) return this.id(value);
    if (name === "url") return person ? null : value;
    if (nameKeys.has(name)) return this.name(value);
    if (textKeys.has(name) && person) return this.unquoted;
    return textKeys.has(name) ? maskText(value) : value;
  }

  /** Whether an object of a finding speaks of a private post or account; null when it speaks of neither. */
  private isPrivate(object: Record<string, unknown>): boolean | null {
    const post = ["id", "post", "head", "root"].map((key) => object[key]).find((id) => typeof id === "string" && isPostId(id));
    if (post !== undefined) return !this.openPosts.has(post as string);
    return typeof object["author_name"] === "string" ? !this.open.has(object["author_name"]) : null;
  }

  private filter(filter: Record<string, unknown>): Record<string, unknown> {
    const personal = new Set(["id", "root", "author"]);
    const hidden = (column: string, value: unknown): unknown => (typeof value !== "string" ? value : personal.has(column) ? this.id(value) : column === "account" ? this.name(value) : value);
    return Object.fromEntries(Object.entries(filter).map(([column, value]) => [column, Array.isArray(value) ? value.map((one) => hidden(column, one)) : hidden(column, value)]));
  }

  private name(name: string): string {
    if (this.open.has(name)) return name;
    this.counts.names.add(name);
    return name.includes("***") ? name : maskName(name);
  }

  /** Labels of figures may name an account. */
  private label(text: string): string {
    return this.people.reduce((rest, name) => (rest.includes(name) ? rest.replaceAll(name, this.name(name)) : rest), text);
  }

  private id(id: string): string {
    return `post:${createHmac("sha256", this.key).update(id).digest("hex").slice(0, 16)}`;
  }

  private file(name: string): string {
    return this.files.get(name) ?? "文件";
  }

  private note() {
    const { texts, names, links } = this.counts;
    const count = (value: number) => integer(value, "en");
    return {
      zh: `公开版：帖文编号已换成代号；除媒体、政务、企业和机构外，遮盖 ${count(names.size)} 个账号名，不引 ${count(texts)} 条样本帖文的原文，不列其 ${count(links)} 个链接，时间只到日。数字与内部版相同。`,
      en: `Public edition: ids of posts are pseudonyms; of everyone but media, government accounts, enterprises and institutions ${count(names.size)} names are masked, the words of ${count(texts)} sample posts and ${count(links)} links left out, times cut to the day. The numbers are those of the internal edition.`,
    };
  }
}

const isObject = (value: unknown): value is Record<string, unknown> => value !== null && typeof value === "object" && !Array.isArray(value);
/** Vendors' ids carry their platform, ours a prefix: a colon is in all of them. */
const isPostId = (text: string): boolean => text.includes(":");
const idKeys = new Set(["id", "post", "head", "root", "parent", "reply", "examples", "quoted"]);
const nameKeys = new Set(["author_name", "account", "accounts"]);
const textKeys = new Set(["text", "title", "quote"]);

/** All names of accounts, and those known to be institutions: by the type an analyzer lists, by the field of a sample row, or by a name that the import did not mask. */
function namesOf({ rows, findings, config }: Report): { open: Set<string>; all: Set<string> } {
  const [open, all] = [new Set<string>(), new Set<string>()];
  const masked = config.privacy === "masked";
  const add = (name: string, institution: boolean): void => {
    all.add(name);
    if (institution || (masked && !name.includes("***"))) open.add(name);
  };
  for (const { author_name, field } of rows) if (author_name !== null) add(author_name, field !== "public");
  const visit = (value: unknown): void => {
    if (value === null || typeof value !== "object") return;
    const { author_name: name, author_type: type } = value as Record<string, unknown>;
    if (typeof name === "string") add(name, typeof type === "string" && institutions.has(type));
    Object.values(value).forEach(visit);
  };
  for (const finding of findings) if (finding.status !== "error") visit(finding.data);
  return { open, all };
}
