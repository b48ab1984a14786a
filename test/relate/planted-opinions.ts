import type { Cue } from "../../pipeline/relate/opinions.ts";
import type { Polarity } from "../../pipeline/schema.ts";

// An invented event (smell in the tap water of an invented town): eight viewpoints, each said in many ways, and talk that is none of them.

interface Planted {
  share: number;
  cue: Cue;
  polarity: Polarity;
  templates: string[];
}

const slots: Record<string, string[]> = {
  谁: ["水务公司", "供水公司", "自来水公司", "水厂"],
  何处: ["我们小区", "老城区", "河东这边", "学校附近", "整栋楼"],
  何时: ["三天了", "都一个星期了", "从周末到现在", "从上周到今天", "四十八小时过去了"],
  口气: ["真的", "说实话", "讲道理", "不客气地说", "平心而论"],
};

export const viewpoints: Planted[] = [
  { share: 0.26, cue: "question", polarity: "neutral", templates: ["{谁}必须公布水质检测报告", "检测报告到底什么时候公布", "{何时}，检测报告一页都没看到", "请把水质检测的原始数据公布出来", "要求公开第三方检测报告", "没有检测数据，谁敢说水质合格", "水质检测做了没有，报告在哪里", "{口气}，公布检测数据有那么难吗", "一句水质合格不够，检测报告要公开", "希望每天公布一次水质检测数据", "取样在哪、谁检测、数据多少，报告要写清楚", "{何处}的水样检测了吗，报告给大家看看"] },
  { share: 0.2, cue: "criticism", polarity: "negative", templates: ["客服电话打了一上午都是忙音", "{谁}的客服热线永远占线", "{何处}打客服电话没有一个人接", "热线转来转去，最后自动挂断，这就是客服", "打了十几次电话，客服只会说已登记", "客服态度太差了，问两句就挂电话", "{口气}，这客服热线就是摆设", "{何时}，客服电话还是打不通", "留了三次电话，没有一个客服回访", "热线接通了也只会念稿子，客服太敷衍", "客服让我打维修热线，维修热线又让我打客服电话", "工单编号都不给，这客服热线糊弄谁呢"] },
  { share: 0.15, cue: "suggestion", polarity: "negative", templates: ["应该严查上游的化工厂", "上游化工厂偷排，必须追究到底", "{口气}，先查查上游那几家化工厂的排污口", "化工厂排污没人管，遭殃的是下游居民", "强烈建议关停上游排污的化工厂", "河水颜色都变了，化工厂敢说没有偷排吗", "排污许可是谁批给化工厂的，应该追责", "环保部门该去上游化工厂夜查了", "化工厂赚钱，下游喝污水，凭什么", "不追究偷排的企业，换一百根水管也没用", "化工厂的废水到底排去哪了", "对偷排废水的企业要罚到不敢再排"] },
  { share: 0.12, cue: "support", polarity: "positive", templates: ["感谢抢修师傅连夜作业", "抢修队的师傅们辛苦了", "看到凌晨还在抢修的工人，真的感谢", "给一线抢修师傅点赞", "{何处}的抢修师傅一夜没合眼，辛苦", "致敬冒雨抢修管道的工人师傅", "师傅们在泥水里抢修，大家多些理解", "{口气}，抢修工人是最辛苦的", "为连夜换管道的师傅加油", "抢修人员饭都顾不上吃，谢谢他们", "谢谢抢修师傅，注意安全", "向坚守在抢修现场的师傅们致敬"] },
  { share: 0.1, cue: "suggestion", polarity: "neutral", templates: ["建议按户发放桶装水", "{何时}，应该减免这个月的水费", "水费一分不少，桶装水一瓶不发", "建议社区给老人送桶装水上门", "停水期间的水费应该全免", "超市桶装水都抢空了，希望政府统一发放", "希望安排送水车，每个路口发桶装水", "{口气}，水费该减免了吧", "买桶装水的钱谁来补偿，水费先退了再说", "建议{谁}减免两个月水费作为补偿", "送水车一天来一次不够，建议增加发放点", "桶装水涨价了，希望有人管管"] },
  { share: 0.08, cue: "question", polarity: "negative", templates: ["家里有婴儿，用这水冲奶粉怎么放心", "孩子喝了拉肚子，健康谁负责", "{何处}好几个孩子过敏，家长急死了", "老人和孩子的肠胃经不起折腾", "孕妇能不能喝这个水，太让人担心了", "给孩子洗澡都不敢用，怕皮肤过敏", "孩子在学校喝的是什么水，家长很担心", "{口气}，最担心的是孩子的健康", "宝宝身上起疹子，是不是水的问题", "奶奶肠胃不好，喝了两天就拉肚子，真担心", "家长群里都在说孩子肚子疼，太吓人了", "婴儿皮肤嫩，洗完澡全身过敏"] },
  { share: 0.06, cue: "suggestion", polarity: "neutral", templates: ["别传谣言，等官方通报", "不信谣不传谣，等官方消息", "群里那些截图都是谣言，大家别转了", "造谣说有人中毒的，能不能负点责任", "{口气}，谣言比异味传得快", "转发之前先核实，别给谣言添柴", "那段视频是旧视频，造谣可耻", "大家冷静一点，谣言止于智者", "希望网友别再传播没有核实的消息", "造谣的人应该处罚", "中毒的说法是谣言，请等官方通报", "家人群里天天转谣言，求求别传了"] },
  { share: 0.03, cue: "suggestion", polarity: "neutral", templates: ["老城区的水管用了三十年，早该改造了", "管网老化年年说，改造什么时候动工", "建议把老旧管网改造列入明年预算", "水管锈成那样，不改造还会出事", "{何处}的管网是八十年代铺的，应该更换", "改造老旧管网才是根本办法", "管道锈蚀严重，修修补补没有用", "希望旧水管改造不要再拖", "三十年的铁管还在用，管网改造喊了多少年", "预算年年有，老旧管网就是不改造", "更换老化管道比发通告有用", "{口气}，管网老化是根子，改造要趁早"] },
];

