/**
 * The report's only script, allowed by its hash: the panel of a number, the mark in the contents, and the lens switch. It reads what stands in the page and
 * writes text and elements of its own, never markup. Without it every link leads to the evidence and every chart stands as drawn.
 */
export const script = `"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const zh = document.documentElement.lang.startsWith("zh");
  const make = (tag, className, text) => { const node = document.createElement(tag); if (className) node.className = className; if (text !== undefined) node.textContent = text; return node; };
  const entryOf = (link) => { const hash = link.getAttribute("href"); return hash && hash.startsWith("#") ? $(hash.slice(1)) : null; };
  /** A copy without ids, for ids are unique. */
  const copyOf = (node) => { const copy = node.cloneNode(true); copy.removeAttribute("id"); for (const one of copy.querySelectorAll("[id]")) one.removeAttribute("id"); return copy; };

  // Panel
  const panel = $("panel");
  const body = panel.querySelector(".panel-body");
  const copied = panel.querySelector(".copied");
  let opener = null;
  function show(link, entry) {
    const rows = [...entry.querySelectorAll('a[href^="#行-"]')].map(entryOf).filter((row) => row !== null);
    const method = entry.closest("details") && entry.closest("details").querySelector(".method");
    const list = make("ol", "rows");
    list.append(...rows.map(copyOf));
    const what = make("div", "panel-fact");
    what.append(...copyOf(entry).childNodes);
    body.replaceChildren(what, ...(method ? [copyOf(method)] : []), ...(rows.length > 0 ? [list] : []));
    panel.querySelector(".reference").textContent = "#" + entry.id;
    panel.querySelector(".to-evidence").href = "#" + entry.id;
    copied.textContent = "";
    if (!panel.contains(link)) opener = link;
    panel.hidden = false;
    panel.focus();
    body.scrollTop = 0;
  }
  function hide(back) {
    if (panel.hidden) return;
    panel.hidden = true;
    if (back && opener && opener.isConnected) opener.focus();
  }
  async function copy() {
    const reference = panel.querySelector(".reference");
    let done = true;
    try { await navigator.clipboard.writeText(reference.textContent); } catch {
      getSelection().selectAllChildren(reference);
      done = document.execCommand("copy");
    }
    if (done) copied.textContent = copied.dataset.text;
  }
  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    if (!target || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button > 0) return;
    const link = target.closest("a.fact");
    const entry = link && entryOf(link);
    if (entry) { event.preventDefault(); show(link, entry); }
    else if (target.closest(".close")) hide(true);
    else if (target.closest(".copy")) copy();
    else if (!panel.contains(target) || target.closest("a")) hide(false);
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(true); });

  // A link into a fold opens it; browsers that do so themselves find it open.
  function reveal() {
    let target = null;
    try { target = $(decodeURIComponent(location.hash.slice(1))); } catch { return; }
    const fold = target && target.closest("details:not([open])");
    if (fold) { fold.open = true; target.scrollIntoView(); }
  }
  addEventListener("hashchange", reveal);
  reveal();

  // Contents
  const links = [...document.querySelectorAll(".contents.side a")];
  if ("IntersectionObserver" in window) {
    const seen = new Set();
    const observer = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) isIntersecting ? seen.add(target.id) : seen.delete(target.id);
      const at = links.find((link) => seen.has(link.getAttribute("href").slice(1)));
      for (const link of links) link === at ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current");
    }, { rootMargin: "-10% 0px -60% 0px" });
    for (const link of links) { const section = entryOf(link); if (section) observer.observe(section); }
  }

  // Lens switch
  const board = document.querySelector(".lens-switch");
  if (!board) return;
  const data = JSON.parse(board.querySelector(".lens-data").textContent);
  const colours = ["media", "official", "public"];
  let lens = 0;
  const count = (n) => String(Math.round(n)).replace(/\\B(?=(\\d{3})+$)/g, ",");
  const chosen = (id) => { const select = $("lens-" + id); return select && select.value !== "" ? Number(select.value) : null; };
  const svg = (tag, attributes) => { const node = document.createElementNS("http://www.w3.org/2000/svg", tag); for (const name in attributes) node.setAttribute(name, attributes[name]); return node; };
  /** Sums of the cells that match: wanted holds an index or null (any) for each dimension; by says which dimension is summed over. */
  function sums(cells, wanted, by) {
    const out = new Map();
    const at = wanted.length + lens;
    for (const cell of cells) if (wanted.every((index, i) => index === null || cell[i] === index)) out.set(cell[by], (out.get(cell[by]) || 0) + cell[at]);
    return out;
  }
  const total = (map) => [...map.values()].reduce((sum, n) => sum + n, 0);

  function bars(id, map, names, { most = 12, order = null, classes = null, shares = true } = {}) {
    const plot = board.querySelector("#lens-view-" + id + " .plot");
    const rows = (order || [...map.keys()].filter((key) => key >= 0).sort((a, b) => map.get(b) - map.get(a) || a - b).slice(0, most)).map((key) => [key, map.get(key) || 0]);
    const [all, top] = [total(map), Math.max(0, ...rows.map(([, n]) => n))];
    if (top === 0) return plot.replaceChildren(make("p", "note", data.words.none));
    plot.replaceChildren(...rows.map(([key, n]) => {
      const row = make("div", "bar-row");
      const name = make("bdi", "", names[key]);
      const bar = svg("svg", { viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true" });
      bar.append(svg("rect", { width: String((100 * n) / top), height: "10", class: classes ? classes[key] : "" }));
      row.append(name, bar, make("span", "", count(n) + (shares && all > 0 ? (zh ? "（" : " (") + ((100 * n) / all).toFixed(1) + (zh ? "%）" : "%)") : "")));
      return row;
    }));
  }

  const stamp = (ms, clock) => { const at = new Date(ms + data.offset); const day = zh ? at.getUTCMonth() + 1 + "月" + at.getUTCDate() + "日" : at.getUTCDate() + " " + "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ")[at.getUTCMonth()]; return clock ? day + " " + at.toISOString().slice(11, 16) : day; };
  let read = null;
  function volume(phase, field, platform) {
    const plot = board.querySelector("#lens-view-volume .plot");
    const bins = data.times.length - 1;
    const stacks = Array.from({ length: Math.max(0, bins) }, () => [0, 0, 0]);
    for (const cell of data.volume) if (cell[0] >= 0 && (field === null || cell[1] === field) && (platform === null || cell[2] === platform)) stacks[cell[0]][cell[1]] += cell[3 + lens];
    const heights = stacks.map((stack) => stack[0] + stack[1] + stack[2]);
    const top = Math.max(0, ...heights);
    if (top === 0) { read = null; return plot.replaceChildren(make("p", "note", data.words.none)); }
    const [width, height, left, bottom] = [Math.max(280, plot.clientWidth), 200, 8 + 7 * count(top).length, 20];
    const x = (ms) => left + ((width - left) * (ms - data.times[0])) / (data.times[bins] - data.times[0]);
    const y = (n) => (height - bottom - 8) * (1 - n / top) + 8;
    const view = svg("svg", { viewBox: "0 0 " + width + " " + height, width: String(width), height: String(height), role: "img", tabindex: "0", "aria-label": board.querySelector("#lens-view-volume h4").textContent });
    data.spans.forEach(([from, to], i) => {
      const [a, b] = [Math.max(from, data.times[0]), Math.min(to, data.times[bins])];
      if (b <= a) return;
      view.append(svg("rect", { x: x(a), width: x(b) - x(a), y: "0", height: String(height - bottom), class: phase === i ? "band chosen" : i % 2 === 0 ? "band" : "bare" }));
    });
    for (const n of [0, top / 2, top]) {
      const text = svg("text", { x: String(left - 6), y: String(y(n) + 4), "text-anchor": "end" });
      text.textContent = count(n);
      view.append(svg("line", { x1: String(left), x2: String(width), y1: String(y(n)), y2: String(y(n)) }), text);
    }
    const base = stacks.map(() => 0);
    colours.forEach((name, i) => {
      if (stacks.every((stack) => stack[i] === 0)) return;
      let upper = "", lower = "";
      stacks.forEach((stack, bin) => {
        const [a, b] = [x(data.times[bin]).toFixed(1), x(data.times[bin + 1]).toFixed(1)];
        upper += (bin === 0 ? "M" : "L") + a + "," + y(base[bin] + stack[i]).toFixed(1) + "L" + b + "," + y(base[bin] + stack[i]).toFixed(1);
        lower = "L" + b + "," + y(base[bin]).toFixed(1) + "L" + a + "," + y(base[bin]).toFixed(1) + lower;
        base[bin] += stack[i];
      });
      view.append(svg("path", { d: upper + lower + "Z", class: name }));
    });
    let last = -Infinity;
    const day = 86400000;
    for (let ms = Math.ceil((data.times[0] + data.offset) / day) * day - data.offset; ms < data.times[bins]; ms += day) {
      const at = x(ms);
      if (at - last < 70 || at > width - 30 || at < left + 10) continue;
      last = at;
      const text = svg("text", { x: String(at), y: String(height - 4), "text-anchor": "middle" });
      text.textContent = stamp(ms, false);
      view.append(text);
    }
    const rule = svg("line", { class: "rule", y1: "0", y2: String(height - bottom), x1: "-9", x2: "-9" });
    const readout = make("p", "readout", "\\u00a0");
    readout.setAttribute("role", "status");
    view.append(rule);
    read = { bin: null, show(bin) {
      read.bin = Math.min(Math.max(bin, 0), bins - 1);
      const at = String(x((data.times[read.bin] + data.times[read.bin + 1]) / 2));
      rule.setAttribute("x1", at); rule.setAttribute("x2", at);
      const parts = stacks[read.bin].map((n, i) => data.names.fields[i] + " " + count(n)).join(zh ? "、" : ", ");
      readout.textContent = stamp(data.times[read.bin], true) + (zh ? "：" : ": ") + count(heights[read.bin]) + " " + data.units[lens] + (zh ? "（" : " (") + parts + (zh ? "）" : ")");
    } };
    view.addEventListener("pointermove", (event) => { const box = view.getBoundingClientRect(); const at = ((event.clientX - box.left) / box.width) * width; const ms = data.times[0] + ((at - left) / (width - left)) * (data.times[bins] - data.times[0]); const bin = data.times.findIndex((time) => time > ms) - 1; if (bin >= 0) read.show(bin); });
    view.addEventListener("keydown", (event) => { const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key]; if (!step) return; event.preventDefault(); read.show(read.bin === null ? 0 : read.bin + step); });
    const legend = make("p", "legend");
    colours.forEach((name, i) => { if (stacks.some((stack) => stack[i] > 0)) { const item = make("span", name, data.names.fields[i]); legend.append(item); } });
    plot.replaceChildren(legend, view, readout);
  }

  /** Volume cells with the phase of their bin in place of the bin. */
  const phased = data.volume.map(([bin, ...rest]) => [bin < 0 ? -1 : data.spans.findIndex(([from, to]) => data.times[bin] >= from && data.times[bin] < to), ...rest]);
  function update() {
    const [phase, field, platform] = ["phase", "field", "platform"].map(chosen);
    for (const button of board.querySelectorAll("[data-lens]")) button.setAttribute("aria-pressed", String(Number(button.dataset.lens) === lens));
    const [n, all] = [total(sums(phased, [phase, field, platform], 2)), total(sums(phased, [null, null, null], 2))];
    board.querySelector(".lens-sum").textContent = "n = " + count(n) + " " + data.units[lens] + (n < all ? (zh ? "（占 " : " (") + ((100 * n) / all).toFixed(1) + (zh ? "%）" : "% of all)") : "");
    volume(phase, field, platform);
    bars("platform", sums(phased, [phase, field, null], 2), data.names.platforms);
    bars("mood", sums(data.moods, [phase, field, platform, null], 3), data.names.polarities, { order: [2, 1, 0], classes: ["positive", "neutral", "negative"], shares: false });
    bars("people", sums(data.people, [field, platform, null], 2), data.names.types);
    bars("region", sums(data.places, [field, null], 1), data.names.regions, { most: 10 });
  }
  board.addEventListener("click", (event) => { const button = event.target.closest("[data-lens]"); if (button) { lens = Number(button.dataset.lens); update(); } });
  board.addEventListener("change", update);
  board.hidden = false;
  let width = 0;
  if ("ResizeObserver" in window) new ResizeObserver(([{ contentRect }]) => { if (Math.abs(contentRect.width - width) > 1) { width = contentRect.width; update(); } }).observe(board);
  update();
})();
`;
