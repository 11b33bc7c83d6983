// Events along time, of one side, of two, or of all: days as dots, spans of days as bars whose ends fade where they are uncertain.
import { address } from "../api.js";
import { fill, h } from "../dom.js";
import { downloads, filters } from "../list.js";
import { link } from "../app.js";
import { days, many, plain, status } from "../words.js";

const DAY = 86400000;
const LANE = 64;
const HEAD = 26;
const LEFT = 130;
const STEP = 6; // width of a cluster, in points
const FEW = 300; // events of a lane that are drawn one by one

export async function view(values) {
  const { as_of: asOf } = values;
  const text = await (await fetch(address("events", { ...values, format: "csv" }))).text();
  const rows = table(text).map(event).filter((one) => one.from !== null || one.to !== null).sort((a, b) => a.start - b.start);
  const lanes = laned(rows);
  const canvas = h("canvas", { tabindex: "0", role: "img", class: "timeline", "aria-label": `Timeline of ${many(rows.length, "event")}; arrow keys move, plus and minus zoom; the list below tells what is in view` });
  const list = h("ol", { class: "rows" });
  const count = h("p", { class: "quiet", role: "status" });
  const drawing = rows.length ? new Drawing(canvas, rows, lanes, (seen, range) => {
    fill(count, `${many(seen.length, "event")} in view, ${days(...range)}`);
    fill(list, seen.slice(0, 25).map(row));
  }) : null;
  return {
    body: [
      h("h1", {}, "Timeline"),
      h("p", { class: "quiet" }, `${many(rows.length, "dated event")}${asOf ? `, as told by ${asOf}` : ""}.`),
      filters("timeline", values, [
        { name: "actor", label: "Who" }, { name: "country", label: "Where" }, { name: "from", label: "From", type: "date" }, { name: "until", label: "Until", type: "date" },
        { name: "kind", label: "Kind" }, { name: "text", label: "Words" }, { name: "as_of", label: "As known on", type: "date" },
      ]),
      slider(values, rows),
      rows.length ? canvas : h("p", {}, "No dated event fits."),
      count, list, downloads("events", values),
    ],
    shown: () => drawing?.begin(),
    leave: () => drawing?.end(),
  };
}

// As of a day: moved by hand, it asks anew.
function slider(values, rows) {
  if (!rows.length) return null;
  const first = Math.floor(rows[0].start / DAY), last = Math.ceil(rows.reduce((most, one) => Math.max(most, one.end), rows[0].end) / DAY);
  const text = (days) => new Date(days * DAY).toISOString().slice(0, 10);
  const shown = h("output", {}, values.as_of ?? text(last));
  const now = values.as_of ? Math.floor(Date.parse(values.as_of) / DAY) : last;
  return h("div", { class: "field wide slider" }, h("label", { for: "as-of" }, "As known on ", shown),
    h("input", { id: "as-of", type: "range", min: String(first), max: String(Math.max(last, now)), value: String(now),
      oninput: (event) => { shown.textContent = text(Number(event.target.value)); },
      onchange: (event) => {
        history.pushState(null, "", link("timeline", { ...values, as_of: text(Number(event.target.value)) }));
        dispatchEvent(new PopStateEvent("popstate"));
      } }));
}

function row(one) {
  return h("li", { class: "row" }, h("div", { class: "row-when" }, days(one.earliest, one.latest)),
    h("div", { class: "row-what" }, h("a", { href: link("event", { id: one.id }) }, one.title), h("p", { class: "quiet" }, status(one.status), ` · ${plain(one.kind)}`)));
}

// Comma-separated values with quotes, as RFC 4180 has them.
export function table(text) {
  const lines = [];
  let line = [], cell = "", quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const c = text[at];
    if (quoted) {
      if (c !== '"') cell += c;
      else if (text[at + 1] === '"') { cell += '"'; at += 1; } else quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === ",") { line.push(cell); cell = ""; }
    else if (c === "\n") { line.push(cell); lines.push(line); line = []; cell = ""; }
    else if (c !== "\r") cell += c;
  }
  const [names, ...rest] = lines;
  return names ? rest.map((one) => Object.fromEntries(names.map((name, at) => [name, one[at]]))) : [];
}

function event(cells) {
  const time = (text) => { const value = text ? Date.parse(`${text}T00:00:00Z`) : NaN; return Number.isNaN(value) ? null : value; };
  const from = time(cells.earliest), to = time(cells.latest);
  const start = from ?? to - 30 * DAY, end = (to ?? from + 30 * DAY) + DAY;
  return { id: cells.event, kind: cells.kind, title: cells.title, status: cells.status, earliest: cells.earliest || null, latest: cells.latest || null, from, to, start, end };
}