/** Talk about anything else: a thing and what is said of it. */
const noise = {
  things: ["楼下早餐店", "图书馆", "公交车", "昨晚的球赛", "新上的电影", "我家的猫", "健身房", "理发店", "同城快递", "房租", "考研名额", "驾照考试", "菜市场", "周末爬山", "蓝牙耳机", "老友聚会", "夜宵外卖", "期末考试", "演唱会门票", "旅游攻略", "楼道的灯", "广场舞", "早高峰地铁", "阳台的花"],
  remarks: ["怎么又涨价了", "应该早点开门", "希望便宜一些", "真的太好了", "有没有人一起", "谁知道几点开始", "让人开心一整天", "排队排到头晕", "求推荐", "为什么这么火", "还不错，下次再去", "太让人失望了", "好像取消了吧", "建议提前预约", "值得一试", "没有想象中好", "怎么没人说", "辛苦排队的各位", "笑死我了", "凭什么限购"],
};

export interface Said {
  text: string;
  author: number;
  /** Index of the viewpoint, −1 for talk that is none. */
  viewpoint: number;
  cue: Cue;
  polarity: Polarity;
}

/** Mulberry32: the same seed, the same event. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const openings = ["", "", "", "", "唉，", "我觉得", "大家评评理，", "顶一下，", "同问，", "又来说一遍，"];
const endings = ["", "", "", "！", "。", "……", "，真是的", "，各位说呢", "，支持的转一下", "，没别的要求"];

/** `count` utterances of one author each, 30 % of them noise; some copied many times (Zipf). */
export function say(count: number, seed: number): Said[] {
  const next = random(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)]!;
  const said: Said[] = [];
  while (said.length < count) {
    const viewpoint = next() < 0.3 ? -1 : drawn(next());
    const template = viewpoint < 0 ? pick(noise.things) + pick(noise.remarks) : pick(viewpoints[viewpoint]!.templates);
    const text = pick(openings) + template.replace(/\{(.+?)\}/g, (_, slot: string) => pick(slots[slot]!)) + pick(endings);
    const { cue, polarity } = viewpoints[viewpoint] ?? ({ cue: "question", polarity: "neutral" } as const);
    const copies = next() < 0.02 ? Math.ceil(1 / (0.02 + next())) : 1;
    for (let copy = 0; copy < copies && said.length < count; copy++) said.push({ text, author: said.length, viewpoint, cue, polarity });
  }
  return said;
}

function drawn(u: number): number {
  let sum = 0;
  for (const [i, { share }] of viewpoints.entries()) if ((sum += share) > u) return i;
  return viewpoints.length - 1;
}
