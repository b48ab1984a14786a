import type { Language } from "../../pipeline/errors.ts";
import { darkRules, fonts, properties } from "../charts/theme.ts";
import { controlsStyle } from "./style-controls.ts";
import { frontPageStyle } from "./style-front-page.ts";
import { printStyle } from "./style-print.ts";
import { wordsOf } from "./words.ts";

/**
 * The page's only stylesheet. Type scale 12 · 14 · 16 · 20 · 24 · 36 px, spacing in steps of 8 px, one accent. Wide screens have the contents
 * at the side; phones (below 560 px) get the narrow charts; paper is A4. `running`: head of printed pages. No animation, no font is loaded.
 */
export function stylesheet(language: Language, running: { title: string; label: string } = { title: "", label: "" }): string {
  const { est } = wordsOf(language);
  return [`:root{${properties("light")}}`, base, section, frontPageStyle, lists, evidence, controlsStyle, `.estimate::after{content:"\\2060 ${est}"}`, wide, narrow, printStyle(running), `@media print{.estimate::after{content:"\\2060 ${est}[" attr(data-no) "]"}}`, `@media screen and (prefers-color-scheme:dark){\n:root{${properties("dark")}}\n${darkRules()}\n}`].join("\n");
}

const base = `
*,*::before,*::after{box-sizing:border-box}
html{color-scheme:light dark;background:var(--c-paper);color:var(--c-ink);font:16px/1.75 ${fonts};-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-padding-top:24px}
body{margin:0;overflow-wrap:anywhere;line-break:strict;text-autospace:normal}
h1,h2,h3,p,ul,ol,dl,dd,figure,pre{margin:0;padding:0}
h1,h2,h3{line-height:1.35;text-wrap:balance}
h2{font-size:24px;font-weight:700}
h3{font-size:16px;font-weight:700;margin:32px 0 8px}
p+p{margin-top:8px}
small{font-size:14px;color:var(--c-soft)}
code,pre{font-family:ui-monospace,"SF Mono",Consolas,"Noto Sans Mono CJK SC",monospace;font-size:.9em}
a{color:var(--c-accent);text-underline-offset:3px}
a:focus-visible,summary:focus-visible,[tabindex]:focus-visible{outline:2px solid var(--c-accent);outline-offset:2px;border-radius:2px}
summary{cursor:pointer;color:var(--c-soft);font-size:14px}
.page{max-width:760px;margin:0 auto;padding:0 24px}
main{overflow-x:clip;padding-bottom:24px}
.skip{position:absolute;left:-9999px}
.skip:focus{left:8px;top:8px;background:var(--c-paper);padding:8px}
.contents ol{list-style:none}
.contents a{display:flex;gap:8px;text-decoration:none;color:var(--c-soft);font-size:14px;line-height:1.5;padding:4px 0}
.contents a:hover{color:var(--c-accent)}
.contents .no{min-width:1.4em;color:var(--c-accent);font-variant-numeric:tabular-nums}
.contents.side{display:none}
.contents.inline{margin:0 0 24px;border-bottom:1px solid var(--c-line);padding-bottom:8px}
.contents.inline ol{columns:2;column-gap:24px;padding-top:8px}
.colophon{margin:64px 0 48px;padding-top:8px;border-top:1px solid var(--c-line);font-size:12px;color:var(--c-soft)}
`;

