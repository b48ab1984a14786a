import type { z } from "zod";
import { briefName, provinceKey } from "../../analyzers/divisions.ts";
import { least, listedPlaces, regions as analyzer } from "../../analyzers/event/regions.ts";
import type { Finding } from "../../analyzers/contract.ts";
import type { Language } from "../../pipeline/errors.ts";
import { palette } from "../charts/theme.ts";
import { tileGrid } from "../charts/tile-grid.ts";
import { postsText, sizeText, tip, tipped } from "../charts/tip.ts";
import type { Chart, Part, Section, Sentence } from "../contract.ts";
import { integer, round, share } from "../format.ts";
import { nameOf } from "../names.ts";
import { clearlyMore, type Gate } from "../narrative/gates.ts";
import { teller, titled } from "../narrative/say.ts";

type Data = z.infer<typeof analyzer.data>;
type Located = Data["sources"][number];

const sourceNames: Record<Located["source"], [zh: string, en: string]> = {
  ip: ["发布地（IP 属地）", "publisher's region (IP)"],
  profile: ["账号资料地区", "profile region"],
  mentioned: ["正文提到的省份", "provinces mentioned"],
};

const regionName = (key: string, language: Language): string => nameOf("region", key, language);

export const regions: Section<Data> = {
  id: "regions",
  heading: { zh: "区域热度", en: "Regions" },

  tell(finding, language) {
    if (finding.status !== "ok") return [];
    const { sources, shown } = finding.data;
    const at = (source: string) => sources.find((one) => one.source === source)!;
    const { say } = teller(finding, language);
    const other = shown === "ip" && at("profile").of >= least ? at("profile") : null;
    const lead: Sentence[] = shown === null
      ? [language === "zh" ? say`数据没有发布地，以下只列正文提到的省份。` : say`The data does not say where posts come from; only mentions are listed.`]
      : shown === "profile"
        ? [language === "zh" ? say`IP 属地未知或不足以立论，以下发布地按账号资料所填地区。` : say`IP regions are unknown or too few; regions below are those of the profiles.`]
        : [];
    return [
      ...lead,
      ...(shown === null ? [] : [publishers(finding, at(shown), language), ...outliers(finding, language)]),
      ...(other ? [publishers(finding, other, language)] : []),
      ...(at("mentioned").regions.length > 0 ? [mentions(finding, at("mentioned"), language)] : []),
      ...places(finding, language),
    ];
  },

  charts(finding, language) {
    const { data } = finding;
    const located = data.sources.filter(({ regions }) => regions.length > 0);
    const shown = located.find(({ source }) => source === data.shown);
    return [...(shown ? [map(shown, finding, language)] : []), ...located.map((one) => ranking(one, finding, language)), ...(listedPlaces(data).length > 0 ? [placeRanking(finding, language)] : [])];
  },
};

/** Where posts come from: the first place, the next two, and what lies outside the provinces. */
function publishers(finding: Finding<Data>, located: Located, language: Language): Sentence {
  const { say, fact } = teller(finding, language);
  const zh = language === "zh";
  const { source, of, regions, apart } = located;
  const key = (region: string): string => `${source}.${of < least ? "posts" : "share"}.${region}`;
  const item = ({ region }: { region: string }, gate?: Gate): Part[] => [regionName(region, language), zh ? "（" : " (", fact(key(region), undefined, gate), zh ? "）" : ")"];
  const list = (rows: readonly { region: string }[], gate?: Gate): Part[] => rows.flatMap((row, i) => (i === 0 ? item(row, gate) : [zh ? "、" : ", ", ...item(row)]));
  const firsts = regions.filter(({ posts }) => posts === regions[0]!.posts).slice(0, 3);
  const next = regions.slice(firsts.length, firsts.length + 2);
  const outside = apart.length === 0 ? [] : [zh ? "；另有" : "; besides, ", ...list(apart)];
  const what = sourceNames[source][zh ? 0 : 1];
  if (regions.length === 0) return zh ? say`${what}已知的 ${fact(`${source}.of`)}帖文均不在各省份：${list(apart)}。` : say`None of the ${fact(`${source}.of`)} with a known ${what} is from a province: ${list(apart)}.`;
  const gate = firstGate(located);
  if (zh) return say`${what}已知的 ${fact(`${source}.of`)}帖文中，${list(firsts, gate)}${firsts.length > 1 ? "并列首位" : gate ? "居首位" : "最多"}${next.length > 0 ? ["，其次为", ...list(next)] : []}${outside}。`;
  return say`Of ${fact(`${source}.of`)} with a known ${what}, ${list(firsts, gate)} ${firsts.length > 1 ? "share the first place" : gate ? "comes first" : "has most"}${next.length > 0 ? [", then ", ...list(next)] : []}${outside}.`;
}

