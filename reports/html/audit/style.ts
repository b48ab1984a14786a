import { fonts, properties } from "../../charts/theme.ts";

/** The labelling page's only stylesheet: one post in sight, the four buttons under the thumb on a phone. */
export const stylesheet = `:root{${properties("light")}}
*,*::before,*::after{box-sizing:border-box}
[hidden],.live .post:not(.current){display:none}
html{color-scheme:light dark;background:var(--c-paper);color:var(--c-ink);font:16px/1.75 ${fonts};-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0 auto;max-width:720px;padding:0 24px 24px;overflow-wrap:anywhere;line-break:strict}
h1,h2,p,ol,fieldset{margin:0;padding:0}
h1{font-size:24px;line-height:1.35;margin:24px 0 8px}
h2{font-size:16px;line-height:1.5;margin:16px 0 8px}
header{border-top:4px solid var(--c-accent)}
ol{padding-left:1.6em;font-size:14px}
.soft,summary,.place{font-size:14px;color:var(--c-soft)}
summary{cursor:pointer;margin-top:8px}
label{display:block;margin:16px 0 8px}
input{font:inherit;width:100%;max-width:320px;padding:8px;border:1px solid var(--c-soft);border-radius:4px;background:var(--c-paper);color:var(--c-ink)}
button{font:inherit;min-height:44px;padding:8px 16px;border:1px solid var(--c-accent);border-radius:4px;background:var(--c-paper);color:var(--c-accent);cursor:pointer}
.main{background:var(--c-accent);color:var(--c-paper)}
button:disabled{opacity:1;border-color:var(--c-line);color:var(--c-soft);cursor:default}
:focus-visible{outline:2px solid var(--c-accent);outline-offset:2px}
.post{min-height:40vh;margin:16px 0}
.post:focus{outline:none}
.words{font-size:20px;line-height:1.7;white-space:pre-wrap;overflow:hidden;margin-top:8px}
.progress{display:flex;flex-wrap:wrap;gap:0 16px;justify-content:space-between;align-items:baseline;font-size:14px;color:var(--c-soft);font-variant-numeric:tabular-nums;margin-top:16px}
progress{flex:1 0 100%;width:100%;height:8px;accent-color:var(--c-accent)}
.choices{position:sticky;bottom:0;background:var(--c-paper);border-top:1px solid var(--c-line);padding:8px 0}
fieldset{border:0;display:grid;grid-template-columns:repeat(4,1fr);gap:8px;min-width:0}
fieldset button{padding:8px 4px;color:var(--c-ink);border-color:var(--c-soft)}
kbd{font:inherit;font-size:12px;color:var(--c-soft);margin-right:4px}
[aria-pressed=true],[aria-pressed=true] kbd{background:var(--c-accent);color:var(--c-paper)}
.moves{display:flex;flex-wrap:wrap;gap:8px;margin-top:8px}
textarea{width:100%;height:160px;margin-top:16px;font:12px/1.5 ui-monospace,Consolas,monospace;background:var(--c-tint);color:var(--c-ink);border:1px solid var(--c-line)}
@media (max-width:559px){body{padding:0 16px 16px}.words{font-size:18px}.keys{display:none}}
@media (prefers-color-scheme:dark){:root{${properties("dark")}}}
`;
