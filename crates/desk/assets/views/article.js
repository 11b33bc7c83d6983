// One article: its words with layers, its record beside it. A field lights up its characters, characters their fields.
import { get, post } from "../api.js";
import { h, say } from "../dom.js";
import { link, show } from "../app.js";
import { day, many, plain } from "../words.js";

const LAYERS = [
  ["time", "times"], ["entity", "people and states"], ["cue", "attributions"], ["event", "events"],
  ["content", "words of others"], ["point", "points of plans"],
];
const ANSWERS = { supported: "✓ supported", contradicted: "✕ contradicted", not_known: "? not known" };

// Characters that are laid out at once, give or take a piece.
const PART = 250_000;

let given = null;

// Keeps a text for the next reading.
export function hand(text, name) {
  given = { text, name };
}

export async function view(values, name) {
  if (name === "article") return page(await get(`articles/${encodeURIComponent(values.id ?? "")}`), values);
  if (!given) return { title: "Read an article", class: "narrow", body: form() };
  const { text, name: file, published, publisher, keep } = given;
  const read = await post("read", text, { name: file, published, publisher, keep });
  return page(read, values, text);
}

function form() {
  const said = h("p", { role: "alert", class: "fault" });
  const text = h("textarea", { id: "text", rows: 16, required: true, spellcheck: "false", "aria-describedby": "hint" });
  const published = h("input", { id: "published", type: "date" });
  const publisher = h("input", { id: "publisher", autocomplete: "off" });
  const keep = h("input", { id: "keep", type: "checkbox" });
  const file = h("input", { id: "file", type: "file", accept: ".txt,.md,text/plain", onchange: async () => {
    if (file.files[0]) start(await file.files[0].text(), file.files[0].name);
  } });
  const start = (words, name) => {
    if (!words.trim()) { said.textContent = "There is no text yet."; text.focus(); return; }
    given = { text: words, name, published: published.value, publisher: publisher.value, keep: keep.checked ? "1" : "" };
    show();
  };
  return [
    h("h1", {}, "Read an article"),
    h("p", { id: "hint", class: "quiet" }, "Paste it, choose a file, or drop one anywhere on this page. It is read on this machine and goes nowhere else."),
    h("form", { class: "stack", onsubmit: (event) => { event.preventDefault(); start(text.value); } },
      h("label", { for: "text" }, "Text"), text,
      h("div", { class: "filters" },
        h("div", { class: "field" }, h("label", { for: "published" }, "Published"), published),
        h("div", { class: "field" }, h("label", { for: "publisher" }, "Outlet"), publisher),
        h("div", { class: "field" }, h("label", { for: "file" }, "From a file"), file)),
      h("p", {}, keep, " ", h("label", { for: "keep" }, "Keep it in the ledger")),
      said,
      h("button", { type: "submit", class: "main" }, "Read")),
  ];
}

function page(read, values, text) {
  const title = read.meta.headline ?? read.meta.id ?? "Article";
  const lit = new Lit();
  const body = h("article", { class: "text", "aria-label": "Article", lang: "en", dir: "auto" });
  const more = h("button", { type: "button", onclick: () => lit.more() }, "Show more of it");
  const back = h("button", { type: "button", onclick: () => lit.before() }, "Show what comes before");
  lit.lay(body, read.shown.pieces, more, back);
  const state = { read, lit, verdicts: Map.groupBy ? Map.groupBy(read.verdicts, (one) => one.id) : grouped(read.verdicts) };
  const sections = read.shown.sections.map((section) => outline(section, state));
  const meta = [read.meta.publisher, day(read.published.date), read.meta.url].filter(Boolean).join(" · ");
  const keep = text && !read.kept
    ? h("button", { type: "button", onclick: async () => { given = { ...given, keep: "1" }; await show(); say("Kept in the ledger"); } }, "Keep in the ledger") : null;
  const again = text ? h("button", { type: "button", class: "plain", onclick: () => { given = null; show(); } }, "Read another") : null;
  return {
    title,
    class: "article",
    shown: () => (values.words ? lit.goto(lit.bytes(values.words)) : values.at && lit.goto(values.at)),
    body: [
      h("div", { class: "lead" }, h("h1", {}, title), h("p", { class: "quiet" }, meta), h("p", {}, keep, " ", again), layers(body)),
      h("div", { class: "text-side" }, back, body, more),
      h("section", { class: "record", "aria-label": "Record" },
        published(read.shown.published, state), verdicts(state), sections,
        read.warnings?.length ? h("p", { class: "fault" }, read.warnings.join(" ")) : null),
    ],
  };
}

