import { integer, pick, type Random } from "../../data/samples/random.ts";

/** Made-up personal numbers as people write them, and numbers that look like them and are none. For the two figures of check E2. */

export interface Personal {
  kind: "mobile" | "landline" | "identity" | "card" | "email" | "qq" | "wechat";
  text: string;
  /** The number without disguise. */
  secret: string;
  /** Digits shown at either end; null: all is replaced. */
  shape: [head: number, tail: number] | null;
}

const digits = (random: Random, n: number): string => Array.from({ length: n }, () => integer(random, 0, 9)).join("");
const letters = (random: Random, n: number): string => Array.from({ length: n }, () => pick(random, [..."abcdefghijklmnopqrstuvwxyz"])).join("");

function identity(random: Random): string {
  const region = pick(random, ["110101", "310115", "440106", "510104", "330106", "650102"]);
  const day = `${integer(random, 1950, 2015)}${String(integer(random, 1, 12)).padStart(2, "0")}${String(integer(random, 1, 28)).padStart(2, "0")}`;
  const body = region + day + digits(random, 3);
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  return body + "10X98765432"[weights.reduce((sum, weight, i) => sum + weight * Number(body[i]), 0) % 11]!;
}

/** `body` and the digit that makes it pass Luhn's check. */
function luhn(body: string): string {
  for (let last = 0; ; last++) {
    const number = `${body}${last}`;
    const sum = [...number].reverse().map(Number).reduce((total, value, i) => total + (i % 2 === 0 ? value : value > 4 ? value * 2 - 9 : value * 2), 0);
    if (sum % 10 === 0) return number;
  }
}

const fullWidth = (text: string): string => text.replace(/[0-9A-Za-z@.]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));
const han = (text: string): string => text.replace(/\d/g, (c) => "零一二三四五六七八九"[Number(c)]!);
const hanOral = (text: string): string => text.replace(/\d/g, (c) => "〇幺二三四五六七八九"[Number(c)]!);
const cut = (text: string, sizes: readonly number[], gap: string): string => sizes.map((size, i) => text.slice(sizes.slice(0, i).reduce((a, b) => a + b, 0)).slice(0, size)).filter(Boolean).join(gap);

/** One of the disguises: none, groups by spaces, dashes or dots, single digits, full-width, Chinese digits, zero-width characters inside. */
function disguised(random: Random, text: string, sizes: readonly number[]): string {
  const gap = pick(random, [" ", "-", "·", ".", " - ", "—"]);
  const way = integer(random, 0, 8);
  if (way === 3) return cut(text, sizes, gap);
  if (way === 4) return [...text].join(pick(random, [" ", "-", "."]));
  if (way === 5) return fullWidth(text);
  if (way === 6) return pick(random, [han, hanOral])(text);
  if (way === 7) return [...text].map((c) => (random() < 0.3 ? c + pick(random, ["\u200b", "\u200d", "\ufeff", "\u2060"]) : c)).join("");
  if (way === 8) return cut(fullWidth(text), sizes, gap);
  return text;
}

const before = ["", "有事打", "联系 ", "求助！电话：", "我的号是", "tel:", "【重要】", "老王 ", "他叫张三，"];
const after = ["", "。", "，谢谢", " 求转发", "！！", "\n第二行", "（白天打）", "急"];
const around = (random: Random, text: string): string => pick(random, before) + text + pick(random, after);