const section = `
.section{margin-top:56px}
.section+.card,.card+.section{margin-top:48px}
.no{color:var(--c-accent);font-variant-numeric:tabular-nums}
h2 .no{margin-right:16px;font-weight:400}
.section>.question{margin-bottom:16px}
.told{max-width:44em}
ul.told{padding-left:1.2em}
.fact{color:inherit;text-decoration:none;border-bottom:1px solid var(--c-accent);font-variant-numeric:tabular-nums}
.fact:hover{background:var(--c-tint);color:var(--c-accent)}
.estimate::after{font-size:10px;vertical-align:super;line-height:0;color:var(--c-soft);margin-left:1px}
.chart{margin:32px 0 0}
.chart .table{margin-top:8px}
.extra{margin-top:24px;overflow-x:auto;overflow-y:hidden}
.extra>*+*{margin-top:8px}
.extra ol{padding-left:2em}
.extra ul{padding-left:1.4em}
.extra li+li{margin-top:8px}
.quote{overflow:hidden;margin:8px 0 0;padding-left:16px;border-left:2px solid var(--c-line)}
.cue,.flag{font-size:12px;line-height:1.5;border:1px solid var(--c-line);border-radius:2px;padding:0 4px;color:var(--c-soft);white-space:nowrap}
.flag{color:var(--c-negative);border-color:var(--c-negative)}
.counts,.keywords,.examples,.quote a{font-size:14px;color:var(--c-soft)}
.extra .timeline{list-style:none;margin-left:6px;padding:0;border-left:2px solid var(--c-line)}
.timeline li{position:relative;padding-left:24px}
.timeline li::before{content:"";position:absolute;left:-6px;top:.5em;width:10px;height:10px;border-radius:50%;border:2px solid var(--c-accent);background:var(--c-paper)}
.timeline .given::before{background:var(--c-accent)}
.timeline time{display:block;font-size:14px;line-height:1.5;color:var(--c-soft);font-variant-numeric:tabular-nums}
.viewpoint{margin-top:16px;break-inside:avoid}
figcaption strong{display:block;font-size:16px;line-height:1.5}
figcaption span{display:block;font-size:12px;line-height:1.5;color:var(--c-soft);margin-bottom:8px}
.lines{white-space:pre-line;columns:2;column-gap:32px}
.picture svg{display:block;max-width:100%;height:auto}
.picture.wide svg{width:100%}
.picture.narrow{display:none}
.basis{margin-top:24px;border-top:1px solid var(--c-line);padding-top:8px;font-size:14px;color:var(--c-soft)}
.basis summary span+span::before{content:"·";margin:0 .5em}
.left-out{color:var(--c-soft)}
.notice{border-left:4px solid var(--c-negative);background:var(--c-tint);padding:8px 16px}
.scroll{overflow-x:auto;margin-top:8px}
table{border-collapse:collapse;font-size:14px;line-height:1.5;font-variant-numeric:tabular-nums;width:100%}
th,td{text-align:left;vertical-align:top;padding:4px 16px 4px 0;border-bottom:1px solid var(--c-line);max-width:24em}
td:first-child:not(.number){min-width:7em}
td>bdi{display:inline-block;max-width:24em;overflow-wrap:break-word;overflow:hidden;vertical-align:top}
th{font-weight:400;color:var(--c-soft);white-space:nowrap}
.number{text-align:right;white-space:nowrap}
table>caption{text-align:left;color:var(--c-soft);padding-bottom:4px}
.overdue strong{color:var(--c-negative)}
#cascades-largest td:first-child,#copies-wordings td:first-child,#copies-waves td:first-child{min-width:13em}
#cascades-largest th,#copies-waves th{white-space:normal;vertical-align:bottom;min-width:4em}
.grade{display:inline-block;width:10px;height:10px;border-radius:50%;margin-right:6px;border:1px solid var(--c-line)}
.grade.blue{background:#2f6fb5}.grade.yellow{background:#f2c230}.grade.orange{background:#e67e22}.grade.red{background:#c62828}
`;

const lists = `
.lenses div,.versions div{display:grid;grid-template-columns:9em 1fr;gap:0 16px;font-size:14px}
.versions dd{font-variant-numeric:tabular-nums}
.lenses dt,.versions dt{color:var(--c-soft)}
.lenses~p{margin-top:8px;font-size:14px}
pre{background:var(--c-tint);padding:16px;margin-top:8px;font-size:12px;line-height:1.6;max-height:480px;overflow:auto;white-space:pre-wrap}
`;

const evidence = `
.evidence{font-size:14px}
.evidence summary h3{display:inline;margin:0;font-size:14px;color:var(--c-ink)}
.evidence details{border-bottom:1px solid var(--c-line);padding:8px 0}
.evidence .method{font-size:12px;color:var(--c-soft);margin:8px 0}
.evidence .method i{font-style:normal}
.print-choice{font-size:14px;margin:8px 0}
.print-choice label{margin-right:24px}
.facts,.rows{list-style:none;margin:0;padding:0}
.facts li,.rows li,.suspicions li,.post{overflow:hidden}
.facts li,.rows li{border-bottom:1px solid var(--c-line);padding:6px 0;line-height:1.6}
.facts .number,.rows .number{font-variant-numeric:tabular-nums;margin-right:4px}
.facts div,.rows div{font-size:12px;color:var(--c-soft)}
.part{margin-right:12px}
.part i{font-style:normal}
.tag{font-size:12px;color:var(--c-soft);border:1px solid var(--c-line);border-radius:2px;padding:0 4px}
.facts :target,.rows :target{background:var(--c-tint);box-shadow:-8px 0 0 var(--c-tint),8px 0 0 var(--c-tint),-12px 0 0 var(--c-accent)}
.section:target,.card.facts :target,.rows :target{background:none;box-shadow:none}
.card.facts :target,.rows :target{background:var(--c-tint)}
`;

const wide = `
@media screen and (min-width:768px){.facts{columns:2;column-gap:32px}.facts li{break-inside:avoid}}
@media screen and (min-width:1080px){
.page{max-width:1080px;display:grid;grid-template-columns:208px minmax(0,744px);gap:64px;justify-content:center}
.contents.side{display:block;position:sticky;top:0;align-self:start;max-height:100vh;overflow-y:auto;padding:48px 0 24px}
.contents.inline{display:none}
}`;

const narrow = `
@media screen and (max-width:559px){
.page{padding:0 16px}
h2{font-size:20px}
td:not(.number){min-width:7.5em}
.section{margin-top:48px}
.picture.wide{display:none}
.lines{columns:1}
.picture.narrow{display:block}
.picture.narrow svg{width:100%}
.lenses div,.versions div{grid-template-columns:1fr}
}`;

