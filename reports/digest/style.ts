import { darkRules, fonts, properties } from "../charts/theme.ts";

/** Stylesheet of a document to hand in; `running` is printed at the head of every sheet of paper. Colours are those of the report. */
export function documentStyle(running: { left: string; right: string }): string {
  return [`:root{${properties("light")}}`, screen, narrow, print, `@page{@top-left{content:${cssText(running.left)}}@top-right{content:${cssText(running.right)}}}`, `@media screen and (prefers-color-scheme:dark){\n:root{${properties("dark")}}\n${darkRules()}\n}`].join("\n");
}

/** A CSS string of any text: everything but letters and digits by its number. */
const cssText = (text: string): string => `"${[...text].map((one) => (/[\p{L}\p{N}]/u.test(one) ? one : `\\${one.codePointAt(0)!.toString(16)} `)).join("")}"`;

const screen = `
*{box-sizing:border-box}
html{color-scheme:light dark;background:var(--c-paper);color:var(--c-ink);font:16px/1.75 ${fonts};-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;overflow-wrap:anywhere;line-break:strict;text-autospace:normal}
h1,h2,h3,h4,p,ul,ol,figure,blockquote{margin:0;padding:0}
h1,h2,h3,h4{line-height:1.4;text-wrap:balance}
a{color:var(--c-accent);text-underline-offset:3px}
a:focus-visible,summary:focus-visible,[tabindex]:focus-visible{outline:2px solid var(--c-accent);outline-offset:2px}
.sheet{max-width:768px;margin:0 auto;padding:40px 24px 64px}
.head{border-bottom:1px solid var(--c-ink);border-top:4px solid var(--c-accent);padding:16px 0;margin-bottom:24px}
.head h1{font-size:32px;font-weight:800;letter-spacing:.04em}
.head h1 small{font-size:16px;font-weight:400;letter-spacing:0;margin-left:12px;white-space:nowrap}
.head .badge{float:right;border:1px solid var(--c-negative);color:var(--c-negative);font-weight:700;font-size:14px;line-height:1.5;padding:0 8px;border-radius:2px;margin:8px 0 0 8px}
.head p{color:var(--c-soft);font-size:14px;margin-top:4px}
h2{font-size:22px;margin:48px 0 12px;padding-bottom:4px;border-bottom:1px solid var(--c-line)}
h3{font-size:16px;margin:28px 0 8px;color:var(--c-accent)}
h4{font-size:16px;margin:24px 0 4px;text-wrap:wrap}
p+p,p+ul,ul+p,.scroll+p,.scroll+ul,ul+.scroll{margin-top:8px}
ul,ol{padding-left:1.4em}
li+li{margin-top:4px}
.lead{font-size:17px}
.note{font-size:14px;color:var(--c-soft)}
.note strong{color:var(--c-negative)}
.note a{white-space:nowrap}
.quote{padding-left:12px;border-left:2px solid var(--c-line)}
.warning{border-left:4px solid var(--c-negative);background:var(--c-tint);padding:12px 16px;margin-bottom:24px;font-size:14px}
.warning p+p{margin-top:4px}
figure{margin-top:16px}
figure+p{margin-top:16px}
figcaption strong{display:block;line-height:1.5}
figcaption span{display:block;font-size:12px;line-height:1.5;color:var(--c-soft);margin-bottom:8px}
.picture svg{display:block;max-width:100%;height:auto}
.picture.narrow{display:none}
details{margin-top:8px}
summary{cursor:pointer;color:var(--c-soft);font-size:14px}
.scroll{overflow-x:auto;margin-top:8px}
table{border-collapse:collapse;font-size:14px;line-height:1.5;font-variant-numeric:tabular-nums;width:100%}
th,td{text-align:left;vertical-align:top;padding:4px 16px 4px 0;border-bottom:1px solid var(--c-line)}
th:last-child,td:last-child{padding-right:0}
th{font-weight:400;color:var(--c-soft);white-space:nowrap}
td:first-child{min-width:6em}
td:nth-child(2):not(.number){min-width:9em}
.number{text-align:right;white-space:nowrap}
`;

const narrow = `
@media screen and (max-width:559px){
.sheet{padding:16px 16px 48px}
.head h1{font-size:24px}
.head h1 small{display:block;margin:0}
h2{font-size:20px;margin-top:40px}
.lead{font-size:16px}
.picture.wide{display:none}
.picture.narrow{display:block}
}`;

const print = `
@page{size:A4;margin:22mm 18mm 18mm;@top-left{font-size:9pt;color:#55616d}@top-right{font-size:9pt;color:#55616d}@bottom-center{content:counter(page) " / " counter(pages);font-size:9pt}}
@media print{
html{font-size:14px;line-height:1.65;color-scheme:light}
.sheet{max-width:none;padding:0}
.head h1{font-size:26px}
h2{font-size:18px;margin-top:28px}
h3,h4{margin-top:16px}
h2,h3,h4{break-after:avoid}
figure,tr,li,.warning,.quote{break-inside:avoid}
h4+.quote{break-after:avoid}
p{orphans:3;widows:3}
details{display:none}
.note,table{font-size:12px}
.lead{font-size:15px}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
}`;
