// Events along time, of one side, of two, or of all: days as dots, spans of days as bars whose ends fade where they are uncertain.
import { get } from "../api.js";
import { fill, h } from "../dom.js";
import { downloads, filters } from "../list.js";
import { link } from "../app.js";
import { KINDS, days, many, plain, status } from "../words.js";

const DAY = 86400000;
const LANE = 64;
const HEAD = 26;
const STEP = 6; // width of a cluster, in points
const FEW = 200; // events of a lane that are drawn one by one

export async function view(values) {
  const { as_of: asOf } = values;
  const found = await get("marks", values);
  const overview = await get("overview");
  const rows = found.map(event).filter((one) => one.from !== null || one.to !== null).sort((a, b) => a.start - b.start);
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
        { name: "actor", label: "Who" }, { name: "with", label: "With whom" }, { name: "country", label: "Where" }, { name: "from", label: "From", type: "date" }, { name: "until", label: "Until", type: "date" },
        { name: "kind", label: "Kind", choices: KINDS.map((one) => [one, plain(one)]) }, { name: "text", label: "Words" }, { name: "as_of", type: "hidden" },
      ]),
      slider(values, overview),
      rows.length ? canvas : h("p", {}, "No dated event fits."),
      count, list, downloads("events", values),
    ],
    shown: () => drawing?.begin(),
    leave: () => drawing?.end(),
  };
}

// As of a day on which articles were published: moved by hand, it asks anew.
function slider(values, overview) {
  if (!overview.first) return null;
  const [first, last] = [overview.first, overview.last].map((day) => Math.floor(Date.parse(day) / DAY));
  const text = (days) => new Date(days * DAY).toISOString().slice(0, 10);
  const shown = h("output", {}, values.as_of ?? text(last));
  const now = values.as_of ? Math.floor(Date.parse(values.as_of) / DAY) : last;
  return h("div", { class: "field wide slider" }, h("label", { for: "as-of" }, "As known on ", shown),
    h("input", { id: "as-of", type: "range", min: String(first), max: String(Math.max(last, now)), value: String(now),
      oninput: (event) => { shown.textContent = text(Number(event.target.value)); },
      onchange: (event) => {
        const day = Number(event.target.value);
        history.pushState(null, "", link("timeline", { ...values, as_of: day < last ? text(day) : undefined }));
        dispatchEvent(new PopStateEvent("popstate"));
      } }));
}

function row(one) {
  return h("li", { class: "row" }, h("div", { class: "row-when" }, days(one.earliest, one.latest)),
    h("div", { class: "row-what" }, h("a", { href: link("event", { id: one.id }) }, one.title), h("p", { class: "quiet" }, status(one.status), ` · ${plain(one.kind)}`)));
}

function event(cells) {
  const time = (text) => { const value = text ? Date.parse(`${text}T00:00:00Z`) : NaN; return Number.isNaN(value) ? null : value; };
  const from = time(cells.earliest), to = time(cells.latest);
  const start = from ?? to - 30 * DAY, end = (to ?? from + 30 * DAY) + DAY;
  return { id: cells.id, kind: cells.kind, title: cells.title, status: cells.status, earliest: cells.earliest || null, latest: cells.latest || null, from, to, start, end };
}

// The kinds told of most get a lane each; the rest share one.
function laned(rows) {
  const counts = new Map();
  for (const one of rows) counts.set(one.kind, (counts.get(one.kind) ?? 0) + 1);
  const names = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([name]) => name);
  const own = names.length > 9 ? names.slice(0, 8) : names;
  const lanes = own.map((name) => new Lane(name, rows.filter((one) => one.kind === name)));
  if (names.length > own.length) lanes.push(new Lane("others", rows.filter((one) => !own.includes(one.kind))));
  return lanes;
}

// How many of a sorted list lie before a value.
function before(list, value) {
  let low = 0, high = list.length;
  while (low < high) { const mid = (low + high) >> 1; if (list[mid] < value) low = mid + 1; else high = mid; }
  return low;
}

// Events of one kind in the order of their starts, with what it takes to count those in view without looking at each.
class Lane {
  constructor(name, rows) {
    Object.assign(this, { name, rows });
    this.starts = Float64Array.from(rows, (one) => one.start);
    this.ends = Float64Array.from(rows, (one) => one.end).sort();
    this.middles = Float64Array.from(rows, (one) => (one.start + one.end) / 2).sort();
    let latest = -Infinity;
    this.reach = Float64Array.from(rows, (one) => (latest = Math.max(latest, one.end)));
  }

  count(from, to) { return before(this.starts, to) - before(this.ends, from); }

