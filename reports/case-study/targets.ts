import type { z } from "zod";
import { targets as analyzer } from "../../analyzers/event/targets.ts";
import { order, stackedCounts } from "../charts/polarity.ts";
import type { Section } from "../contract.ts";
import { integer } from "../format.ts";
import { nameOf } from "../names.ts";
import { teller } from "../narrative/say.ts";

type Data = z.infer<typeof analyzer.data>;

export const targets: Section<Data> = {
  id: "targets",
  heading: { zh: "对主体的态度", en: "Stance towards the subjects" },

  tell(finding, language) {
    if (finding.status !== "ok") return [];
    const { say, fact } = teller(finding, language);
    const { subjects, rare } = finding.data;
    const seldom = rare.map(({ subject }) => subject);
    if (language === "en") {
      return [
        ...subjects.map(({ subject }) => say`${fact(`posts.${subject}`)} name ${subject}; the model takes ${fact(`negative.${subject}`)} of them as critical of it and ${fact(`positive.${subject}`)} as favourable.`),
        ...(seldom.length > 0 ? [say`Too few posts name ${seldom.join(", ")}.`] : []),
      ];
    }
    return [
      ...subjects.map(({ subject }) => say`提到${subject}的帖文 ${fact(`posts.${subject}`)}，其中模型判为批评 ${fact(`negative.${subject}`)}、肯定 ${fact(`positive.${subject}`)}，其余为中性提及。`),
      ...(seldom.length > 0 ? [say`提到${seldom.join("、")}的帖文太少，不作判断。`] : []),
    ];
  },

  charts({ data: { subjects } }, language) {
    const zh = language === "zh";
    const stance = (key: string) => nameOf("stance", key, language);
    const most = subjects[0] && [...subjects].sort((a, b) => b.stances.negative - a.stances.negative || (a.subject < b.subject ? -1 : 1))[0]!;
    if (!most) return [];
    return [
      {
        id: "targets-stances",
        title: (most.stances.negative === 0 ? (zh ? "未见批评主体的帖文" : "No post is critical of a subject") : zh ? `批评最多的是${most.subject}` : `Most criticism is of ${most.subject}`) + (zh ? "（模型判断）" : " (by model)"),
        note: zh ? "条；提到该主体且有自己文字的帖文；未经人工核对" : "posts with own words that name the subject; not checked by people",
        body: stackedCounts(subjects.map(({ subject, stances }) => ({ name: subject, counts: stances })), "stance", language),
        table: {
          columns: [
            { key: "subject", label: zh ? "主体" : "subject" },
            { key: "posts", label: zh ? "提到的帖文" : "posts", align: "right" },
            ...order.map((key) => ({ key, label: stance(key), align: "right" as const })),
            { key: "public", label: zh ? "其中民间批评" : "critical, public", align: "right" },
          ],
          rows: subjects.map(({ subject, posts, stances, fields }) => ({
            subject,
            posts: integer(posts, language),
            ...Object.fromEntries(order.map((key) => [key, integer(stances[key], language)])),
            public: integer(fields.find(({ field }) => field === "public")?.stances.negative ?? 0, language),
          })),
        },
      },
    ];
  },
};
