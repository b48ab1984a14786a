import { describe, expect, it } from "vitest";
import { archiveVersion, effectiveNow, emptyManifest, fileName, manifestText, parseManifest, reportName, type Manifest, type Migration } from "../../pipeline/archive/manifest.ts";
import { YuqingError } from "../../pipeline/errors.ts";

const file = { name: "posts/2026-01-01.1.parquet", kind: "posts", bytes: 5, sha256: "a".repeat(64), rows: 1, night: "2026-01-01", event: null, role: null };
const night = { date: "2026-01-01", runs: 1, now_ms: Date.UTC(2026, 0, 1, 18, 30), read: 1, posts: 1, accounts: 0, rejected: 0, fresh: 1 };
const manifest: Manifest = { ...emptyManifest(), commits: 1, files: [file], nights: [night], events: [{ key: "停水", name: "停水", query: "q1", files: [file.name] }] };

const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (cause) {
    return cause instanceof YuqingError ? `${cause.code} ${cause.exit}` : String(cause);
  }
  return "no error";
};

describe("manifest", () => {
  it("is read as it was written, one record a line", () => {
    const text = manifestText(manifest);
    expect(parseManifest(text, "m")).toEqual(manifest);
    expect(text.split("\n")).toContain(JSON.stringify(file));
  });

  it("of a newer version is refused, whatever else it holds; a damaged one too", () => {
    expect(codeOf(() => parseManifest(`{"version":${archiveVersion + 1},"files":"else"}`, "m"))).toBe("ARCHIVE_VERSION 2");
    expect(codeOf(() => parseManifest(`{"version":-1}`, "m"))).toBe("ARCHIVE_VERSION 2");
    for (const text of ["", "{", "null", "[]", `{"version":"1"}`, `{"version":1}`, manifestText(manifest).slice(0, -3), manifestText({ ...manifest, files: [file, file] })]) {
      expect(codeOf(() => parseManifest(text, "m")), text).toBe("ARCHIVE_DAMAGED 2");
    }
  });

  it("of an older version is migrated, step by step, in a copy", () => {
    // A version 0 that did not count its commits, and a version -1 that had another name for nights.
    const { nights, ...rest } = manifest;
    const old = { ...rest, version: -1, commits: undefined, evenings: nights };
    const steps = new Map<number, Migration>([
      [-1, ({ evenings, ...others }) => ({ ...others, nights: evenings })],
      [0, (one) => ({ ...one, commits: (one["nights"] as unknown[]).length })],
    ]);
    const text = JSON.stringify(old);
    expect(parseManifest(text, "m", steps)).toEqual(manifest);
    expect(codeOf(() => parseManifest(text, "m", new Map([[-1, steps.get(-1)!]])))).toBe("ARCHIVE_VERSION 2");
    expect(codeOf(() => parseManifest(text, "m", new Map<number, Migration>([...steps, [0, (one) => one]])))).toBe("ARCHIVE_DAMAGED 2"); // a step that forgets its field
  });

  it("keeps nights in order and events to files that are there", () => {
    expect(codeOf(() => parseManifest(manifestText({ ...manifest, nights: [night, night] }), "m"))).toBe("ARCHIVE_DAMAGED 2");
    expect(codeOf(() => parseManifest(manifestText({ ...manifest, files: [] }), "m"))).toBe("ARCHIVE_DAMAGED 2");
  });
});

describe("names", () => {
  it("of archive files lie in a folder and never lead out of it or hit the manifest and the lock", () => {
    for (const good of ["posts/a", "rollups/volume/2026-01-01.3.parquet", "posts/tmp_a.parquet", "a/_tmp"]) expect(fileName.safeParse(good).success, good).toBe(true);
    for (const bad of ["", "manifest.json", "lock", "../a/b", "a/../b", "a//b", "/a/b", "a/", "A/b", "a/B", "a/.b", "a\\b/c", "a/b\n", `a/${"b".repeat(200)}`]) expect(fileName.safeParse(bad).success, bad).toBe(false);
  });

  it("of reports may be in any script, and never lead out, hide, or hold control characters", () => {
    for (const good of ["digest.html", "2026-11-21/某某小区停水/report.html", "a/b c（一）.docx"]) expect(reportName.safeParse(good).success, good).toBe(true);
    for (const bad of ["", "/a", "../a", "a/../b", "a/..", ".a", "a/.b", "a\\b", "a:b", "a/\u0000", "a\nb", "a/\u202eb", "a//b", " a", "a?b"]) expect(reportName.safeParse(bad).success, JSON.stringify(bad)).toBe(false);
  });
});

describe("effectiveNow", () => {
  it("never goes back behind the last night", () => {
    const later = night.now_ms + 1;
    expect(effectiveNow(manifest, later)).toEqual({ nowMs: later, message: null });
    expect(effectiveNow(emptyManifest(), 0)).toEqual({ nowMs: 0, message: null });
    const set = effectiveNow(manifest, Date.UTC(2020, 0, 1));
    expect(set.nowMs).toBe(night.now_ms);
    expect(set.message!.en).toContain("2020-01-01 00:00 UTC");
    expect(set.message!.en).toContain("2026-01-01 18:30 UTC");
  });
});
