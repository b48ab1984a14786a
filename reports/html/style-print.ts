/** A4. `running`: title and label in the head of every page but the first. Evidence is compact and its sample rows stay away unless the reader asks for them. */
export function printStyle(running: { title: string; label: string }): string {
  return `
@page{size:A4;margin:18mm 16mm;@top-left{content:${quoted(cut(running.title))};font-size:8pt;color:#55616d}@top-right{content:${quoted(running.label)};font-size:8pt;color:#55616d}@bottom-center{content:counter(page) " / " counter(pages);font-size:9pt;color:#55616d}}
@page:first{@top-left{content:none}@top-right{content:none}}
@media print{
html{font-size:13px;line-height:1.55;color-scheme:light}
.page{max-width:none;padding:0}
main{overflow:visible}
.masthead{margin:0 0 8px;padding-top:8px}
.status section{padding:6px 12px}
.level strong{font-size:18px}
.spark{height:16px;margin:2px 0}
.contents,.skip,.table,.config,.print-choice,.more,.lens-warning a{display:none!important}
details::details-content{content-visibility:visible;block-size:auto}
summary{list-style:none}
summary::-webkit-details-marker{display:none}
.section,.section+.card,.card+.section{margin-top:24px}
.chart{margin-top:16px}
.extra{margin-top:12px}
.extra li+li{margin-top:4px}
.front h1{font-size:26px;margin:4px 0 6px}
.front h1.long{font-size:18px}
.front h1.longest{font-size:12px}
.picture svg,.picture.wide svg{width:auto;max-height:92mm;margin:0 auto}
.front .picture.wide svg{max-height:54mm}
.front .chart,.gist,.tiles,.status{margin-top:10px}
.gist li{line-height:1.55}
.front .note{font-size:10px}
.summary{font-size:12px;line-height:1.55}
.tiles{grid-template-columns:repeat(4,minmax(0,1fr))}
h2,h3,h4,.question,figcaption,caption,summary{break-after:avoid}
figure,tr,.facts li,.rows li,.balance,.meters,.basis,.status,.tiles,.gist,.viewpoint,.timeline li,.quote,.lens-warning,.known{break-inside:avoid}
thead{display:table-header-group}
.scroll,.extra{overflow:visible}
p{orphans:3;widows:3}
.fact::after,.estimate::after{content:"\\2060[" attr(data-no) "]";font-size:9px;vertical-align:super;line-height:0;color:var(--c-soft)}
table{font-size:11px}
th{white-space:normal}
small,.counts,.keywords,.examples,.quote a,.timeline time,.lenses div,.versions div,.rejects,.suspicions ul,.suspicions h3,.meters div{font-size:11px}
.tiles dd{font-size:18px}
.tiles .change{font-size:10px}
.tiles .fact::after,.change .fact::after,.balance .fact::after,.meters .fact::after{content:none}
th,td{padding-right:8px}
.basis{font-size:11px;margin-top:12px;padding-top:4px}
.card{padding:8px 16px;margin-top:12px}
.card-head{break-inside:avoid}
.card .balance{margin:4px 0}
.balance dd{font-size:16px}
.evidence{break-before:page;font-size:9px}
.evidence summary{margin-top:6px;font-size:10px}
.evidence summary h3{font-size:10px;margin:0}
.facts,.rows{columns:3;column-gap:5mm}
.facts div{display:inline;font-size:8px}
.rows div{font-size:8px}
.facts li,.rows li{padding:1px 0;line-height:1.4;border:0}
.facts .part{margin-right:4px}
.evidence .tag,.evidence .method,.evidence .matched,body:has(#print-rows:not(:checked)) .samples{display:none}
body:has(#print-facts:not(:checked)) .all-facts,body:has(#print-rows:not(:checked)) .all-rows,body:has(#print-facts:not(:checked)):has(#print-rows:not(:checked)) .evidence{display:none}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
}`;
}

/** A CSS string of any text: all but ASCII letters, digits, blanks and Han is written as an escape, so it can neither end the string nor the stylesheet. */
export function quoted(text: string): string {
  const safe = [...text].map((character) => {
    const code = character.codePointAt(0)!;
    if (/[A-Za-z0-9 \p{Script=Han}]/u.test(character)) return character;
    return code === 0 || (code >= 0xd800 && code <= 0xdfff) ? "\ufffd" : `\\${code.toString(16)} `;
  });
  return `"${safe.join("")}"`;
}

const most = 40;
const cut = (title: string): string => ([...title].length > most ? `${[...title].slice(0, most).join("")}…` : title);
