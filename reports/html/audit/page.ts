import { labelNames, rules } from "../../../pipeline/audit/guide.ts";
import type { AuditPost } from "../../../pipeline/audit/posts.ts";
import type { Language } from "../../../pipeline/errors.ts";
import { document } from "../document.ts";
import { html, type Html } from "../html.ts";
import { script } from "./script.ts";
import { stylesheet } from "./style.ts";
import { auditWords, type AuditWords } from "./words.ts";

/** audit.html: the posts one at a time, with buttons and keys for the labels. One file, no request, every text escaped; only our own script and stylesheet may run. `event`: the event's name. */
export function auditPage(posts: readonly AuditPost[], { key, event, language }: { key: string; event: string; language: Language }): string {
  const words = auditWords(language);
  const ruleList = html`<ol>${rules.map((rule) => html`<li>${rule[language]}</li>`)}</ol>`;
  const body = html`<header><h1>${words.title} · <bdi>${event}</bdi></h1><p class="soft">${posts.length} ${words.posts} · <bdi>${key}</bdi></p></header>
<noscript><p>${words.scriptless}</p>${ruleList}</noscript>
<main data-key="${key}">
${beginning(words, ruleList)}
${work(words, posts, language, ruleList)}
${ending(words)}
</main>`;
  return document({ language, title: `${words.title} · ${event}`, stylesheet, script }, body).text;
}

function beginning(words: AuditWords, ruleList: Html): Html {
  return html`<section id="begin" hidden>
<p>${words.intro}</p>
<h2>${words.rules}</h2>
${ruleList}
<form id="form"><label for="name">${words.name}</label><input id="name" autocomplete="off" maxlength="40" required> <button class="main">${words.start}</button></form>
</section>`;
}

/** Without the script all posts stand one after another. */
function work(words: AuditWords, posts: readonly AuditPost[], language: Language, ruleList: Html): Html {
  return html`<section id="work">
<div class="progress"><span>${words.post} <span id="place"></span></span><span>${words.done} <span id="count">0</span> / ${posts.length}</span><progress id="bar" max="${posts.length}" value="0" aria-label="${words.done}"></progress></div>
${posts.map((post) => html`<article class="post" tabindex="-1" data-no="${post.no}" aria-label="${words.post} ${post.no}"><p class="place">${post.no} · ${post.platform} · ${post.published}</p><p class="words" dir="auto">${post.text}</p></article>
`)}
<div class="choices"><fieldset aria-label="${words.labels}">${labelNames.map(([label, name], i) => html`<button type="button" data-label="${label}" aria-pressed="false"><kbd>${i + 1}</kbd>${name[language]}</button>`)}</fieldset>
<p class="moves"><button type="button" id="back">${words.back}</button><button type="button" id="next">${words.next}</button><button type="button" id="finish">${words.finish}</button></p></div>
<p class="soft keys">${words.keys}</p>
<p class="soft"><span id="saved" hidden>${words.saved}</span><strong id="unsaved" hidden>${words.unsaved}</strong></p>
<details><summary>${words.rules}</summary>${ruleList}</details>
<p class="moves"><button type="button" class="change">${words.change}</button></p>
</section>`;
}

function ending(words: AuditWords): Html {
  return html`<section id="end" hidden>
<h2 id="finished" tabindex="-1">${words.finished}</h2>
<p>${words.unlabelled} <span id="left"></span></p>
<p>${words.handBack}</p>
<p class="moves"><button type="button" class="main" id="download">${words.download}</button><button type="button" id="copy">${words.copy}</button><span id="copied" role="status" hidden>${words.copied}</span></p>
<p class="moves"><button type="button" id="open">${words.open}</button><button type="button" id="resume">${words.resume}</button><button type="button" class="change">${words.change}</button></p>
<textarea id="csv" readonly aria-label="labels.csv"></textarea>
</section>`;
}
