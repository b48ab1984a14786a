import { describe, expect, it } from "vitest";
import { Pseudonyms } from "../../pipeline/import/privacy/privacy.ts";
import type { Post } from "../../pipeline/schema.ts";
import { importAll, scratch } from "./import-all.ts";
import { csvText, jsonLines, jsonText, workbookOf } from "./tables.ts";

/** Name, platform, kind of rows, header: as MediaCrawler writes them since 2026-07 (creator_hash) and wrote them before (formats.md §1). */
const formats: [name: string, platform: string, kind: "original" | "comment" | "account", header: string][] = [
  ["MediaCrawler 小红书", "xiaohongshu", "original", "note_id,type,title,desc,video_url,time,last_update_time,creator_hash,nickname,liked_count,collected_count,comment_count,share_count,image_list,tag_list,last_modify_ts,note_url,source_keyword,xsec_token"],
  ["MediaCrawler 小红书评论", "xiaohongshu", "comment", "comment_id,create_time,note_id,content,creator_hash,nickname,sub_comment_count,pictures,parent_comment_id,last_modify_ts,like_count"],
  ["MediaCrawler 抖音", "douyin", "original", "aweme_id,aweme_type,title,desc,create_time,creator_hash,nickname,liked_count,collected_count,comment_count,share_count,last_modify_ts,aweme_url,cover_url,video_download_url,music_download_url,note_download_url,source_keyword"],
  ["MediaCrawler 抖音评论", "douyin", "comment", "comment_id,create_time,aweme_id,content,creator_hash,nickname,sub_comment_count,like_count,last_modify_ts,parent_comment_id,pictures"],
  ["MediaCrawler 快手", "kuaishou", "original", "video_id,video_type,title,desc,create_time,creator_hash,nickname,liked_count,viewd_count,last_modify_ts,video_url,video_cover_url,video_play_url,source_keyword"],
  ["MediaCrawler 快手评论", "kuaishou", "comment", "comment_id,create_time,video_id,content,creator_hash,nickname,sub_comment_count,last_modify_ts"],
  ["MediaCrawler B站", "bilibili", "original", "video_id,video_type,title,desc,create_time,creator_hash,nickname,liked_count,disliked_count,video_play_count,video_favorite_count,video_share_count,video_coin_count,video_danmaku,video_comment,last_modify_ts,video_url,video_cover_url,source_keyword"],
  ["MediaCrawler B站评论", "bilibili", "comment", "comment_id,parent_comment_id,create_time,video_id,content,creator_hash,nickname,sub_comment_count,like_count,last_modify_ts"],
  ["MediaCrawler B站动态", "bilibili", "original", "dynamic_id,creator_hash,user_name,text,type,pub_ts,total_comments,total_forwards,total_liked,last_modify_ts"],
  ["MediaCrawler 微博", "weibo", "original", "note_id,content,create_time,create_date_time,liked_count,comments_count,shared_count,last_modify_ts,note_url,creator_hash,nickname,source_keyword"],
  ["MediaCrawler 微博评论", "weibo", "comment", "comment_id,create_time,create_date_time,note_id,content,sub_comment_count,comment_like_count,last_modify_ts,parent_comment_id,creator_hash,nickname"],
  ["MediaCrawler 贴吧", "tieba", "original", "note_id,title,desc,note_url,publish_time,creator_hash,user_nickname,tieba_name,tieba_link,total_replay_num,total_replay_page,source_keyword,last_modify_ts"],
  ["MediaCrawler 贴吧评论", "tieba", "comment", "comment_id,parent_comment_id,content,creator_hash,user_nickname,publish_time,sub_comment_count,note_id,note_url,tieba_id,tieba_name,tieba_link,last_modify_ts"],
  ["MediaCrawler 贴吧账号", "tieba", "account", "creator_hash,user_nickname,follows,fans,registration_duration"],
  ["MediaCrawler 知乎", "zhihu", "original", "content_id,content_type,content_text,content_url,question_id,title,desc,created_time,updated_time,voteup_count,comment_count,source_keyword,creator_hash,user_nickname,last_modify_ts"],
  ["MediaCrawler 知乎评论", "zhihu", "comment", "comment_id,parent_comment_id,content,publish_time,sub_comment_count,like_count,dislike_count,content_id,content_type,creator_hash,user_nickname,last_modify_ts"],
  ["MediaCrawler 知乎账号", "zhihu", "account", "creator_hash,user_nickname,follows,fans,anwser_count,video_count,question_count,article_count,column_count,get_voteup_count"],
  ["MediaCrawler 小红书", "xiaohongshu", "original", "note_id,type,title,desc,video_url,time,last_update_time,user_id,nickname,avatar,liked_count,collected_count,comment_count,share_count,ip_location,image_list,tag_list,last_modify_ts,note_url,source_keyword,xsec_token"],
  ["MediaCrawler 小红书评论", "xiaohongshu", "comment", "comment_id,create_time,ip_location,note_id,content,user_id,nickname,avatar,sub_comment_count,pictures,parent_comment_id,last_modify_ts,like_count"],
  ["MediaCrawler 小红书账号", "xiaohongshu", "account", "user_id,nickname,gender,avatar,desc,ip_location,follows,fans,interaction,tag_list,last_modify_ts"],
  ["MediaCrawler 抖音", "douyin", "original", "aweme_id,aweme_type,title,desc,create_time,user_id,sec_uid,short_user_id,user_unique_id,user_signature,nickname,avatar,liked_count,collected_count,comment_count,share_count,ip_location,last_modify_ts,aweme_url,cover_url,video_download_url,music_download_url,note_download_url,source_keyword"],
  ["MediaCrawler 抖音评论", "douyin", "comment", "comment_id,create_time,ip_location,aweme_id,content,user_id,sec_uid,short_user_id,user_unique_id,user_signature,nickname,avatar,sub_comment_count,like_count,last_modify_ts,parent_comment_id,pictures"],
  ["MediaCrawler 抖音账号", "douyin", "account", "user_id,nickname,gender,avatar,desc,ip_location,follows,fans,interaction,videos_count,last_modify_ts"],
  ["MediaCrawler 快手", "kuaishou", "original", "video_id,video_type,title,desc,create_time,user_id,nickname,avatar,liked_count,viewd_count,last_modify_ts,video_url,video_cover_url,video_play_url,source_keyword"],
  ["MediaCrawler 快手评论", "kuaishou", "comment", "comment_id,create_time,video_id,content,user_id,nickname,avatar,sub_comment_count,last_modify_ts"],
  ["MediaCrawler 快手账号", "kuaishou", "account", "user_id,nickname,gender,avatar,desc,ip_location,follows,fans,interaction,last_modify_ts"],
  ["MediaCrawler B站", "bilibili", "original", "video_id,video_type,title,desc,create_time,user_id,nickname,avatar,liked_count,disliked_count,video_play_count,video_favorite_count,video_share_count,video_coin_count,video_danmaku,video_comment,last_modify_ts,video_url,video_cover_url,source_keyword"],
  ["MediaCrawler B站评论", "bilibili", "comment", "comment_id,parent_comment_id,create_time,video_id,content,user_id,nickname,sex,sign,avatar,sub_comment_count,like_count,last_modify_ts"],
  ["MediaCrawler B站账号", "bilibili", "account", "user_id,nickname,sex,sign,avatar,last_modify_ts,total_fans,total_liked,user_rank,is_official"],
  ["MediaCrawler B站动态", "bilibili", "original", "dynamic_id,user_id,user_name,text,type,pub_ts,total_comments,total_forwards,total_liked,last_modify_ts"],
  ["MediaCrawler 微博", "weibo", "original", "note_id,content,create_time,create_date_time,liked_count,comments_count,shared_count,last_modify_ts,note_url,ip_location,user_id,nickname,gender,profile_url,avatar,source_keyword"],
  ["MediaCrawler 微博评论", "weibo", "comment", "comment_id,create_time,create_date_time,note_id,content,sub_comment_count,comment_like_count,last_modify_ts,ip_location,parent_comment_id,user_id,nickname,gender,profile_url,avatar"],
  ["MediaCrawler 微博账号", "weibo", "account", "user_id,nickname,gender,avatar,desc,ip_location,follows,fans,tag_list,last_modify_ts"],
  ["MediaCrawler 贴吧", "tieba", "original", "note_id,title,desc,note_url,publish_time,user_link,user_nickname,user_avatar,tieba_name,tieba_link,total_replay_num,total_replay_page,ip_location,source_keyword"],
  ["MediaCrawler 贴吧", "tieba", "original", "note_id,title,desc,note_url,publish_time,user_link,user_nickname,user_avatar,tieba_name,tieba_link,total_replay_num,total_replay_page,ip_location,source_keyword,last_modify_ts"],
  ["MediaCrawler 贴吧评论", "tieba", "comment", "comment_id,parent_comment_id,content,user_link,user_nickname,user_avatar,publish_time,ip_location,sub_comment_count,note_id,note_url,tieba_id,tieba_name,tieba_link"],
  ["MediaCrawler 贴吧评论", "tieba", "comment", "comment_id,parent_comment_id,content,user_link,user_nickname,user_avatar,publish_time,ip_location,sub_comment_count,note_id,note_url,tieba_id,tieba_name,tieba_link,last_modify_ts"],
  ["MediaCrawler 贴吧账号", "tieba", "account", "user_id,user_name,nickname,gender,avatar,ip_location,follows,fans,registration_duration"],
  ["MediaCrawler 知乎", "zhihu", "original", "content_id,content_type,content_text,content_url,question_id,title,desc,created_time,updated_time,voteup_count,comment_count,source_keyword,user_id,user_link,user_nickname,user_avatar,user_url_token,last_modify_ts"],
  ["MediaCrawler 知乎评论", "zhihu", "comment", "comment_id,parent_comment_id,content,publish_time,ip_location,sub_comment_count,like_count,dislike_count,content_id,content_type,user_id,user_link,user_nickname,user_avatar,last_modify_ts"],
  ["MediaCrawler 知乎账号", "zhihu", "account", "user_id,user_link,user_nickname,user_avatar,url_token,gender,ip_location,follows,fans,anwser_count,video_count,question_count,article_count,column_count,get_voteup_count"],
  // December 2024: fewer columns.
  ["MediaCrawler 抖音", "douyin", "original", "aweme_id,aweme_type,title,desc,create_time,user_id,sec_uid,short_user_id,user_unique_id,user_signature,nickname,avatar,liked_count,collected_count,comment_count,share_count,ip_location,last_modify_ts,aweme_url,source_keyword"],
  ["MediaCrawler B站评论", "bilibili", "comment", "comment_id,parent_comment_id,create_time,video_id,content,user_id,nickname,avatar,sub_comment_count,last_modify_ts"],
  // Tables of the database: a row number first.
  ["MediaCrawler 微博", "weibo", "original", "id,user_id,nickname,avatar,gender,profile_url,ip_location,add_ts,last_modify_ts,note_id,content,create_time,create_date_time,liked_count,comments_count,shared_count,note_url,source_keyword"],
];