// The kinds told of most get a lane each; the rest share one.
function laned(rows) {
  const counts = new Map();
  for (const one of rows) counts.set(one.kind, (counts.get(one.kind) ?? 0) + 1);
  const names = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([name]) => name);
  const own = names.length > 9 ? names.slice(0, 8) : names;
  const lanes = own.map((name) => ({ name, rows: rows.filter((one) => one.kind === name) }));
  if (names.length > own.length) lanes.push({ name: "others", rows: rows.filter((one) => !own.includes(one.kind)) });
  return lanes;
}

class Drawing {
  constructor(canvas, rows, lanes, told) {
    Object.assign(this, { canvas, rows, lanes, told, marks: [], asked: false, drag: null });
    const quantile = (share) => rows[Math.min(rows.length - 1, Math.floor(rows.length * share))];
    const pad = 20 * DAY;
    this.from = quantile(0.02).start - pad;
    this.to = Math.max(quantile(0.98).end, this.from + 60 * DAY) + pad;
  }

  begin() {
    this.stop = new AbortController();
    const on = (name, what, more = {}) => this.canvas.addEventListener(name, what, { signal: this.stop.signal, ...more });
    on("pointerdown", (e) => { this.drag = { x: e.clientX, from: this.from, to: this.to, moved: false }; this.canvas.setPointerCapture(e.pointerId); });
    on("pointermove", (e) => this.moved(e));
    on("pointerup", (e) => { const still = this.drag && !this.drag.moved; this.drag = null; if (still) this.open(e); });
    on("wheel", (e) => { e.preventDefault(); this.zoom(e.deltaY > 0 ? 1.2 : 1 / 1.2, this.time(e.offsetX)); }, { passive: false });
    on("keydown", (e) => this.key(e));
    this.watch = new ResizeObserver(() => this.ask());
    this.watch.observe(this.canvas);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.ask(), { signal: this.stop.signal });
    this.ask();
  }

  end() {
    this.stop?.abort();
    this.watch?.disconnect();
  }

  width() { return this.canvas.clientWidth - LEFT; }
  x(time) { return LEFT + ((time - this.from) / (this.to - this.from)) * this.width(); }
  time(x) { return this.from + ((x - LEFT) / this.width()) * (this.to - this.from); }

  moved(e) {
    if (!this.drag) { this.canvas.style.cursor = this.at(e) ? "pointer" : "grab"; this.canvas.title = this.at(e)?.title ?? ""; return; }
    const by = e.clientX - this.drag.x;
    this.drag.moved ||= Math.abs(by) > 3;
    const time = (by / this.width()) * (this.drag.to - this.drag.from);
    [this.from, this.to] = [this.drag.from - time, this.drag.to - time];
    this.ask();
  }

  zoom(by, around = (this.from + this.to) / 2) {
    const span = Math.min(Math.max((this.to - this.from) * by, 5 * DAY), 400 * 365 * DAY);
    const share = (around - this.from) / (this.to - this.from);
    this.from = around - span * share;
    this.to = this.from + span;
    this.ask();
  }

  key(e) {
    const by = (this.to - this.from) / 8;
    const does = { ArrowLeft: () => this.shift(-by), ArrowRight: () => this.shift(by), "+": () => this.zoom(1 / 1.4), "-": () => this.zoom(1.4) }[e.key];
    if (!does) return;
    e.preventDefault();
    does();
  }

  shift(by) { this.from += by; this.to += by; this.ask(); }

  at(e) {
    const hit = (one) => e.offsetX >= one.x0 - 3 && e.offsetX <= one.x1 + 3 && e.offsetY >= one.y - 5 && e.offsetY <= one.y + 5;
    return this.marks.find(hit)?.event;
  }

  open(e) {
    const one = this.at(e);
    if (!one) return;
    history.pushState(null, "", link("event", { id: one.id }));
    dispatchEvent(new PopStateEvent("popstate"));
  }

  ask() {
    if (this.asked) return;
    this.asked = true;
    requestAnimationFrame(() => { this.asked = false; this.draw(); });
  }

  draw() {
    const { canvas, lanes } = this;
    const ratio = devicePixelRatio || 1, width = canvas.clientWidth, height = HEAD + lanes.length * LANE;
    if (canvas.width !== width * ratio || canvas.height !== height * ratio) {
      canvas.style.height = `${height}px`;
      [canvas.width, canvas.height] = [width * ratio, height * ratio];
    }
    const pen = canvas.getContext("2d");
    const style = getComputedStyle(document.documentElement);
    const ink = Object.fromEntries(["ink", "soft", "line", "real", "coming", "off", "open"].map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, width, height);
    pen.font = "13px sans-serif";
    this.marks = [];
    this.axis(pen, ink, height);
    const seen = [];
    lanes.forEach((lane, at) => this.lane(pen, ink, lane, HEAD + at * LANE, seen));
    this.tell(seen);
  }

  axis(pen, ink, height) {
    const span = (this.to - this.from) / DAY / 365.25;
    const years = span > 60 ? 20 : span > 25 ? 5 : 1;
    const months = span > 6 ? 12 : span > 2.5 ? 6 : span > 0.8 ? 3 : 1;
    const first = new Date(this.from).getUTCFullYear() - 1, last = new Date(this.to).getUTCFullYear() + 1;
    for (let year = first - (first % years); year <= last; year += years) {
      for (let month = 0; month < 12; month += years > 1 ? 12 : months) {
        const x = this.x(Date.UTC(year, month, 1));
        if (x < LEFT || x > LEFT + this.width()) continue;
        pen.fillStyle = ink.line;
        pen.fillRect(x, HEAD - 6, 1, height);
        pen.fillStyle = ink.soft;
        pen.fillText(month ? `${year}-${String(month + 1).padStart(2, "0")}` : String(year), x + 3, 14);
      }
    }
  }

  lane(pen, ink, lane, top, seen) {
    pen.fillStyle = ink.line;
    pen.fillRect(0, top, LEFT + this.width(), 1);
    pen.fillStyle = ink.ink;
    pen.fillText(plain(lane.name), 0, top + 20, LEFT - 28);
    const inView = lane.rows.filter((one) => one.end >= this.from && one.start <= this.to);
    for (const one of inView) seen.push(one);
    pen.fillStyle = ink.soft;
    pen.fillText(inView.length.toLocaleString("en"), 0, top + 37);
    pen.save();
    pen.beginPath();
    pen.rect(LEFT, top, this.width(), LANE);
    pen.clip();
    if (inView.length > FEW) this.clusters(pen, ink, inView, top);
    else this.singles(pen, ink, inView, top);
    pen.restore();
  }

  clusters(pen, ink, inView, top) {
    const columns = new Map();
    for (const one of inView) {
      const column = Math.floor(this.x((one.start + one.end) / 2) / STEP);
      columns.set(column, (columns.get(column) ?? 0) + 1);
    }
    pen.fillStyle = ink.real;
    const most = Math.log2(1 + Math.max(...columns.values()));
    for (const [column, count] of columns) {
      const height = Math.max(3, (Math.log2(1 + count) / most) * (LANE - 14));
      pen.fillRect(column * STEP, top + LANE - 5 - height, STEP - 1, height);
    }
  }

  singles(pen, ink, inView, top) {
    const free = [];
    for (const one of inView) {
      const x0 = this.x(one.start), x1 = Math.max(this.x(one.end), x0 + 6);
      let at = free.findIndex((x) => x < x0);
      if (at < 0) at = free.length < 5 ? free.length : free.indexOf(Math.min(...free));
      free[at] = x1 + 4;
      const y = top + 10 + at * 11;
      this.marks.push({ x0, x1, y, event: one });
      this.mark(pen, colour(ink, one.status), one, x0, x1, y);
    }
  }

  mark(pen, paint, one, x0, x1, y) {
    const certain = one.from !== null && one.from === one.to;
    if (certain || x1 - x0 <= 8) {
      pen.fillStyle = paint;
      pen.beginPath();
      pen.arc((x0 + x1) / 2, y, 4, 0, 7);
      pen.fill();
      return;
    }
    const fade = pen.createLinearGradient(x0, 0, x1, 0);
    const weak = `color-mix(in srgb, ${paint} 15%, transparent)`;
    fade.addColorStop(0, weak);
    fade.addColorStop(0.5, paint);
    fade.addColorStop(1, weak);
    pen.fillStyle = fade;
    pen.fillRect(x0, y - 3, x1 - x0, 6);
  }

  // The list follows when the hand rests.
  tell(seen) {
    clearTimeout(this.later);
    const text = (time) => new Date(time).toISOString().slice(0, 10);
    this.later = setTimeout(() => this.told(seen.sort((a, b) => a.start - b.start), [text(this.from), text(this.to)]), 120);
  }
}

function colour(ink, name) {
  if (["held", "ongoing"].includes(name)) return ink.real;
  if (["cancelled", "denied", "negated"].includes(name)) return ink.off;
  return ["planned", "confirmed", "invited", "recurring"].includes(name) ? ink.coming : ink.open;
}
