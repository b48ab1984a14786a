import { describe, expect, it } from "vitest";
import { authorType } from "../../pipeline/import/posts/accounts.ts";
import { platformByName, platformByUrl, isGovernmentUrl } from "../../pipeline/import/posts/platforms.ts";
import { parseRegion } from "../../pipeline/import/posts/regions.ts";
import { parseTime } from "../../pipeline/import/posts/times.ts";
import { known, parseCount } from "../../pipeline/import/posts/values.ts";

const china = 8 * 3_600_000;
/** 2021-08-07 12:30:00 +08:00 = 04:30:00 UTC. */
const noon = Date.UTC(2021, 7, 7, 4, 30);
const midnight = Date.UTC(2021, 7, 6, 16);

describe("times", () => {
  const at = (text: string, captured: number | null = null): [number | null, string | null] => {
    const { ms, precision, problem } = parseTime(text, china, captured);
    return [ms, precision ?? problem];
  };
  const seconds = ["2021-08-07 12:30:00", "2021/8/7 12:30:00", "2021.08.07 12:30:00", "2021-08-07T12:30:00+08:00", "2021-08-07T04:30:00Z", "2021-08-07T04:30:00.000Z", "2021-08-07 12:30:00+0800", "2021年08月07日 12:30:00", "2021年8月7日 12点30分00秒", "Sat Aug 07 12:30:00 +0800 2021", "Sat, 07 Aug 2021 04:30:00 GMT", "1628310600", "1628310600000", "1628310600000000", "1628310600.0", "20210807123000", "44415.520833333336", "\u200b2021-08-07 12:30:00\ufeff"];
  for (const text of seconds) it(text, () => expect(at(text)).toEqual([noon, "second"]));
  for (const text of ["2021-08-07 12:30", "2021/08/07 12:30", "2021年08月07日 12:30", "2021年8月7日 星期六 12:30", "2021年8月7日中午12点30分"]) it(text, () => expect(at(text)).toEqual([noon, "minute"]));
  for (const text of ["2021-08-07", "2021/8/7", "2021.8.7", "20210807", "2021年8月7日", "44415"]) it(text, () => expect(at(text)).toEqual([midnight, "day"]));
  it("下午 is twelve hours later", () => expect(at("2021年8月7日下午3点")).toEqual([Date.UTC(2021, 7, 7, 7), "minute"]));
  it("keeps milliseconds of an ISO time", () => expect(at("2021-08-07T04:30:00.250Z")[0]).toBe(noon + 250));
  it("takes the caller's zone for times without one", () => expect(parseTime("2021-08-07 12:30:00", 0, null).ms).toBe(Date.UTC(2021, 7, 7, 12, 30)));

  for (const text of ["2021-02-29", "2021-13-01", "2021-08-07 25:00", "08/07/2021", "210807", "0044415", "1e10", "-1", "去年", "v0", "2021-08-07 12:30|1628310600", "x".repeat(5000)]) {
    it(`cannot be read: ${text.slice(0, 30)}`, () => expect(at(text, noon)).toEqual([null, "TIME_UNREADABLE"]));
  }
  for (const text of ["1970-01-01", "0001-01-01", "9999-12-31", "1986-05-04 00:30"]) it(`impossible: ${text}`, () => expect(at(text)).toEqual([null, "TIME_IMPLAUSIBLE"]));
  for (const text of ["", "-", "N/A", "null"]) it(`nothing: "${text}"`, () => expect(at(text)).toEqual([null, null]));

  const relative: [string, number, string][] = [
    ["刚刚", noon, "minute"],
    ["30秒前", noon - 30_000, "minute"],
    ["5分钟前", noon - 300_000, "minute"],
    ["3小时前", midnight, "day"],
    ["今天 12:10", noon - 1_200_000, "minute"],
    ["昨天 23:59", midnight - 60_000, "minute"],
    ["昨天", midnight - 86_400_000, "day"],
    ["7天前 上海", midnight - 7 * 86_400_000, "day"],
    ["07-01", Date.UTC(2021, 5, 30, 16), "day"],
    ["08-07 12:30", noon, "minute"],
    ["08月07日 12:30", noon, "minute"],
    ["编辑于 07-01", Date.UTC(2021, 5, 30, 16), "day"],
    ["12-31 23:00", Date.UTC(2020, 11, 31, 15), "minute"],
  ];
  for (const [text, ms, precision] of relative) {
    it(`${text}: from the capture time`, () => expect(at(text, noon)).toEqual([ms, precision]));
    it(`${text}: unknown without it`, () => expect(at(text)).toEqual([null, "TIME_RELATIVE"]));
  }
});

