import type { Language } from "../../../pipeline/errors.ts";

const catalogue = {
  title: { zh: "情绪抽查", en: "Mood check" },
  intro: { zh: "为每条帖文选一个情绪，大约十分钟。只在这台电脑上进行，不联网，什么也不会发出去。", en: "Choose a mood for each post; about ten minutes. It all happens on this computer: nothing is loaded or sent." },
  posts: { zh: "条帖文", en: "posts" },
  rules: { zh: "怎么标", en: "How to label" },
  name: { zh: "标注人（姓名或代号）", en: "Annotator (name or code)" },
  start: { zh: "开始", en: "Start" },
  keys: { zh: "键盘：1 正面　2 中性　3 负面　4 说不清　← 上一条　→ 下一条", en: "Keys: 1 positive, 2 neutral, 3 negative, 4 unclear, ← back, → next" },
  back: { zh: "上一条", en: "Back" },
  next: { zh: "下一条", en: "Next" },
  labels: { zh: "情绪", en: "Mood" },
  done: { zh: "已标", en: "labelled" },
  finish: { zh: "完成并导出", en: "Finish and export" },
  finished: { zh: "导出标注", en: "Export the labels" },
  unlabelled: { zh: "未标", en: "not labelled" },
  open: { zh: "去标第一条未标的", en: "Go to the first one left" },
  resume: { zh: "回到帖文", en: "Back to the posts" },
  download: { zh: "下载 labels.csv", en: "Download labels.csv" },
  copy: { zh: "复制", en: "Copy" },
  copied: { zh: "已复制", en: "Copied" },
  handBack: { zh: "把 labels.csv 交还发给你这一页的人。下载不了时，复制下面的文字，存成 labels.csv。", en: "Give labels.csv back to who sent you this page. If it cannot be downloaded, copy the text below into a file of that name." },
  change: { zh: "换人标注", en: "Another annotator" },
  saved: { zh: "进度存在本机的浏览器里，关掉再打开可以接着标。", en: "Progress is kept in this browser; you can close the page and go on later." },
  unsaved: { zh: "这个浏览器不保存进度：请一次标完并导出，不要刷新。", en: "This browser does not keep progress: label and export in one go, and do not reload." },
  scriptless: { zh: "这一页需要浏览器的 JavaScript 才能记录标注。没有的话请填 audit.xlsx。", en: "This page needs JavaScript to record labels. Without it, fill in audit.xlsx." },
  post: { zh: "帖文", en: "Post" },
} as const;

export type AuditWords = Record<keyof typeof catalogue, string>;

export function auditWords(language: Language): AuditWords {
  return Object.fromEntries(Object.entries(catalogue).map(([key, message]) => [key, message[language]])) as AuditWords;
}
