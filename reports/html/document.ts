import { createHash } from "node:crypto";
import type { Language } from "../../pipeline/errors.ts";
import { html, raw, type Html } from "./html.ts";

export interface DocumentOptions {
  language: Language;
  title: string;
  stylesheet: string;
  /** The only script that may run; none by default. */
  script?: string;
}

/** A whole page. Its policy allows our stylesheet and script, by their hashes, and an empty icon; nothing else may load or run. */
export function document({ language, title, stylesheet, script }: DocumentOptions, body: Html): Html {
  const scripts = script === undefined ? "" : ` script-src '${hashOf(script)}';`;
  const policy = `default-src 'none'; style-src '${hashOf(stylesheet)}';${scripts} img-src data:; base-uri 'none'; form-action 'none'`;
  return html`<!doctype html>
<html lang="${language === "zh" ? "zh-CN" : "en"}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
<title>${title}</title>
<style>${raw(stylesheet)}</style>
</head>
<body>
${body}${script !== undefined && html`
<script>${raw(script)}</script>`}
</body>
</html>
`;
}

const hashOf = (text: string): string => `sha256-${createHash("sha256").update(text).digest("base64")}`;