/** Allows to call the first province the first of several. */
function firstGate({ source, of, regions }: Located): Gate | undefined {
  const [first, ...others] = regions;
  const key = (region: string): string => `${source}.${of < least ? "posts" : "share"}.${region}`;
  return others.length > 0 && others.every(({ posts }) => clearlyMore(first!.posts, posts)) ? { kind: "first", key: key(first!.region), among: key(""), except: ["海外", "其他"] } : undefined;
}

/** Provinces that post more or less than their residents let expect, as far as the test allows to say so. */
function outliers(finding: Finding<Data>, language: Language): Sentence[] {
  const { say, fact } = teller(finding, language);
  const zh = language === "zh";
  const { quotients, shown, event_region, sources } = finding.data;
  const marked = quotients.filter((row) => row.marked);
  const tested = (region: string): Gate => ({ kind: "tested", by: `quotients.${quotients.findIndex((row) => row.region === region)}.marked` });
  const list = (rows: typeof marked): Part[] => rows.flatMap(({ region }, i) => [i === 0 ? "" : zh ? "、" : ", ", regionName(region, language), zh ? "（" : " (", fact(`${shown}.quotient.${region}`, undefined, tested(region)), zh ? "）" : ")"]);
  const high = marked.filter(({ shrunk }) => shrunk > 1).slice(0, 3);
  const low = marked.filter(({ shrunk }) => shrunk < 1).slice(-3).reverse();
  const located = sources.find(({ source }) => source === shown)!;
  const home = located.of >= least && located.regions.slice(1).find(({ region }) => region === event_region);
  const parts: Part[][] = [...(high.length > 0 ? [[zh ? "偏多的有" : "more than expected: ", ...list(high)]] : []), ...(low.length > 0 ? [[zh ? "偏少的有" : "less than expected: ", ...list(low)]] : [])];
  const joined = parts.flatMap((part, i) => (i === 0 ? part : [zh ? "；" : "; ", ...part]));
  return [
    ...(home ? [zh ? say`事发地${home.region}占 ${fact(`${shown}.share.${home.region}`)}。` : say`${regionName(home.region, language)}, where it happened, has ${fact(`${shown}.share.${home.region}`)}.`] : []),
    ...(parts.length > 0 ? [zh ? say`相对常住人口（未校正平台用户的地区构成；括号内为区位商，相当为一）：${joined}。` : say`Relative to residents, not corrected for where the platforms' users live (location quotient in brackets, one = as expected): ${joined}.`] : []),
  ];
}

function mentions(finding: Finding<Data>, { of, regions }: Located, language: Language): Sentence {
  const { say, fact } = teller(finding, language);
  const zh = language === "zh";
  const list = regions.slice(0, 3).flatMap(({ region }, i): Part[] => [i === 0 ? "" : zh ? "、" : ", ", regionName(region, language), zh ? "（" : " (", fact(`mentioned.${of < least ? "posts" : "share"}.${region}`), zh ? "）" : ")"]);
  return zh ? say`有文字的 ${fact("mentioned.of")}帖文中，提到较多的省份为${list}；提到的地方不等于发布地，两者不相加。` : say`In ${fact("mentioned.of")} with text, the provinces most often mentioned are ${list}; a place mentioned is not where a post comes from, and the two are never added.`;
}

/** Cities and counties that texts name, and the names that cannot be told apart. */
function places(finding: Finding<Data>, language: Language): Sentence[] {
  const { say, fact } = teller(finding, language);
  const zh = language === "zh";
  const { unclear } = finding.data;
  const list = listedPlaces(finding.data).slice(0, 3).flatMap(({ code, name }, i): Part[] => [i === 0 ? "" : zh ? "、" : ", ", name, zh ? "（" : " (", fact(`place.posts.${code}`), zh ? "）" : ")"]);
  const names = unclear.names.slice(0, 3).map(({ name }) => name).join(zh ? "、" : ", ");
  return [
    ...(list.length > 0 ? [zh ? say`正文点名的市、县中，较多的是${list}。` : say`Of cities and counties, those most often named are ${list}.`] : []),
    ...(unclear.posts > 0 ? [zh ? say`另有 ${fact("unclear.posts")}提到多地同名、凭上下文分辨不出的地名（${names}），未归入任何一地。` : say`Another ${fact("unclear.posts")} name a place that several places share and that the context does not tell apart (${names}); they count for none.`] : []),
  ];
}

