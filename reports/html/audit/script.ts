/**
 * The labelling page's only script, allowed by its hash. It moves through the posts that stand in the page, keeps labels in localStorage where the browser
 * lets it (one entry an annotator and sample), and writes labels.csv. It reads no post's words and makes no markup.
 */
export const script = `"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const names = ["positive", "neutral", "negative", "unclear"];
  const posts = [...document.querySelectorAll(".post")];
  const buttons = [...document.querySelectorAll("[data-label]")];
  const key = document.querySelector("main").dataset.key;
  const slot = "yuqing-audit:" + key;
  let annotator = "";
  let at = 0;
  let labels = posts.map(() => null);
  let date = "";

  const read = (name) => { try { return localStorage.getItem(name); } catch { return null; } };
  const write = (name, value) => { try { localStorage.setItem(name, value); return true; } catch { return false; } };
  const today = () => { const now = new Date(); const two = (n) => String(n).padStart(2, "0"); return now.getFullYear() + "-" + two(now.getMonth() + 1) + "-" + two(now.getDate()); };
  const keep = () => { const kept = write(slot, annotator) && write(slot + ":" + annotator, JSON.stringify({ labels, at, date })); $("saved").hidden = !kept; $("unsaved").hidden = kept; };

  function recall() {
    labels = posts.map(() => null);
    at = 0;
    date = "";
    let earlier = null;
    try { earlier = JSON.parse(read(slot + ":" + annotator)); } catch { earlier = null; }
    if (!earlier || !Array.isArray(earlier.labels) || earlier.labels.length !== posts.length) return;
    labels = earlier.labels.map((label) => (names.includes(label) ? label : null));
    at = Number.isInteger(earlier.at) ? Math.min(Math.max(earlier.at, 0), posts.length - 1) : 0;
    date = /^\\d{4}-\\d{2}-\\d{2}$/.test(earlier.date) ? earlier.date : "";
  }

  function view(id) { for (const one of ["begin", "work", "end"]) $(one).hidden = one !== id; }

  function show() {
    view("work");
    posts.forEach((post, i) => post.classList.toggle("current", i === at));
    for (const button of buttons) button.setAttribute("aria-pressed", String(labels[at] === button.dataset.label));
    const done = labels.filter((label) => label !== null).length;
    $("bar").value = done;
    $("count").textContent = String(done);
    $("place").textContent = at + 1 + " / " + posts.length;
    $("back").disabled = at === 0;
    $("next").disabled = at === posts.length - 1;
    posts[at].focus({ preventScroll: true });
    scrollTo(0, 0);
  }

  function move(step) {
    at = Math.min(Math.max(at + step, 0), posts.length - 1);
    keep();
    show();
  }

  function choose(label) {
    labels[at] = label;
    date = today();
    if (at < posts.length - 1) return move(1);
    keep();
    finish();
  }

  const quoted = (text) => '"' + text.replaceAll('"', '""') + '"';
  const csv = () => ["no,key,annotator,date,label", ...labels.map((label, i) => [posts[i].dataset.no, key, quoted(annotator), date, label ?? ""].join(","))].join("\\r\\n") + "\\r\\n";

  function finish() {
    const left = labels.filter((label) => label === null).length;
    $("left").textContent = String(left);
    $("open").hidden = left === 0;
    $("csv").value = csv();
    $("copied").hidden = true;
    view("end");
    $("finished").focus();
  }

  $("form").addEventListener("submit", (event) => {
    event.preventDefault();
    // A name that a spreadsheet would run as a formula loses its first signs.
    annotator = $("name").value.normalize("NFKC").replace(/[\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029]/g, "").replace(/^[=+\\-@\\s]+/, "").trim();
    if (annotator === "") return $("name").focus();
    recall();
    keep();
    show();
  });
  for (const button of buttons) button.addEventListener("click", () => choose(button.dataset.label));
  $("back").addEventListener("click", () => move(-1));
  $("next").addEventListener("click", () => move(1));
  $("finish").addEventListener("click", finish);
  $("resume").addEventListener("click", show);
  $("open").addEventListener("click", () => { at = labels.indexOf(null); show(); });
  for (const button of document.querySelectorAll(".change")) button.addEventListener("click", () => { view("begin"); $("name").value = ""; $("name").focus(); });
  $("download").addEventListener("click", () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(["\\ufeff" + csv()], { type: "text/csv;charset=utf-8" }));
    link.download = "labels.csv";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  });
  $("copy").addEventListener("click", async () => {
    $("csv").select();
    try { await navigator.clipboard.writeText($("csv").value); } catch { document.execCommand("copy"); }
    $("copied").hidden = false;
  });
  document.addEventListener("keydown", (event) => {
    if ($("work").hidden || event.altKey || event.ctrlKey || event.metaKey || event.repeat) return;
    const label = names[Number(event.key) - 1];
    if (/^[1-4]$/.test(event.key)) choose(label);
    else if (event.key === "ArrowLeft") move(-1);
    else if (event.key === "ArrowRight") move(1);
    else return;
    event.preventDefault();
  });

  document.documentElement.classList.add("live");
  annotator = read(slot) ?? "";
  if (annotator === "") return view("begin");
  // Nothing is written here: storage may lag behind a reload, and what is on its way must not be overwritten by what was.
  recall();
  show();
})();
`;