function grouped(list) {
  const all = new Map();
  for (const one of list) all.set(one.id, [...(all.get(one.id) ?? []), one]);
  return all;
}

function layers(body) {
  const off = new Set(JSON.parse(sessionStorage.getItem("layers") ?? '["content"]'));
  const apply = () => {
    for (const [name] of LAYERS) body.classList.toggle(`no-${name}`, off.has(name));
    sessionStorage.setItem("layers", JSON.stringify([...off]));
  };
  apply();
  return h("fieldset", { class: "layers" }, h("legend", {}, "Layers"), LAYERS.map(([name, title]) => {
    const id = `layer-${name}`;
    const box = h("input", { type: "checkbox", id, checked: !off.has(name), onchange: () => { box.checked ? off.delete(name) : off.add(name); apply(); } });
    return h("span", { class: "layer" }, box, " ", h("label", { for: id, class: `l-${name}` }, title));
  }));
}

// Which pieces and which fields belong together.
class Lit {
  pieces = [];
  fields = [];
  piece(piece) {
    const element = h("span", { class: piece.layers.map((name) => `l-${name}`).join(" ") }, piece.text);
    element.addEventListener("pointerenter", () => this.back(piece));
    element.addEventListener("pointerleave", () => this.clear());
    return { ...piece, element };
  }
  // Lays the text out part by part, so that a long one does not stop the page.
  lay(body, all, more, back) {
    Object.assign(this, { body, all, begun: 0, done: 0, buttons: [more, back] });
    this.more();
  }
  part(at, step) {
    let length = 0;
    while (at >= 0 && at < this.all.length && length < PART) { length += this.all[at].text.length; at += step; }
    return Math.max(0, at);
  }
  more() {
    const end = this.part(this.done, 1), added = this.all.slice(this.done, end).map((one) => this.piece(one));
    this.body.append(...added.map((one) => one.element));
    this.pieces.push(...added);
    this.done = end;
    this.ends();
  }
  before() {
    const start = this.part(this.begun - 1, -1), added = this.all.slice(start, this.begun).map((one) => this.piece(one));
    this.body.prepend(...added.map((one) => one.element));
    this.pieces.unshift(...added);
    this.begun = start;
    this.ends();
  }
  ends() {
    const [more, back] = this.buttons;
    [more.hidden, back.hidden] = [this.done >= this.all.length, this.begun === 0];
  }
  // Lays out the part around a byte where it is not laid out yet.
  reach(byte) {
    const laid = this.all[this.begun]?.start <= byte && byte < (this.all[this.done]?.start ?? Infinity);
    if (laid) return;
    this.body.replaceChildren();
    this.pieces = [];
    const at = this.all.findIndex((one) => one.end > byte);
    this.begun = this.done = Math.max(0, (at < 0 ? this.all.length : at) - 40);
    this.more();
  }
  field(element, spans, whole) {
    if (!spans?.length) return element;
    element.tabIndex = 0;
    element.classList.add("lights");
    const on = () => this.light(spans, element);
    element.addEventListener("pointerenter", on);
    element.addEventListener("focus", on);
    element.addEventListener("pointerleave", () => this.clear());
    element.addEventListener("blur", () => this.clear());
    element.addEventListener("click", (event) => { if (!event.target.closest("a")) this.first(spans)?.scrollIntoView({ block: "center", behavior: "smooth" }); });
    element.addEventListener("keydown", (event) => { if (event.key === "Enter") this.first(spans)?.scrollIntoView({ block: "center", behavior: "smooth" }); });
    this.fields.push({ element, spans, whole });
    return element;
  }
  covered(spans) {
    // Pieces are in order: look from the first that a span can touch.
    return spans.flatMap((span) => {
      let low = 0, high = this.pieces.length;
      while (low < high) { const mid = (low + high) >> 1; this.pieces[mid].end <= span.start ? (low = mid + 1) : (high = mid); }
      const found = [];
      for (let at = low; at < this.pieces.length && this.pieces[at].start < span.end; at++) found.push(this.pieces[at].element);
      return found;
    });
  }
  first(spans) {
    this.reach(spans[0].start);
    return this.covered(spans)[0];
  }
  light(spans, field) {
    this.clear();
    for (const element of this.covered(spans)) element.classList.add("lit");
    field?.classList.add("lit");
  }
  back(piece) {
    this.clear();
    const over = this.fields.filter(({ spans, whole }) => !whole && spans.some((span) => span.start < piece.end && piece.start < span.end));
    for (const { element } of over) element.classList.add("lit");
    if (over.length) for (const element of this.covered([piece])) element.classList.add("lit");
  }
  clear() { document.querySelectorAll(".lit").forEach((one) => one.classList.remove("lit")); }
  // Code points, as exports count, in bytes, as pieces do.
  bytes(words) {
    const wanted = words.split("-").map(Number), found = [];
    const coder = new TextEncoder();
    let points = 0;
    for (const piece of this.all) {
      const characters = [...piece.text];
      while (found.length < wanted.length && wanted[found.length] <= points + characters.length) {
        found.push(piece.start + coder.encode(characters.slice(0, wanted[found.length] - points).join("")).length);
      }
      if (found.length === wanted.length) break;
      points += characters.length;
    }
    return found.join("-");
  }
  goto(at) {
    const [start, end] = at.split("-").map(Number);
    this.reach(start);
    // What was asked for stays marked while the pointer lights up other things.
    for (const element of this.covered([{ start, end }])) element.classList.add("sought");
    this.first([{ start, end }])?.scrollIntoView({ block: "center" });
  }
}

