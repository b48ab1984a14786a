import type { z } from "zod";
import type { lenses } from "../../analyzers/event/lenses.ts";
import { phaseWords } from "../../analyzers/event/phases.ts";
import type { Language } from "../../pipeline/errors.ts";
import { fields, lenses as lensNames, polarities } from "../../pipeline/schema.ts";
import { nameOf } from "../names.ts";
import { html, type Html } from "./html.ts";

type Data = z.infer<typeof lenses.data>;

/**
 * The lens switch with its filters: hidden without JavaScript, where the table above it and the charts of the sections stand for themselves.
 * The script (script.ts) reads the counts from the element's hidden data and draws the pictures; all words come from here.
 */
export function lensSwitch({ times, phases, platforms, regions, author_types, volume, moods, places, people, utc_offset_ms }: Data, language: Language): Html {
  const zh = language === "zh";
  const names = (group: string, keys: readonly (string | null)[]) => keys.map((key) => nameOf(group, key, language));
  const listed = {
    phases: phases.map(({ name }) => phaseWords[name][language]),
    fields: names("field", fields),
    platforms: [...names("platform", platforms), zh ? "其他平台" : "other platforms"],
    polarities: names("polarity", polarities),
    regions: names("region", regions),
    types: names("author_type", author_types),
  };
  const payload = { offset: utc_offset_ms, times, spans: phases.map(({ from_ms, to_ms }) => [from_ms, to_ms]), names: listed, volume, moods, places, people, units: lensNames.map((lens) => (lens === "engagement" ? (zh ? "次互动" : "engagements") : lens === "author_days" ? (zh ? "人·天" : "author-days") : zh ? "条" : "posts")), words: zh ? { none: "没有符合条件的帖文" } : { none: "no posts match" } };
  const choice = (id: string, label: string, options: readonly string[]) => options.length > 1 && html`<label for="lens-${id}">${label} <select id="lens-${id}"><option value="">${zh ? "全部" : "all"}</option>${options.map((option, i) => html`<option value="${i}">${option}</option>`)}</select></label>`;
  const picture = (id: string, title: string, note: string) => html`<div class="view" id="lens-view-${id}"><h4>${title}</h4><p class="note">${note}</p><div class="plot"></div></div>`;
  return html`<div class="lens-switch" hidden>
<h3>${zh ? "换口径、按阶段与来源看" : "Switch the count, look by phase and source"}</h3>
<p class="note">${zh ? "以下随选择重算，只作查看，不带事实编号；引用请用各节数字。" : "Counted anew as you choose, for looking only: no fact numbers. Cite the numbers of the sections."}</p>
<div class="lens-buttons" role="group" aria-label="${zh ? "计数口径" : "counted by"}">${lensNames.map((lens, i) => html`<button type="button" data-lens="${i}" aria-pressed="${i === 0 ? "true" : "false"}">${nameOf("lens", lens, language)}</button>`)}</div>
<div class="lens-filters">${choice("phase", zh ? "阶段" : "phase", listed.phases)}${choice("field", zh ? "舆论场" : "field", listed.fields)}${choice("platform", zh ? "平台" : "platform", listed.platforms)}</div>
<p class="lens-sum" role="status"></p>
${picture("volume", zh ? "声量" : "Volume", zh ? "竖轴为每档数量；不随阶段筛选，所选阶段加底色" : "per bin; not cut to the phase, which is shaded")}
<div class="view-grid">${picture("platform", zh ? "平台" : "Platforms", zh ? "随口径、阶段、舆论场" : "by count, phase, field")}${picture("mood", zh ? "情绪" : "Mood", zh ? "模型逐条判定，未经核对；随全部选择" : "the model's labels, unchecked; by all choices")}${picture("people", zh ? "作者类型" : "Author types", zh ? "随口径、舆论场、平台" : "by count, field, platform")}${picture("region", zh ? "地区" : "Regions", zh ? "前十；随口径、舆论场" : "first ten; by count, field")}</div>
<div class="lens-data" hidden>${JSON.stringify(payload)}</div>
</div>`;
}