  within(from, to) {
    const found = [];
    for (let at = before(this.reach, from), last = before(this.starts, to); at < last; at += 1) if (this.rows[at].end >= from) found.push(this.rows[at]);
    return found;
  }
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
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { this.ink = null; this.ask(); }, { signal: this.stop.signal });
    this.ask();
  }

  end() {
    this.stop?.abort();
    this.watch?.disconnect();
  }

  // Room for the names of lanes.
  get left() { return this.canvas.clientWidth < 600 ? 88 : 130; }
  width() { return this.canvas.clientWidth - this.left; }
  x(time) { return this.left + ((time - this.from) / (this.to - this.from)) * this.width(); }
  time(x) { return this.from + ((x - this.left) / this.width()) * (this.to - this.from); }

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
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.style.height = `${height}px`;
      [canvas.width, canvas.height] = [Math.round(width * ratio), Math.round(height * ratio)];
    }
    const pen = canvas.getContext("2d");
    if (this.ink?.ratio !== ratio) this.ink = inks(ratio);
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, width, height);
    pen.font = "13px sans-serif";
    // Marks are painted in the size and on the grid of the screen's points: copying them needs no arithmetic.
    pen.imageSmoothingEnabled = false;
    this.marks = [];
    this.axis(pen, this.ink, height);
    lanes.forEach((lane, at) => this.lane(pen, this.ink, lane, HEAD + at * LANE));
    this.tell();
  }

  axis(pen, ink, height) {
    // Steps so wide that the names of two do not touch.
    const least = ((this.to - this.from) / DAY / 30.4) * (66 / Math.max(1, this.width()));
    const months = [1, 3, 6, 12].find((one) => one >= least) ?? 12;
    const years = [1, 2, 5, 10, 20, 50, 100].find((one) => one * 12 >= least) ?? 200;
    const first = new Date(this.from).getUTCFullYear() - 1, last = new Date(this.to).getUTCFullYear() + 1;
    for (let year = first - (first % years); year <= last; year += years) {
      for (let month = 0; month < 12; month += years > 1 ? 12 : months) {
        const x = this.x(Date.UTC(year, month, 1));
        if (x < this.left || x > this.left + this.width()) continue;
        pen.fillStyle = ink.line;
        pen.fillRect(x, HEAD - 6, 1, height);
        pen.fillStyle = ink.soft;
        pen.fillText(month ? `${year}-${String(month + 1).padStart(2, "0")}` : String(year), x + 3, 14);
      }
    }
  }

  lane(pen, ink, lane, top) {
    const count = lane.count(this.from, this.to);
    pen.fillStyle = ink.line;
    pen.fillRect(0, top, this.left + this.width(), 1);
    pen.fillStyle = ink.ink;
    pen.fillText(plain(lane.name), 0, top + 20, this.left - 28);
    pen.fillStyle = ink.soft;
    pen.fillText(count.toLocaleString("en"), 0, top + 37);
    pen.save();
    pen.beginPath();
    pen.rect(this.left, top, this.width(), LANE);
    pen.clip();
    if (count > FEW) this.clusters(pen, ink, lane, top);
    else this.singles(pen, ink, lane.within(this.from, this.to), top);
    pen.restore();
  }

  // Columns as high as the logarithm of how many lie in them. They stand on the days, so that they keep their counts while the hand pans.
  clusters(pen, ink, lane, top) {
    const wide = ((this.to - this.from) / this.width()) * STEP;
    const counts = [];
    let most = 1;
    for (let at = Math.floor(this.from / wide), seen = before(lane.middles, at * wide); at * wide < this.to; at += 1) {
      const next = before(lane.middles, (at + 1) * wide);
      if (next > seen) counts.push([at, next - seen]);
      most = Math.max(most, next - seen);
      seen = next;
    }
    pen.fillStyle = ink.real;
    for (const [at, count] of counts) {
      const height = Math.max(3, (Math.log2(1 + count) / Math.log2(1 + most)) * (LANE - 14));
      pen.fillRect(this.x(at * wide), top + LANE - 5 - height, STEP - 1, height);
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
      const certain = one.from !== null && one.from === one.to;
      if (certain || x1 - x0 <= 8) pen.drawImage(ink.dot(tone(one.status)), ink.grid((x0 + x1) / 2 - 4.5), ink.grid(y - 4.5), ink.size, ink.size);
      else pen.drawImage(ink.bar(tone(one.status), one.from !== null, one.to !== null), ink.grid(x0), y - 3, x1 - x0, 6);
    }
  }

  // The list follows when the hand rests.
  tell() {
    clearTimeout(this.later);
    const text = (time) => new Date(time).toISOString().slice(0, 10);
    this.later = setTimeout(() => {
      const { from, to, lanes } = this;
      const first = lanes.flatMap((lane) => lane.within(from, to)).sort((a, b) => a.start - b.start);
      this.told(first, [text(from), text(to)]);
    }, 120);
  }
}

function tone(name) {
  if (["held", "ongoing"].includes(name)) return "real";
  if (["cancelled", "denied", "negated"].includes(name)) return "off";
  return ["planned", "confirmed", "invited", "recurring"].includes(name) ? "coming" : "open";
}

// The colours of the page, and marks in them, painted once.
function inks(ratio) {
  const style = getComputedStyle(document.documentElement);
  const ink = Object.fromEntries(["ink", "soft", "line", "real", "coming", "off", "open"].map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
  const kept = new Map();
  const painted = (key, width, height, paint) => {
    if (!kept.has(key)) {
      const canvas = Object.assign(document.createElement("canvas"), { width, height });
      paint(canvas.getContext("2d"));
      kept.set(key, canvas);
    }
    return kept.get(key);
  };
  const points = Math.round(9 * ratio);
  Object.assign(ink, { ratio, size: points / ratio, grid: (at) => Math.round(at * ratio) / ratio });
  ink.dot = (name) => painted(name, points, points, (pen) => {
    pen.fillStyle = ink[name];
    pen.arc(points / 2, points / 2, points * 0.44, 0, 7);
    pen.fill();
  });
  // An open end fades; between two days it is somewhere, most likely not at the ends.
  ink.bar = (name, from, to) => painted(`${name} ${from} ${to}`, 128, 4, (pen) => {
    const fade = pen.createLinearGradient(0, 0, 128, 0);
    const weak = `color-mix(in srgb, ${ink[name]} 12%, transparent)`;
    fade.addColorStop(0, to ? weak : ink[name]);
    if (from && to) fade.addColorStop(0.5, ink[name]);
    fade.addColorStop(1, from ? weak : ink[name]);
    pen.fillStyle = fade;
    pen.fillRect(0, 0, 128, 4);
  });
  return ink;
}
