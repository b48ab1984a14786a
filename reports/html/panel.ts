import { html, type Html } from "./html.ts";
import type { Page } from "./page.ts";

/** The panel that a number opens, empty: the script fills it with the number's entry of the evidence, the method and the sample rows. */
export function panel({ words }: Page): Html {
  return html`
<aside class="panel" id="panel" role="dialog" aria-label="${words.evidence}" tabindex="-1" hidden>
<button type="button" class="close" aria-label="${words.close}">×</button>
<div class="panel-body"></div>
<p class="panel-foot"><button type="button" class="copy">${words.copyReference} <span class="reference"></span></button><span class="copied" role="status" data-text="${words.copied}"></span><a class="to-evidence" href="#evidence">${words.toEvidence}</a></p>
</aside>`;
}