describe("counts", () => {
  const values: [string, number][] = [["0", 0], ["12", 12], ["1,234", 1234], ["1 234", 1234], ["1.2万", 12_000], ["１．２万", 12_000], ["1.5w", 15_000], ["1.2W", 12_000], ["3亿", 300_000_000], ["1千", 1000], ["1.0", 1], ["3万赞", 30_000], ["转发", 0], ["评论", 0], ["赞", 0]];
  for (const [text, value] of values) it(`${text} = ${value}`, () => expect(parseCount(text)).toEqual({ value, problem: null }));
  for (const [text, value] of [["10万+", 100_000], ["100w+", 1_000_000], ["1.2万+", 12_000]] as const) it(`${text} is a floor`, () => expect(parseCount(text)).toEqual({ value, problem: "COUNT_FLOOR" }));
  for (const text of ["", "-", "--", "null", "NaN", " "]) it(`"${text}" is unknown, not 0`, () => expect(parseCount(text)).toEqual({ value: null, problem: null }));
  for (const text of ["-5", "1e9", "99999999999999999999", "一万", "1'234", "约3万", "Infinity", "0x10", "1.5", "abc"]) it(`${text} cannot be read`, () => expect(parseCount(text)).toEqual({ value: null, problem: "COUNT_UNREADABLE" }));
});

describe("regions", () => {
  const keys: [string, string][] = [
    ["发布于 山东", "山东"], ["IP属地：浙江", "浙江"], ["ip属地：上海", "上海"], ["来自广东", "广东"], ["山东 济南", "山东"], ["山东济南", "山东"], ["济南", "山东"], ["山东省", "山东"], ["内蒙古自治区", "内蒙古"], ["北京 朝阳区", "北京"], ["中国香港", "香港"], ["台湾 台北市", "台湾"],
    ["其他", "其他"], ["海外", "海外"], ["海外 英国", "海外"], ["美国", "海外"], ["广东 其他", "广东"], ["陕西", "陕西"], ["山西", "山西"], ["吉林市", "吉林"], ["云南·大理", "云南"],
  ];
  for (const [text, key] of keys) it(`${text} → ${key}`, () => expect(parseRegion(text).key).toBe(key));
  it("knows that a cell calls itself an IP属地", () => {
    expect(parseRegion("IP属地：浙江").marked).toBe(true);
    expect(parseRegion("浙江").marked).toBe(false);
  });
  for (const text of ["", "无", "未知", "null"]) it(`nothing: "${text}"`, () => expect(parseRegion(text)).toEqual({ key: null, marked: false, problem: null }));
  for (const text of ["罗伯特", "美国队长", "朝阳", "x".repeat(100_000)]) it(`no region: ${text.slice(0, 10)}`, () => expect(parseRegion(text)).toMatchObject({ key: null, problem: "REGION_UNREADABLE" }));
});

describe("platforms and accounts", () => {
  it("names a platform by what files call it", () => {
    for (const [name, key] of [["新浪微博", "weibo"], ["微信公众号", "wechat"], ["抖音", "douyin"], ["客户端", "app"], ["新闻", "news"], ["贴吧", "tieba"], ["B站", "bilibili"]] as const) expect(platformByName(name)?.key, name).toBe(key);
    expect(platformByName("constructor")).toBe(null);
  });
  it("and by the longest known domain", () => {
    for (const [url, key] of [["https://weibo.com/1/a", "weibo"], ["http://m.weibo.cn/1", "weibo"], ["https://tieba.baidu.com/p/1", "tieba"], ["//www.zhihu.com/q", "zhihu"], ["www.thepaper.cn", "news"]] as const) expect(platformByUrl(url)?.key, url).toBe(key);
    expect(platformByUrl("https://weibo.com.evil.example/1")).toBe(null);
    expect(isGovernmentUrl("https://www.beijing.gov.cn/x")).toBe(true);
    expect(isGovernmentUrl("https://gov.cn.example.com/x")).toBe(false);
  });
  it("types accounts by code, label, then verification text", () => {
    const types: [string | null, string | null, string | null][] = [
      ["-1", null, "ordinary"], ["0", null, "celebrity"], ["1", null, "government"], ["2", null, "enterprise"], ["3", null, "media"], ["7", null, "institution"], ["220", null, "talent"],
      ["蓝V", null, "institution"], ["蓝V", "某市公安局官方微博", "government"], ["黄V", "某市公安局", "celebrity"], ["金V", null, "celebrity"], ["政务", null, "government"], ["普通用户", null, "ordinary"], ["达人", null, "talent"], ["媒体", null, "media"],
      [null, "某某日报官方微博", "media"], [null, "某某科技有限公司", "enterprise"], [null, "知名科技博主", "celebrity"], ["v0", null, null], [null, null, null],
    ];
    for (const [label, note, type] of types) expect(authorType(label, note), `${label} ${note}`).toBe(type);
  });
  it("takes placeholders and the two empty MD5 values as nothing", () => {
    for (const text of ["", " ", "-", "\t-", "—", "--", "无", "无标题", "null", "None", "/", "\u200b", "d41d8cd98f00b204e9800998ecf8427e", "e6fda0f0d3e0adfff69e334462d1ef6a"]) expect(known(text), JSON.stringify(text)).toBe(null);
    expect(known(" 无锡 ")).toBe("无锡");
  });
});