function outline(section, state) {
  const open = !["States and organisations", "Times"].includes(section.title);
  return h("details", { open }, h("summary", {}, h("h2", {}, section.title), " ", h("span", { class: "quiet" }, section.items.length)),
    section.items.map((one) => item(one, state)));
}

// The day, and behind it why, where it was inferred.
function published(one, state) {
  if (one.fields.length < 2) return item(one, state);
  return h("details", {}, h("summary", {}, h("b", {}, one.head), " ", h("span", { class: "quiet" }, one.aside)), one.fields.map((line) => field(line, state)));
}

function item(one, state) {
  const glyph = one.glyph ? h("span", { class: `glyph t-${one.tone}`, "aria-hidden": "true" }, one.glyph, " ") : null;
  const head = state.lit.field(h("p", { class: "head" }, glyph, h("b", {}, one.head), " ", h("span", { class: "quiet" }, one.aside)), one.spans, true);
  const events = (state.read.events[one.id] ?? []).map((id) => h("a", { href: link("event", { id }) }, "in the ledger"));
  return h("div", { class: `item d${Math.min(one.depth, 4)}` }, head, ladder(one, state), one.fields.filter((line) => line.label !== "told by" || !state.read.ladders[one.id]?.length).map((line) => field(line, state)),
    (state.verdicts.get(one.id) ?? []).map(verdict),
    events.length ? h("p", { class: "field" }, events) : null);
}

// "Outlet ← somebody ← somebody": who has it from whom.
function ladder(one, { read, lit }) {
  const steps = read.ladders[one.id];
  if (!steps?.length) return null;
  const outlet = read.meta.publisher ?? "the article";
  const parts = steps.map((step) => [" ← ", lit.field(h("span", { class: "step", title: `“${step.cue}”` },
    step.who || "somebody", h("span", { class: "quiet" }, ` (${step.polarity === "negative" ? "not: " : ""}${plain(step.act)})`)), [...step.source, ...step.spans])]);
  return h("p", { class: "ladder" }, h("span", { class: "label" }, "told by"), " ", outlet, parts);
}

function field(line, { lit }) {
  const label = line.quoted_at ? `line ${line.quoted_at}` : line.label;
  const text = line.quoted_at ? h("q", {}, line.text) : line.text;
  return lit.field(h("p", { class: "field" }, h("span", { class: "label" }, label), " ", text, line.by ? h("code", {}, " ", line.by) : null), line.spans);
}

function verdict(one) {
  const rows = (title, list) => list.length ? h("p", {}, `${title}: `, list.slice(0, 6).map((event, at) =>
    [at ? "; " : "", h("a", { href: link("event", { id: event.id }) }, event.title), ` (${many(event.articles, "article")})`])) : null;
  return h("div", { class: `verdict v-${one.answer}` },
    h("p", {}, h("b", {}, ANSWERS[one.answer]), " — ", one.reason),
    rows("for", one.supporting), rows("against", one.against), rows("left out", one.left_out));
}

function verdicts({ read, lit }) {

  if (!read.verdicts.length) return null;
  const counts = Object.keys(ANSWERS).map((name) => [name, read.verdicts.filter((one) => one.answer === name).length]).filter(([, n]) => n);
  return h("details", { open: read.verdicts.some((one) => one.answer !== "not_known") },
    h("summary", {}, h("h2", {}, "Check of the background"), " ", h("span", { class: "quiet" }, counts.map(([name, n]) => `${n} ${plain(name)}`).join(", "))),
    read.verdicts.map((one) => h("div", { class: "item" },
      lit.field(h("p", { class: "head" }, h("b", {}, one.about), " ", h("span", { class: "quiet" }, [one.value, one.over].filter(Boolean).join(" · "))), [one.span]), verdict(one))),
  );
}