function placeRanking(finding: Finding<Data>, language: Language): Chart {
  const zh = language === "zh";
  const { say, fact } = teller(finding, language);
  const { places, unclear, sources } = finding.data;
  const listed = listedPlaces({ places });
  const { of } = sources.find(({ source }) => source === "mentioned")!;
  const values = listed.map(({ code, posts }) => ({ name: briefName(code), posts, label: integer(posts, language), tip: tip(briefName(code), postsText(posts, language), [sizeText(of, language)], language) }));
  const most = Math.max(...values.map(({ posts }) => posts));
  const first = listed[0]!;
  const named = fact(`place.posts.${first.code}`);
  const rest = unclear.posts === 0 ? "" : zh ? `；另有 ${integer(unclear.posts, language)} 条提到多地同名的地名，未归入` : `; another ${integer(unclear.posts, language)} name a place that several share, counted for none`;
  const right = (key: string, label: string) => ({ key, label, align: "right" as const });
  return {
    id: "regions-places",
    ...titled(zh ? say`正文点名最多的市县是${first.name}，${named}` : say`${first.name} is the city or county named most, by ${named}`),
    note: zh ? `正文点名的市县，单位：条；n = ${integer(of, language)}（有文字的帖文）；只计点名的那一级，县不并入市${rest}` : `cities and counties named in texts, posts; n = ${integer(of, language)} (with text); a county does not count for its city${rest}`,
    body: {
      kind: "vega-lite",
      spec: {
        data: { values },
        encoding: { y: { field: "name", type: "nominal", sort: null, axis: { title: null } } },
        layer: [
          { mark: { type: "bar" }, encoding: { x: { field: "posts", type: "quantitative", scale: { domainMax: most * 1.3, nice: false }, axis: { title: null, format: "~s", tickMinStep: 1 } }, ...tipped } },
          { mark: { type: "text", align: "left", dx: 4 }, encoding: { x: { field: "posts", type: "quantitative" }, text: { field: "label" } } },
        ],
        height: { step: 26 },
      },
    },
    table: {
      columns: [{ key: "name", label: zh ? "市县" : "city or county" }, { key: "province", label: zh ? "省份" : "province" }, { key: "code", label: zh ? "区划代码" : "code" }, right("posts", zh ? "帖文" : "posts"), right("share", zh ? "占比" : "share")],
      rows: [
        ...places.slice(0, 50).map(({ code, name, posts, share: part }) => ({ name, province: regionName(provinceKey(code), language), code, posts: integer(posts, language), share: share(part, language) })),
        ...unclear.names.map(({ name, posts }) => ({ name: zh ? `${name}（多地同名，未归入）` : `${name} (several places)`, province: "—", code: "—", posts: integer(posts, language), share: share(posts / of, language) })),
      ],
    },
  };
}

/** Posts, share where there are enough posts, the expectation by residents. */
function tipOf({ of, regions }: Located, region: string, language: Language): string {
  const row = regions.find((one) => one.region === region);
  const expected = row?.expected === undefined || row.expected === null ? "" : `${language === "zh" ? "按常住人口应有 " : "expected "}${integer(round(row.expected, 0), language)}`;
  return tip(regionName(region, language), postsText(row?.posts ?? 0, language), [row === undefined || of < least ? "" : share(row.share, language), expected, sizeText(of, language)], language);
}

function label({ of }: Located, row: { posts: number; share: number }, language: Language): string {
  return of < least ? integer(row.posts, language) : share(row.share, language);
}

function leading(located: Located, finding: Finding<Data>, language: Language): Sentence {
  const { say, fact } = teller(finding, language);
  const first = located.regions[0]!;
  const ties = located.regions.filter(({ posts }) => posts === first.posts);
  const zh = language === "zh";
  const gate = firstGate(located);
  const value = fact(`${located.source}.${located.of < least ? "posts" : "share"}.${first.region}`, undefined, ties.length > 1 || located.source === "mentioned" ? undefined : gate);
  const name = regionName(first.region, language);
  const [zhLeads, enLeads] = gate ? ["居首", "leads with"] : ["最多", "has most:"];
  if (ties.length > 1) return zh ? say`${name}等地并列首位，各 ${value}` : say`${name} and others share the first place, ${value} each`;
  if (located.source === "mentioned") return zh ? say`正文提到最多的是${name}，${value}` : say`${name} is mentioned most, ${value}`;
  if (located.source === "profile") return zh ? say`按账号资料，${name}${zhLeads}，${value}` : say`By profile, ${name} ${enLeads} ${value}`;
  return zh ? say`${name}${zhLeads}，${value}` : say`${name} ${enLeads} ${value}`;
}

