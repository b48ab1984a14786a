import type { z } from "zod";
import { coverage as analyzer } from "../../analyzers/event/coverage.ts";
import type { Part, Section } from "../contract.ts";
import { teller } from "../narrative/say.ts";

type Data = z.infer<typeof analyzer.data>;

export const coverage: Section<Data> = {
  id: "coverage",
  heading: { zh: "口径卡", en: "Coverage" },

  tell(finding, language) {
    const { say, fact, figure } = teller(finding, language);
    const { data } = finding;
    const parts = (keys: [string, string][]): Part[] => keys.filter(([key]) => (figure(key).value ?? 0) > 0).flatMap(([key, words]) => [words, fact(key)]);
    if (language === "en") {
      return [
        say`${fact("read")} rows were read and ${fact("kept")} kept${parts([["duplicates", "; duplicates "], ["outside", "; outside the window "], ["accounts", "; about accounts "], ["rejected", "; rejected "]])}.`,
        ...(data.outside_roots > 0 ? [say`${fact("outside_roots")} originals outside the window are reposted or commented on inside it; they are not counted.`] : []),
        ...(data.low.length > 0 ? [say`Known for only part of the posts: ${data.low.map((column) => figure(`known.${column}`).label.en).join(", ")}; sections that need these speak of the known posts only.`] : []),
      ];
    }
    return [
      say`共读入 ${fact("read")} 行，计入 ${fact("kept")}${parts([["duplicates", "；重复 "], ["outside", "；时间窗口外 "], ["accounts", "；账号行 "], ["rejected", "；拒收 "]])}。`,
      ...(data.outside_roots > 0 ? [say`窗口外有 ${fact("outside_roots")} 条原帖被窗口内的转发或评论引用，不计入。`] : []),
      ...(data.low.length > 0 ? [say`以下各项仅部分帖文可知：${data.low.map((column) => figure(`known.${column}`).label.zh).join("、")}；相关章节只就已知部分立论。`] : []),
    ];
  },

  charts: () => [],
};
