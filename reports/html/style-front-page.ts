/** Page one and the 口径卡. Grade colours are those of the plans (blue, yellow, orange, red) in both schemes, each with text of contrast AA. */
export const frontPageStyle = `
.masthead{border-top:4px solid var(--c-accent);margin:40px 0 16px;padding-top:16px}
.kicker{font-size:14px;color:var(--c-soft);letter-spacing:.08em}
.badge{display:inline-block;max-width:100%;border:1px solid var(--c-negative);color:var(--c-negative);font-weight:700;letter-spacing:0;line-height:1.5;padding:0 8px;border-radius:2px;margin-left:8px}
h1{font-size:36px;font-weight:800;margin:8px 0 12px}
h1.long{font-size:24px}
h1.longest{font-size:16px;line-height:1.5}
.summary{color:var(--c-soft);font-size:14px;line-height:1.7}
.front h2{font-size:14px;font-weight:400;color:var(--c-soft);line-height:1.5}
.status{display:grid;grid-template-columns:minmax(0,2fr) minmax(0,3fr);gap:16px;margin-top:16px}
.status>:only-child{grid-column:1/-1}
.status section{border:1px solid var(--c-line);border-radius:4px;padding:12px 16px}
.level{display:inline-flex;align-items:baseline;gap:8px;border-radius:4px;padding:0 12px;margin:4px 0}
.level strong{font-size:24px;line-height:1.5}
.level span,.grounds,.clock-box li,.more{font-size:14px;line-height:1.6}
.level.blue{background:#24618f;color:#fff}.level.yellow{background:#f2c230;color:#1c2329}.level.orange{background:#f0964a;color:#1c2329}.level.red{background:#b71c1c;color:#fff}
.clock-box ul{list-style:none;padding:4px 0 0}
.clock-box li{display:flex;flex-wrap:wrap;gap:0 12px;padding:2px 0}
.clock-box b{min-width:4em;overflow:hidden}
.more{margin:4px 0 0;font-size:12px}
.tiles{display:grid;grid-template-columns:repeat(4,minmax(0,1fr));gap:16px 24px;margin-top:16px}
.tiles>div{border-top:2px solid var(--c-accent);padding-top:8px}
.tiles dt{font-size:14px;line-height:1.5;color:var(--c-soft)}
.tiles dd{font-size:24px;line-height:1.4;font-weight:700;font-variant-numeric:tabular-nums}
.tiles dd>.fact{border:0}
.tiles .change{font-size:12px;line-height:1.6;font-weight:400;color:var(--c-soft)}
.change>span{display:block;white-space:nowrap}
.spark{display:block;width:100%;height:24px;margin:4px 0}
.spark rect{fill:var(--c-muted)}
.spark .most{fill:var(--c-accent)}
.gist{margin-top:16px}
.gist ul{padding-left:1.2em}
.gist li{line-height:1.7}
.front .chart{margin-top:16px}
.card{background:var(--c-tint);padding:16px 24px;border-radius:4px;margin-top:24px}
.card h2{font-size:16px;display:inline}
.card .question{display:inline;margin-left:12px;font-size:14px}
.card .told{font-size:14px}
.card>details{margin-top:8px}
.question{color:var(--c-soft)}
.balance{display:flex;flex-wrap:wrap;gap:8px 8px;margin:8px 0}
.balance dt{font-size:12px;color:var(--c-soft);line-height:1.5}
.balance dd{font-size:20px;line-height:1.5;font-weight:700;font-variant-numeric:tabular-nums;white-space:nowrap}
.balance .term:not(.read) dt{padding-left:1.4em}
.sign{display:inline-block;width:1em;margin-right:.12em;font-weight:400;color:var(--c-soft);text-align:center}
.meters{display:grid;grid-template-columns:repeat(auto-fill,minmax(184px,1fr));gap:8px 24px;margin:8px 0 0}
.meters div{display:grid;grid-template-columns:1fr auto;font-size:14px;line-height:1.75}
.meters dd{display:contents}
.meters dt{color:var(--c-soft)}
.meter{grid-column:1/-1;width:100%;height:4px;display:block}
.track{fill:var(--c-line)}
.meter .level{fill:var(--c-accent)}
.suspicions h3{margin:16px 0 4px;font-size:14px}
.suspicions ul{padding-left:1.2em;font-size:14px}
.rejects{font-size:14px;margin-top:16px}
.reading{font-size:12px;color:var(--c-soft);margin-top:8px}
@media screen and (max-width:559px){
h1{font-size:24px}
h1.long{font-size:20px}
.masthead{margin:16px 0}
.status{grid-template-columns:minmax(0,1fr)}
.tiles{grid-template-columns:repeat(2,minmax(0,1fr))}
.card{margin:24px -16px 0;padding:16px;border-radius:0}
.card .question{display:block;margin:0}
}`;
