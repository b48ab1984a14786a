import type { z } from "zod";
import { coordination as analyzer } from "../../analyzers/event/coordination.ts";
import type { Language } from "../../pipeline/errors.ts";
import type { Section } from "../contract.ts";
import { integer } from "../format.ts";
import { dataTable } from "../html/figure.ts";
import { html, type Html } from "../html/html.ts";
import { moment } from "../narrative/moment.ts";
import { teller } from "../narrative/say.ts";

type Data = z.infer<typeof analyzer.data>;

export const coordination: Section<Data> = {
  id: "coordination",
  heading: { zh: "疑似集中发布（待核实）", en: "Possible coordinated posting (to be checked)" },

  tell(finding, language) {
    if (finding.status !== "ok") return [];
    const { say, fact } = teller(finding, language);
    const { found, unusual } = finding.data;
    if (language === "en") {
      if (found === 0) return [say`Five accounts or more posted the same words within ten minutes ${fact("bursts")} times; no group of accounts did so three times together.`];
      return [
        say`${fact("groups")} groups of accounts posted the same words within ten minutes three times or more; with the times shuffled ${fact("expected")} would be found on average, ${fact("most")} at most${unusual ? ": more than chance gives, a cue to be checked" : ": no more than chance gives"}.`,
        say`The largest has ${fact("authors.1")} that did so ${fact("bursts.1")} times. Syndication and accounts of one organisation look the same.`,
      ];
    }
    if (found === 0) return [say`五个以上账号在十分钟内发出同样的话共 ${fact("bursts")}次，没有一组账号一同这样做过三次以上。`];
    return [
      say`有 ${fact("groups")}组账号三次以上在十分钟内发出同样的话；若时刻随机，平均会出现 ${fact("expected")}组，最多 ${fact("most")}组，${unusual ? "多于偶然，疑似集中发布，待核实" : "并不多于偶然"}。`,
      say`最大的一组有 ${fact("authors.1")}，共 ${fact("bursts.1")}次。转载、接龙和同一机构的账号群也会如此，本节不判断任何账号。`,
    ];
  },

  charts: () => [],

  extra({ status, data }, language) {
    if (status !== "ok" || data.groups.length === 0) return null;
    const zh = language === "zh";
    const columns = [
      { label: zh ? "账号" : "accounts", align: "right" as const },
      { label: zh ? "其中机构" : "institutions", align: "right" as const },
      { label: zh ? "次数" : "times", align: "right" as const },
      { label: zh ? "用语" : "wordings", align: "right" as const },
      { label: zh ? "账号举例" : "some of the accounts" },
      { label: zh ? "缘由：何时、多少账号、什么话" : "reasons: when, how many accounts, what words" },
    ];
    const rows = data.groups.map((group) => [
      html`<a data-fact="authors.${group.no}">${integer(group.authors, language)}</a>`,
      integer(group.institutions, language),
      html`<a data-fact="bursts.${group.no}">${integer(group.bursts, language)}</a>`,
      integer(group.wordings, language),
      html`${group.accounts.map((name, i) => html`${i > 0 && (zh ? "、" : ", ")}<bdi>${name}</bdi>`)}${group.authors > group.accounts.length && (zh ? " 等" : " …")}`,
      html`${group.examples.map((example) => reason(example, data.utc_offset_ms, language))}`,
    ]);
    return dataTable("coordination-groups", zh ? "疑似集中发布的账号组" : "Groups of accounts that post together", columns, rows);
  },
};

function reason({ from_ms, to_ms, authors, id, title }: Data["groups"][number]["examples"][number], utcOffsetMs: number, language: Language): Html {
  const minutes = Math.max(1, Math.ceil((to_ms - from_ms) / 60_000));
  const span = language === "zh" ? `${minutes} 分钟内 ${authors} 个账号` : `${authors} accounts within ${minutes} min`;
  return html`<div>${moment(from_ms, language, utcOffsetMs, "minute")} ${span} <bdi>${title}</bdi> <small><a data-post="${id}"><bdi>${id}</bdi></a></small></div>`;
}
