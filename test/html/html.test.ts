import { describe, expect, it } from "vitest";
import { escape, html, raw } from "../../reports/html/html.ts";
import { webLink } from "../../reports/html/evidence.ts";

describe("html", () => {
  it("escapes every value, in content and in attributes", () => {
    expect(html`<p title="${'"><b>'}">${"<i> & '"}</p>`.text).toBe('<p title="&quot;&gt;&lt;b&gt;">&lt;i&gt; &amp; &#39;</p>');
  });
  it("passes Html through, joins arrays, drops null, undefined and false, prints 0", () => {
    expect(html`${html`<b>${"<"}</b>`}${[raw("<i>"), "&", 0]}${null}${undefined}${false}`.text).toBe("<b>&lt;</b><i>&amp;0");
  });
  it("does not take an object that looks like Html", () => {
    expect(html`${[["<x>"]]}`.text).toBe("&lt;x&gt;");
  });
  it("replaces what HTML forbids: controls but tab and line breaks, and lone surrogates", () => {
    expect(escape("a\u0000\u001b\tb\nc\ud83d d\ude00 😀")).toBe("a\ufffd\ufffd\tb\nc\ufffd d\ufffd 😀");
  });
});

describe("links", () => {
  it.each([
    ["https://example.invalid/a?b=1&c=<>", "https://example.invalid/a?b=1&c=%3C%3E"],
    ["HTTP://Example.invalid", "http://example.invalid/"],
    ["https://bücher.example/微博", "https://xn--bcher-kva.example/%E5%BE%AE%E5%8D%9A"],
  ])("%s", (url, href) => expect(webLink(url)).toBe(href));
  it.each([[null], [""], ["javascript:alert(1)"], [" https://example.invalid"], ["java\nscript:alert(1)"], ["data:text/html,x"], ["//example.invalid"], ["/a"], ["file:///etc/passwd"], ["https://"], ["https:alert(1)"]])("%j is no link", (url) => expect(webLink(url)).toBeNull());
});
