/**
 * Whose voice a sentence is. Word lists tell neither a reported view from an own one nor a rhetorical question from a real one; the patterns here do, where the wording
 * shows it. Cautious: what they do not know stays the author's own. Every pattern is linear.
 */

const first = /[我俺咱]|本人|个人(觉得|认为|感觉)|坐等/;
/** 记者从…获悉, 据…报道, 某某表示：, 有人说, 3月2日…召开. */
const reporting =
  /记者|报道|日电|[据经].{1,12}(报|消息|介绍|通报|了解|统计|透露|获悉)|消息(称|人士)|新闻|发布会|提示您|视频\s?[-：:]|^网友[：:]|(回应|反问|问|答)道|通报[称，：,:]|(表示|指出|强调|宣布|介绍|透露|提醒|回应称?|建议|呼吁|认为|要求|称|说道?)\s?[，,：:“"「]|(人士|专家|教授|院士|主任|部长|局长|发言人|总理|总统|官员|网友们?|有人|有些人|某些人|他们|她们|人家|大家都)(就|都|却)?(表示|认为|指出|强调|介绍|提醒|建议|呼吁|说|称|问|觉得)|新增|确诊.{0,6}\d|\d+例|\d月\d+日.{0,20}(召开|发布|举行|印发|公布)/;
/** Headlines and what media ask their readers. */
const prompting = /^(如何|怎样|怎么样?)[^我俺咱]{2,24}[？?]+$|^O[“"\u4e00-\u9fff]|你们?(还)?(觉得|认为|最|会|想|学会|知道|了解|怎么看|有).{0,24}[?？]\s*$|(快来|一起来|戳)|^[QＱ问][：:]|^什么是/;
/** What shops and collectors leave in posts. */
const advertising = /包邮|优惠券|满减|下单|秒杀|代购|淘口令|淘宝|抽奖|中奖|加盟|[加＋+]?(微信号?|[vV][xX]|[vV]信)[：:]|[加＋+](微信|[vV][xX]|[vV]信)|扫码|戳链接|点击(链接|下方|查看)|(预约|报名|咨询|订购)(电话|热线)|关注.{0,8}转发|转发.{0,8}(关注|抽)|@.{0,10}好友|互粉|[￥¥]\s?\d/;
const placeholder = /网页链接|(秒拍|微博|酷燃|抖音)视频|查看图片|(展开|收起)全文|全文$|^分享(图片|视频)$/;

const rhetorical =
  /凭什么|凭啥|难道|岂[能不是]|何必|何苦|怎么(能|敢|可以|好意思|还有脸|不去)|好意思|算什么|有(什么|啥)(用|意义|意思)|什么(玩意|东西|狗屁|逻辑|世道|鬼)|谁(受得了|信|敢|稀罕)|糊弄谁|骗谁|吓唬谁|(干|做|去)(嘛|吗|什么)去了|早干(嘛|吗|什么)|哪(有|来的)|没数吗|人干的事|找谁说理|就没有?.{1,8}吗|为什么非要|(不是|不就是|不会是|还有|有脸|对得起|良心).{0,12}[吗么？]|关.{0,4}什么事|何在|是不是(傻|有病|疯)|要不要脸/;
/** Question words that ask by themselves; others need a question mark. */
const asking = /为什么|为啥|为何|怎么办|咋办|怎么回事|请问|求问|想问|问一?下|什么时候|啥时候|何时|多久|几时|能不能|能否|可不可以|可否|有没有|要不要|会不会|是不是|行不行|谁知道|谁能|去哪|在哪|哪里(有|能|可以|买)/;
const marked = /(？|[吗呢嘛么没]\s?[?]|[吗呢])[？?！!~～…。\s]*$/;
/** A question word within a statement. */
const embedded = /(过不了|没过?)多久|(就|才|终于|都|再来|你)(会|能)?(明白|知道|懂|考虑)/;
const questionWord = /谁|什么|啥|怎|哪|几|多少|如何|是否|何|吗|呢|吧|么|没有?[？]|不[？]|[Aa]?不[\u4e00-\u9fff]/;

const hope = /([的有没丝线点给到满人怀]|失去|带来)希望|希望([的之破，。！!再到]|$)/;
const demanding = /建议|应该|应当|必须|呼吁|不如|最好|务必|理应|亟|严查|彻查|严惩|追责|问责|整改/;

const pairs: readonly [open: string, close: string][] = [["《", "》"], ["「", "」"], ["『", "』"], ["“", "”"], ["‘", "’"], ["（", "）"], ["(", ")"], ["[", "]"]];

/** Whether the sentence is the author's own opinion as far as its wording shows: not reported, no headline, no advertisement, no piece of a quotation. */
export function isOwnVoice(sentence: string): boolean {
  if (advertising.test(sentence) || placeholder.test(sentence) || prompting.test(sentence) || !isWhole(sentence)) return false;
  return first.test(sentence) || !reporting.test(sentence);
}

/** Whether every bracket and quotation mark is closed, and not all of the sentence stands within one. */
export function isWhole(sentence: string): boolean {
  const bare = sentence.trim();
  return pairs.every(([open, close]) => {
    const opened = bare.split(open).length - 1;
    return opened === bare.split(close).length - 1 && !(opened === 1 && bare.startsWith(open) && bare.indexOf(close) >= bare.length - 2);
  });
}

/** Whether a sentence with a word of suggestion suggests or wishes: 希望 may be a noun. */
export const isDemand = (sentence: string): boolean => demanding.test(sentence) || !hope.test(sentence);

/** A question that states its answer: 凭什么…, 难道…, 有什么用. */
export const isRhetorical = (sentence: string): boolean => rhetorical.test(sentence);

/** A question that wants an answer: a question word and, unless that word can only ask, a question mark or 吗, 呢 at the end. A bare "?" is often a lost emoji, and asks nothing. */
export function isQuestion(sentence: string): boolean {
  if (isRhetorical(sentence) || embedded.test(sentence)) return false;
  return asking.test(sentence) || (marked.test(sentence) && questionWord.test(sentence));
}