/** 2024-08-01 01:08:55 +08:00. */
const instant = Date.UTC(2024, 6, 31, 17, 8, 55);
const seconds = "1722445735";
const milliseconds = "1722445735000";
const post = "7412001234567890123";
const comment = "5012345678901";
const parent = "5012345678900";

/** One invented cell a header; the times as each platform's file has them. */
function cell(name: string, platform: string, kind: string): string {
  if (name === "create_time") return platform === "kuaishou" || platform === "xiaohongshu" ? milliseconds : seconds;
  if (name === "publish_time") return platform === "tieba" ? "2024-08-01 01:08" : seconds;
  if (/^(?:liked_count|like_count|comment_like_count|voteup_count|total_liked)$/.test(name)) return kind === "account" ? "9" : "1.2万";
  if (/^(?:comments?_count|sub_comment_count|video_comment|total_replay_num|total_comments)$/.test(name)) return "34";
  if (/^(?:shared?_count|video_share_count|total_forwards)$/.test(name)) return "5";
  const values: Record<string, string> = {
    id: "123456", note_id: post, aweme_id: post, video_id: post, content_id: post, dynamic_id: post, comment_id: comment, parent_comment_id: parent,
    create_date_time: "2024-08-01 01:08:55+08:00", time: milliseconds, created_time: seconds, pub_ts: seconds, last_modify_ts: "1722449335000", add_ts: "1722449335000", last_update_time: "1722449000000", updated_time: "1722449000",
    content: "河水又涨了，大家注意安全", desc: "河水又涨了，大家注意安全", text: "河水又涨了，大家注意安全", content_text: "河水又涨了，大家注意安全", title: "汛期",
    user_id: "1000000001", creator_hash: "9f86d081884c7d65", sec_uid: "MS4wLjABAAAA", user_unique_id: "shitou1", nickname: "溪边的石头", user_nickname: "溪边的石头", user_name: "溪边的石头",
    ip_location: "浙江", gender: "男", viewd_count: "6.7万", video_play_count: "6.7万", fans: "1.5万", total_fans: "1.5万", follows: "88", tieba_name: "钓鱼吧", source_keyword: "汛期",
    disliked_count: "0", collected_count: "7", total_replay_page: "2", type: "normal",
  };
  if (kind === "account" && name === "desc") return "喜欢钓鱼";
  return values[name] ?? "";
}