export function personal(random: Random): Personal {
  switch (integer(random, 0, 6)) {
    case 0: {
      const secret = `1${integer(random, 3, 9)}${digits(random, 9)}`;
      return { kind: "mobile", secret, shape: [3, 4], text: around(random, pick(random, ["", "", "+86 ", "86-", "0086 "]) + disguised(random, secret, [3, 4, 4])) };
    }
    case 1: {
      const area = pick(random, ["010", "021", "0755", "0571", "028"]);
      const secret = area + integer(random, 2, 8) + digits(random, 7);
      return { kind: "landline", secret, shape: [area.length, 4], text: around(random, pick(random, [secret, `${area}-${secret.slice(area.length)}`, `(${area})${secret.slice(area.length)}`, `${area} ${cut(secret.slice(area.length), [4, 4], " ")}`, fullWidth(secret)])) };
    }
    case 2: {
      const secret = identity(random);
      return { kind: "identity", secret, shape: [6, 4], text: around(random, pick(random, ["", "身份证号", "身份证："]) + disguised(random, secret, [6, 4, 4, 4])) };
    }
    case 3: {
      const cued = random() < 0.3;
      const prefix = cued ? pick(random, ["4", "5", "35", "62"]) : pick(random, ["62", "622202", "621700", "955880"]);
      const secret = luhn(prefix + digits(random, integer(random, 15, 18) - prefix.length));
      return { kind: "card", secret, shape: [6, 4], text: (cued ? pick(random, ["银行卡号 ", "卡号：", "打款到 "]) : pick(random, before)) + disguised(random, secret, [4, 4, 4, 4, 4]) + pick(random, after) };
    }
    case 4: {
      const secret = `${letters(random, integer(random, 2, 8))}${pick(random, ["", ".", "_", "-"])}${digits(random, integer(random, 1, 6))}@${pick(random, ["qq.com", "163.com", "example.com.cn", "mail.example.org", "126.com"])}`;
      const at = pick(random, [secret, secret, secret.replace("@", " @ "), secret.replace("@", "(at)"), fullWidth(secret), secret.replace("@", "\u200b@\u200b"), secret.slice(0, 2) + "\u200b" + secret.slice(2)]);
      return { kind: "email", secret, shape: null, text: `${pick(random, ["写信到 ", "邮箱：", "投稿", "mail "])}${at}${pick(random, ["", "。", " 谢谢", "，"])}` };
    }
    case 5: {
      const secret = `${integer(random, 1, 9)}${digits(random, integer(random, 5, 9))}`;
      const cue = pick(random, ["QQ", "qq：", "扣扣", "加QQ ", "Q：", "QQ群 ", "加我 ", "企鹅号", "QQ号是"]);
      return { kind: "qq", secret, shape: null, text: pick(random, ["想买的", "详情", "", "进群"]) + cue + pick(random, [secret, secret, fullWidth(secret), cut(secret, [3, 3, 4], " "), han(secret), [...secret].join("\u200b")]) + pick(random, after) };
    }
    default: {
      const secret = `${letters(random, integer(random, 2, 6))}${pick(random, ["", "_", "-"])}${digits(random, integer(random, 4, 6))}`;
      const cue = pick(random, ["微信：", "微信号 ", "vx ", "VX：", "V信", "v信：", "加我微信", "wx:", "加V ", "微\u200b信 ", "加我", "薇信"]);
      return { kind: "wechat", secret, shape: null, text: pick(random, ["想买的", "详情", "", "代办"]) + cue + pick(random, [secret, [...secret].join("\u200b")]) + pick(random, ["", "。", " 谢谢", "，备注来意"]) };
    }
  }
}

/** A text with numbers that identify nobody. */
export function impersonal(random: Random): string {
  const day = `${integer(random, 2009, 2026)}-${String(integer(random, 1, 12)).padStart(2, "0")}-${String(integer(random, 1, 28)).padStart(2, "0")}`;
  const weibo = `${pick(random, ["3", "4", "5"])}${digits(random, 15)}`;
  const douyin = `${pick(random, ["6", "7"])}${integer(random, 3, 9)}${digits(random, 17)}`;
  return pick(random, [
    `微博 ${weibo}`, `mid=${weibo}`, `抖音 ${douyin}`, `笔记 ${Array.from({ length: 24 }, () => pick(random, [..."0123456789abcdef"])).join("")}`,
    `价格 ${integer(random, 100, 99999999)}.${digits(random, 2)} 元`, `涨到￥${integer(random, 1, 999)},${digits(random, 3)},${digits(random, 3)}`, `共${integer(random, 10000, 9999999999)}人`,
    `${day} ${integer(random, 10, 23)}:${digits(random, 1)}5:00 发布`, `${day.replaceAll("-", ".")}-${day.replaceAll("-", ".")}`, `${day.replaceAll("-", "")}${digits(random, 6)}`,
    `视频 BV1${pick(random, ["x", "G", "4"])}${digits(random, 2)}1${letters(random, 1)}7${letters(random, 3)}`, `av${digits(random, 9)}`, `订单 ${pick(random, ["2", "3", "9"])}${digits(random, 13)}`, `单号SF${digits(random, 13)}`,
    `https://weibo.com/${integer(random, 1000000000, 7999999999)}/${letters(random, 9)}`, `https://m.weibo.cn/status/${weibo} 看这个`, `https://www.douyin.com/video/${douyin}`, `https://www.zhihu.com/question/${digits(random, 9)}/answer/1${integer(random, 3, 9)}${digits(random, 9)}`,
    `https://www.bilibili.com/video/BV1xx411c7mD?p=${integer(random, 1, 99)}&t=${digits(random, 10)}`, `https://example.com/a?id=${weibo}`, `时间戳 1${digits(random, 9)}`, `毫秒 1${integer(random, 5, 7)}${digits(random, 11)}`,
    `服务器 ${integer(random, 11, 223)}.${integer(random, 100, 255)}.${integer(random, 10, 255)}.${integer(random, 100, 255)}`, `热线 ${pick(random, ["12345", "95588", "400-820-8820", "12315"])}`, `${pick(random, ["一二三四五，上山打老虎", "二〇二一年八月七日", "九九八十一", "三三两两"])}`,
    `阅读${integer(random, 10000, 999999)} 点赞${integer(random, 10000, 999999)} 转发${integer(random, 1000, 99999)}`, `微信公众号：人民日报 阅读10万+`, `微信支付${integer(random, 100, 99999)}元`, `QQ音乐播放${digits(random, 7)}次`,
    `东经131.${digits(random, 6)}，北纬${integer(random, 20, 50)}.${digits(random, 6)}`, `圆周率3.14159265358979`, `第${integer(random, 10000, 99999)}号公告〔${day.slice(0, 4)}〕${digits(random, 3)}号`,
  ]);
}
