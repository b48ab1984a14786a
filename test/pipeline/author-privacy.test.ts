import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it, vi } from "vitest";
import { main } from "../../pipeline/cli.ts";
import { postColumns } from "../../pipeline/schema.ts";

const folder = mkdtempSync(join(tmpdir(), "yuqing-authors-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** 1,000 people: ids and nicknames that occur nowhere else, and what MediaCrawler once saved about them. */
const people = Array.from({ length: 1000 }, (_, i) => ({ id: String(5_830_000_003 + i * 7919), name: `雀${String.fromCodePoint(0x5b50 + i)}墨${String.fromCodePoint(0x6f00 + i)}舟`, phone: `138${String(10_000_019 + i * 88_001).slice(0, 8)}` }));
const secrets = ["https://tva.sinaimg.cn/avatar/", "https://weibo.com/u/", "gender-female", "我的个性签名"];
const rows = people.map(({ id, name, phone }, i) => [
  `5${String(100_000_000_000_000 + i)}`, `${i % 7 === 0 ? `@${people[(i + 1) % 1000]!.name} ` : ""}这家公司的回应太慢了，第${i}天还没有消息，电话${phone}`, 1_709_251_200 + i * 60, id, name, secrets[2], `${secrets[1]}${id}`, `${secrets[0]}${i}.jpg`, secrets[3], i,
].join(","));
const input = join(folder, "people.csv");
writeFileSync(input, `note_id,content,create_time,user_id,nickname,gender,profile_url,avatar,sign,liked_count\n${rows.join("\n")}\n损坏的一行,${people[0]!.phone}\n`);

async function yuqing(...args: string[]): Promise<{ code: number; stderr: string }> {
  let stderr = "";
  const err = vi.spyOn(process.stderr, "write").mockImplementation((text) => ((stderr += String(text)), true));
  const out = vi.spyOn(process.stdout, "write").mockImplementation(() => true);
  try {
    return { code: await main(args), stderr };
  } finally {
    err.mockRestore();
    out.mockRestore();
  }
}
/** What is meant to leave. */
const everything = (out: string): string => readdirSync(out).filter((name) => name !== "rejects.csv").map((name) => readFileSync(join(out, name), "utf8")).join("\n");

describe("E1, E3, E4: what leaves with a report", () => {
  it("holds none of 1,000 ids, nicknames, phone numbers, nor avatar, profile URL, gender, signature; stderr holds no post", async () => {
    const out = join(folder, "report");
    const { code, stderr } = await yuqing("report", input, "--out", out, "--project", folder);
    expect(code).toBe(0);
    const all = everything(out);
    expect(all).toContain("这家公司的回应太慢了");
    expect(all).toMatch(/138\*\*\*\*\d{4}/);
    expect(people.filter(({ id, name, phone }) => [id, name, phone].some((secret) => all.includes(secret)))).toEqual([]);
    expect(secrets.filter((secret) => all.includes(secret))).toEqual([]);
    expect(stderr).not.toMatch(/这家公司|雀|138\d{8}/);
  });
  it("E3: rejects.csv holds rows as written, for its owner's eyes only; to pass it on it can be masked", async () => {
    const rejects = join(folder, "report", "rejects.csv");
    expect([statSync(rejects).mode & 0o777, readFileSync(rejects, "utf8").includes(people[0]!.phone)]).toEqual([0o600, true]);
    const config = join(folder, "pass-on.yaml");
    writeFileSync(config, "rejects: masked\n");
    await yuqing("report", input, "--out", join(folder, "pass-on"), "--project", folder, "--config", config);
    expect(readFileSync(join(folder, "pass-on", "rejects.csv"), "utf8")).not.toContain(people[0]!.phone);
  });
  it("E1: the same project gives the same pseudonyms, another project others", async () => {
    const codes = async (project: string, out: string): Promise<Set<string>> => {
      await yuqing("import", input, "--out", join(folder, out), "--project", project);
      const lines = readFileSync(join(folder, out, "posts.jsonl"), "utf8").trim().split("\n").map((line) => JSON.parse(line) as { author?: string });
      return new Set(lines.map(({ author }) => author).filter((author) => author !== undefined));
    };
    const other = mkdtempSync(join(folder, "other-"));
    const [first, again, elsewhere] = [await codes(folder, "a"), await codes(folder, "b"), await codes(other, "c")];
    expect(first.size).toBe(1000);
    expect(again).toEqual(first);
    expect([...elsewhere].filter((code) => first.has(code))).toEqual([]);
  });
  it("privacy: internal keeps names and unmasked texts, and still no raw id", async () => {
    const config = join(folder, "internal.yaml");
    writeFileSync(config, "privacy: internal\n");
    const out = join(folder, "internal");
    expect((await yuqing("report", input, "--config", config, "--out", out, "--project", folder)).code).toBe(0);
    const all = everything(out);
    expect([people.some(({ name }) => all.includes(name)), people.some(({ phone }) => all.includes(phone))]).toEqual([true, true]);
    expect(people.filter(({ id }) => all.includes(id))).toEqual([]);
  });
});

it("E4: a post has no column for a person's looks, address or sex", () => {
  expect(Object.keys(postColumns).filter((column) => /avatar|gender|sex|sign|profile_url|birth|phone|mail|bio|address/.test(column))).toEqual([]);
});