function expectedPost(platform: string, kind: string, header: readonly string[]): Partial<Post> {
  const has = (...names: string[]): boolean => names.some((name) => header.includes(name));
  const author = has("creator_hash") ? "9f86d081884c7d65" : has("user_id") ? "1000000001" : "溪边的石头";
  return {
    id: kind === "comment" ? `${platform}:comment:${comment}` : `${platform}:${post}`,
    platform,
    kind,
    root: kind === "comment" ? `${platform}:${post}` : null,
    parent: kind !== "comment" ? null : has("parent_comment_id") ? `${platform}:comment:${parent}` : `${platform}:${post}`,
    own: "河水又涨了，大家注意安全",
    title: has("title") ? "汛期" : null,
    published_ms: platform === "tieba" ? instant - 55_000 : instant,
    precision: platform === "tieba" ? "minute" : "second",
    author: new Pseudonyms("test").of(`${platform}\u0000${author}`),
    author_name: "溪***头",
    author_type: null,
    region_ip: has("ip_location") ? "浙江" : null,
    region_profile: null,
    likes: has("liked_count", "like_count", "comment_like_count", "voteup_count", "total_liked") ? 12_000 : null,
    comments: has("comment_count", "comments_count", "sub_comment_count", "video_comment", "total_replay_num", "total_comments") ? 34 : null,
    reposts: has("share_count", "shared_count", "video_share_count", "total_forwards") ? 5 : null,
    reads: has("viewd_count", "video_play_count") ? 67_000 : null,
  };
}

