import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eventSchema, runSchema, type EventConfig } from "../../pipeline/config.ts";
import { inputOf } from "../../pipeline/import/open/inputs.ts";

export interface Told {
  no: number;
  url: string;
  author: string;
  type: "媒体" | "政府" | "普通用户" | "名人";
  text: string;
  /** Local. */
  time: string;
}

const themes = ["公司为什么还不回应，大家都在等一个说法", "门店的卫生太差了，必须道歉赔偿", "支持当事人依法维权，加油", "希望有关部门彻查到底"];
/** 120 posts over two days, three in four by private persons, every name, link and wording found once or in a few posts only. Hour h has more posts until hour 30. */
export const told: Told[] = Array.from({ length: 120 }, (_, i): Told => {
  const hour = Math.floor(48 * (i / 120) ** 0.7);
  const type = i % 12 === 0 ? "媒体" : i % 12 === 6 ? "政府" : i % 5 === 0 ? "名人" : "普通用户";
  const author = type === "媒体" ? `晨报第${i}版` : type === "政府" ? `某市发布${i}` : `私人姓名${i}号`;
  const words = type === "媒体" || type === "政府" ? `【通报${i}】有关部门已到店检查，第${i}次通报结果` : `${themes[i % 4]}，独一份的话${i}，@某网友${i}看看`;
  return { no: i, url: `https://weibo.example/u/${9_000_000 + i}`, author, type, text: words, time: `2025-03-0${3 + Math.floor(hour / 24)} ${String(hour % 24).padStart(2, "0")}:${String((i * 7) % 60).padStart(2, "0")}` };
});

export const event: EventConfig = eventSchema.parse({
  name: "门店卫生事件",
  subjects: [{ name: "甲公司", aliases: ["公司"], accounts: ["私人姓名7号"] }],
  milestones: [{ time: "2025-03-03 06:00", text: "最早的视频" }, { time: "2025-03-04 20:00", text: "后来的处理决定" }],
});
const columns = { url: "链接", author_name: "作者", author_type: "类型", text: "正文", time: "时间", reposts: "转发", likes: "点赞", platform: "平台" };
export const config = runSchema.parse({ columns, threads: 0, privacy: "internal" });

/** Writes the posts as a vendor's CSV; the file is called after a person. */
export function csvOf(posts: readonly Told[], name = "私人姓名3号.csv"): { folder: string; input: ReturnType<typeof inputOf> } {
  const folder = mkdtempSync(join(tmpdir(), "editions-"));
  const path = join(folder, name);
  const lines = posts.map(({ no, url, author, type, text, time }) => [url, author, type, text, time, String((no * 37) % 90), String((no * 11) % 70), "微博"].join(","));
  writeFileSync(path, `${["链接", "作者", "类型", "正文", "时间", "转发", "点赞", "平台"].join(",")}\n${lines.join("\n")}\n`);
  return { folder, input: inputOf(path) };
}