function map(located: Located, finding: Finding<Data>, language: Language): Chart {
  const zh = language === "zh";
  const byRegion = new Map(located.regions.map((row) => [row.region, row]));
  const what = sourceNames[located.source][zh ? 0 : 1];
  return {
    id: "regions-map",
    ...titled(leading(located, finding, language)),
    note: zh ? `${what}，占已知帖文的比例，n = ${integer(located.of, language)}；每省一格，面积与边界无意义` : `${what}, share of known posts, n = ${integer(located.of, language)}; one tile a province, sizes and borders mean nothing`,
    body: { kind: "vega-lite", spec: tileGrid(new Map(located.regions.map(({ region, share }) => [region, share])), (key) => label(located, byRegion.get(key)!, language), (key) => tipOf(located, key, language), language) },
    table: table(located, language),
  };
}

/** All regions of a source; with the expectation by residents and the quotients where these are given. */
function table(located: Located, language: Language, quotients: Data["quotients"] = []): Chart["table"] {
  const zh = language === "zh";
  const rows = [...located.regions, ...located.apart.map((row) => ({ ...row, expected: null }))];
  const quotientOf = (region: string) => quotients.find((row) => row.region === region);
  const cells = rows.map(({ region, posts, share: part, expected }) => ({
    region: regionName(region, language),
    posts: integer(posts, language),
    share: located.of < least ? "—" : share(part, language),
    expected: expected === null ? "—" : integer(expected, language),
    quotient: quotientOf(region) ? round(quotientOf(region)!.shrunk, 2).toFixed(2) : "—",
  }));
  const right = (key: string, label: string) => ({ key, label, align: "right" as const });
  return {
    columns: [
      { key: "region", label: zh ? "地区" : "region" },
      right("posts", zh ? "帖文" : "posts"),
      right("share", zh ? "占比" : "share"),
      ...(quotients.length > 0 ? [right("expected", zh ? "按常住人口应有" : "expected by residents"), right("quotient", zh ? "区位商（收缩后）" : "location quotient (shrunk)")] : []),
    ],
    rows: cells,
  };
}

function ranking(located: Located, finding: Finding<Data>, language: Language): Chart {
  const { shown, quotients, base } = finding.data;
  const zh = language === "zh";
  const isShown = located.source === shown;
  const sign = (region: string) => {
    const row = isShown ? quotients.find((one) => one.region === region && one.marked) : undefined;
    return row === undefined ? "" : row.shrunk > 1 ? " ▲" : " ▼";
  };
  const values = located.regions.slice(0, isShown ? 12 : 8).map((row) => ({ name: regionName(row.region, language), posts: row.posts, expected: row.expected, edge: Math.max(row.posts, row.expected ?? 0), label: label(located, row, language) + sign(row.region), tip: tipOf(located, row.region, language) }));
  const what = sourceNames[located.source][zh ? 0 : 1];
  const first = values.slice(0, 3).map(({ name }) => name).join(zh ? "、" : ", ");
  const most = Math.max(...values.map(({ edge }) => edge));
  // On a bar a dark line needs a pale edge to be seen.
  const tick = (color: string, thickness: number) => ({ transform: [{ filter: "datum.expected !== null" }], mark: { type: "tick", color, thickness, opacity: 1 }, encoding: { x: { field: "expected", type: "quantitative" } } });
  const hasBase = values.some(({ expected }) => expected !== null);
  const explained = hasBase ? (zh ? `；竖线为按 ${base.zh}应有的条数${isShown ? "，▲▼ 为经检验的偏多、偏少" : ""}` : `; lines: posts expected by ${base.en}${isShown ? "; ▲▼ tested deviations" : ""}`) : "";
  return {
    id: `regions-${located.source}`,
    ...titled(isShown ? [zh ? `帖文较多的是${first}` : `Most posts come from ${first}`] : leading(located, finding, language)),
    note: zh ? `${what}，单位：条；n = ${integer(located.of, language)}${explained}` : `${what}, posts; n = ${integer(located.of, language)}${explained}`,
    body: {
      kind: "vega-lite",
      spec: {
        data: { values },
        encoding: { y: { field: "name", type: "nominal", sort: null, axis: { title: null } } },
        layer: [
          { mark: { type: "bar" }, encoding: { x: { field: "posts", type: "quantitative", scale: { domainMax: most * 1.3, nice: false }, axis: { title: null, format: "~s", tickMinStep: 1 } }, ...tipped } },
          ...(hasBase ? [tick(palette.paper, 5), tick(palette.ink, 2)] : []),
          { mark: { type: "text", align: "left", dx: 4 }, encoding: { x: { field: "edge", type: "quantitative" }, text: { field: "label" } } },
        ],
        height: { step: 26 },
      },
    },
    table: table(located, language, isShown ? quotients : []),
  };
}
