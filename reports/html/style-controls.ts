/** What the script brings to life: the panel of a number, the lens switch. Neither is printed. */
export const controlsStyle = `
button,select{font:inherit;font-size:14px;line-height:1.5;min-height:32px;padding:4px 12px;border:1px solid var(--c-soft);border-radius:4px;background:var(--c-paper);color:var(--c-ink)}
button{cursor:pointer}
select{max-width:14em}
button:hover{border-color:var(--c-accent);color:var(--c-accent)}
button:focus-visible,select:focus-visible,input:focus-visible,.panel:focus-visible,.plot svg:focus-visible{outline:2px solid var(--c-accent);outline-offset:2px}
[aria-pressed=true],button[aria-pressed=true]:hover{background:var(--c-accent);border-color:var(--c-accent);color:var(--c-paper)}
[hidden]{display:none!important}
.panel{position:fixed;z-index:2;right:24px;bottom:24px;width:min(400px,calc(100vw - 48px));max-height:min(640px,calc(100vh - 48px));display:flex;flex-direction:column;background:var(--c-paper);border:1px solid var(--c-line);border-top:4px solid var(--c-accent);border-radius:4px;box-shadow:0 8px 32px #0006;font-size:14px;line-height:1.6}
.panel:focus{outline:none}
.panel-body{overflow-y:auto;overscroll-behavior:contain;padding:12px 16px}
.panel-fact{padding-right:32px}
.panel-fact strong{display:block;font-size:20px;line-height:1.5;overflow:hidden}
.panel .part{display:block}
.panel .rows .part{display:inline}
.panel i{font-style:normal}
.panel .part i{color:var(--c-soft);display:inline-block;min-width:5em}
.panel .method{border-top:1px solid var(--c-line);margin-top:8px;padding-top:8px;font-size:12px;color:var(--c-soft)}
.panel .rows{margin-top:8px;font-size:14px}
.panel .close{position:absolute;right:8px;top:8px;width:32px;padding:0;font-size:20px;line-height:1;border-color:transparent;background:none}
.panel-foot{border-top:1px solid var(--c-line);padding:8px 16px;display:flex;flex-wrap:wrap;align-items:center;gap:8px 12px;font-size:12px}
.copied{color:var(--c-soft)}
.contents a[aria-current]{color:var(--c-ink);font-weight:700}
.lens-warning{margin-top:12px;padding:8px 16px;border-left:4px solid var(--c-negative);background:var(--c-tint);font-size:14px}
.lens-switch{margin-top:24px;border-top:1px solid var(--c-line)}
.lens-switch h3{margin-top:24px}
.lens-switch h4{font-size:14px;line-height:1.5;margin:0}
.note{font-size:12px;line-height:1.5;color:var(--c-soft)}
.lens-buttons,.lens-filters{display:flex;flex-wrap:wrap;gap:8px;margin-top:12px}
.lens-filters{gap:8px 16px;font-size:14px;color:var(--c-soft)}
.lens-sum{margin-top:12px;font-weight:700;font-variant-numeric:tabular-nums}
.view{margin-top:16px;min-width:0}
.view-grid{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:8px 32px}
.plot svg{display:block;max-width:100%}
.plot text{font-size:12px;fill:var(--c-soft)}
.plot line{stroke:var(--c-line)}
.plot .rule{stroke:var(--c-soft)}
.plot .band{fill:var(--c-muted);opacity:.18}
.plot .bare{fill:none}
.plot .chosen{fill:var(--c-sky);opacity:.35}
.plot path.media,.plot rect.media{fill:var(--c-media)}.plot path.official{fill:var(--c-official)}.plot path.public{fill:var(--c-public)}
.plot rect.positive{fill:var(--c-positive)}.plot rect.neutral{fill:var(--c-neutral)}.plot rect.negative{fill:var(--c-negative)}
.legend{font-size:12px;color:var(--c-soft)}
.legend span{margin-right:16px}
.legend span::before{content:"";display:inline-block;width:10px;height:10px;margin-right:6px}
.legend .media::before{background:var(--c-media)}.legend .official::before{background:var(--c-official)}.legend .public::before{background:var(--c-public)}
.readout{font-size:12px;line-height:1.5;min-height:1.5em;font-variant-numeric:tabular-nums}
.bar-row{display:grid;grid-template-columns:minmax(0,6em) minmax(0,1fr) 9.5em;gap:8px;align-items:center;font-size:12px;line-height:1.7}
.bar-row bdi{overflow:hidden;text-overflow:ellipsis;white-space:nowrap;text-align:right}
.bar-row svg{width:100%;height:14px}
.bar-row rect{fill:var(--c-accent)}
.bar-row span{white-space:nowrap;font-variant-numeric:tabular-nums}
@media (max-width:767px){.view-grid{grid-template-columns:minmax(0,1fr)}}
@media (max-width:559px){.panel{left:0;right:0;bottom:0;width:auto;max-height:70vh;border-radius:0}button,select{min-height:40px}}
@media print{.panel,.lens-switch{display:none!important}}
`;