describe("MediaCrawler", () => {
  it("covers seven platforms", () => expect(new Set(formats.map(([, platform]) => platform)).size).toBe(7));
  for (const [name, platform, kind, names] of formats) {
    const header = names.split(",");
    const rows = [header.map((column) => cell(column, platform, kind))];
    const files: [string, string | Uint8Array][] = [["csv", csvText(header, rows)], ["json", jsonText(header, rows)], ["jsonl", jsonLines(header, rows)], ["xlsx", workbookOf([{ name: "Contents", rows: [header, ...rows] }])]];
    it(`${name}: ${header.length} columns, ${header.includes("creator_hash") ? "hashed" : "with ids"}, as csv, json, jsonl and xlsx`, async () => {
      for (const [type, content] of files) {
        const { posts, accounts, rejects, summary } = await importAll(scratch(content, `sample.${type}`));
        expect([type, summary.profile, rejects]).toEqual([type, name, []]);
        expect(summary.formatNote === null, type).toBe(!header.includes("creator_hash"));
        expect(summary.headers.filter(({ column, known }) => column === null && !known), type).toEqual([]);
        expect(summary.suspicions.map(({ code }) => code).filter((code) => /^(?:TIME|COUNT|REGION|ID_|IDS_)/.test(code)), type).toEqual([]);
        if (kind === "account") {
          const key = header.includes("creator_hash") ? "9f86d081884c7d65" : platform === "tieba" ? "溪边的石头" : "1000000001";
          expect([posts, accounts], type).toEqual([[], [{ author: new Pseudonyms("test").of(`${platform}\u0000${key}`), author_type: null, followers: 15_000, region_ip: header.includes("ip_location") ? "浙江" : null, region_profile: null }]]);
        } else expect(posts, type).toEqual([expect.objectContaining(expectedPost(platform, kind, header))]);
      }
    });
  }
  it("who follows whom: the followers are accounts of whom nothing is known", async () => {
    const header = "up_id,fan_id,up_name,fan_name,up_sign,fan_sign,up_avatar,fan_avatar,last_modify_ts".split(",");
    const { posts, accounts, summary } = await importAll(scratch(csvText(header, [["1", "1000000001", "甲", "溪边的石头", "", "", "", "", "1722449335000"]])));
    expect([summary.profile, posts, accounts, summary.suspicions]).toEqual(["MediaCrawler B站关注", [], [{ author: new Pseudonyms("test").of("bilibili\u00001000000001"), author_type: null, followers: null, region_ip: null, region_profile: null }], []]);
  });
  it("workbook: its three sheets are read each in its own way", async () => {
    const sheet = (name: string, format: string, legacy = true): { name: string; rows: string[][] } => {
      const [, platform, kind, names] = formats.find(([is, , , header]) => is === format && legacy === !header.includes("creator_hash"))!;
      return { name, rows: [names.split(","), names.split(",").map((column) => cell(column, platform, kind))] };
    };
    const path = scratch(workbookOf([sheet("Contents", "MediaCrawler B站"), sheet("Comments", "MediaCrawler B站评论"), sheet("Creators", "MediaCrawler B站账号")]), "bili.xlsx");
    const { posts, accounts, summary } = await importAll(path);
    expect([posts.map(({ kind }) => kind), accounts.length, summary.read, summary.skippedSheets]).toEqual([["original", "comment"], 1, 3, []]);
    expect(new Set([...posts, ...accounts].map(({ author }) => author)).size).toBe(1);
    expect(posts[1]!.root).toBe(posts[0]!.id);
  });
});
