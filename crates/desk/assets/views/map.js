// Where events take place, and visits as ways from a capital to where they lead.
import { get } from "../api.js";
import { fill, h, s } from "../dom.js";
import { WHOLE, outlines, project, way } from "../globe.js";
import { downloads, eventRow, filters, paging } from "../list.js";
import { link } from "../app.js";
import { KINDS, many, plain } from "../words.js";

const TONES = ["real", "coming", "off", "open"];
const LEGEND = [["real", "took place"], ["coming", "to come"], ["off", "not to be"], ["open", "open"]];
const LABELS = 40;
const LISTED = 12;

let world = null; // the outlines, once loaded

export async function view(values) {
  const { at, in: country, offset, ...filter } = values;
  const [found, shapes] = await Promise.all([get("map", filter), world ?? fetch("assets/world.json").then((it) => it.json()).then(outlines)]);
  world = shapes;
  const picked = at || country ? await get("events", { ...filter, place: at, country, newest: "1", limit: 50, offset }) : null;
  const chart = new Chart(found, values);
  return {
    shown: () => chart.begin(),
    leave: () => chart.end(),
    body: [
      h("h1", {}, "Map"),
      h("p", { class: "quiet" }, `${many(found.events - found.nowhere, "event")} at ${many(found.places.length, "place")}`,
        found.nowhere ? `; ${many(found.nowhere, "event")} without a place` : "", "."),
      filters("map", values, [
        { name: "actor", label: "Who" }, { name: "with", label: "With whom" }, { name: "from", label: "From", type: "date" }, { name: "until", label: "Until", type: "date" },
        { name: "kind", label: "Kind", choices: KINDS.map((one) => [one, plain(one)]) },
        { name: "text", label: "Words" },
      ]),
      h("div", { class: "chart" }, chart.element, chart.buttons()),
      h("p", { class: "legend" }, LEGEND.map(([tone, text]) => h("span", {}, h("span", { class: `t-${tone}`, "aria-hidden": "true" }, "●"), ` ${text}`)),
        h("span", {}, "a line leads from a capital to the visit")),
      picked ? events(picked, values) : null,
      h("div", { class: "halves" }, places(found.places, values), ways(found.ways, values)),
    ],
  };
}

function events(picked, values) {
  const { at, in: country, offset, ...filter } = values;
  return h("section", {}, h("h2", { id: "here" }, `${many(picked.total, "event")} in ${at ?? country}`),
    h("ol", { class: "rows" }, picked.items.map(eventRow)), paging("map", values, picked),
    downloads("events", { ...filter, place: at, country }, ["geojson"]));
}

const name = (spot) => [spot.place, spot.country_name ?? spot.country].filter(Boolean).join(", ");

function places(list, values) {
  return h("section", {}, h("h2", {}, "Places"), h("ol", { class: "counted" }, list.slice(0, LISTED).map((spot) =>
    h("li", {}, h("a", { href: to(spot, values) }, name(spot)), " ", h("span", { class: "count" }, spot.events.toLocaleString("en"))))));
}

function ways(list, values) {
  if (!list.length) return null;
  return h("section", {}, h("h2", {}, "Visits"), h("ol", { class: "counted" }, list.slice(0, LISTED).map((one) =>
    h("li", {}, h("a", { href: link("map", { ...values, actor: one.from, with: undefined, kind: "visit", at: one.place, in: one.country, offset: undefined }) }, led(one)), " ",
      h("span", { class: "count" }, one.events.toLocaleString("en"))))));
}

const led = (one) => `${one.from_name} → ${one.place ?? one.country_name ?? one.country}`;

function to(spot, values) {
  return link("map", { ...values, at: spot.place ?? undefined, in: spot.country ?? undefined, offset: undefined });
}

const tone = (count) => TONES.reduce((most, one) => (count[one] > count[most] ? one : most), "real");

class Chart {
  constructor(found, values) {
    Object.assign(this, { found, values });
    this.names = s("g", { class: "names", "aria-hidden": "true" });
    const ground = s("g", {}, s("path", { class: "land", d: world.land }), s("path", { class: "border", d: world.borders }));
    const lines = s("g", {}, found.ways.slice(0, 400).map((one) => this.line(one)));
    // The small ones lie on the large ones.
    const dots = s("g", {}, found.places.map((spot) => this.dot(spot)));
    this.element = s("svg", { class: "map", role: "img", tabindex: "0", preserveAspectRatio: "xMidYMid meet",
      "aria-label": `Map of ${many(found.places.length, "place")} and ${many(found.ways.length, "way")} of visits; arrow keys move, plus and minus zoom; the lists below hold the same` }, ground, lines, dots, this.names);
    this.box = fitted(found);
  }

  line(one) {
    const d = way(one.start, one.end);
    if (!d) return null;
    const title = `${led(one)}: ${many(one.events, "visit")}`;
    const width = Math.min(6, 1 + Math.log2(one.events) / 2).toFixed(1);
    return s("path", { class: `way w-${tone(one)}`, d, "stroke-width": width }, s("title", {}, document.createTextNode(title)));
  }

  dot(spot) {
    [spot.x, spot.y] = project(spot.longitude, spot.latitude);
    spot.size = Math.min(34, 7 + 2.4 * Math.log2(spot.events));
    const title = `${name(spot)}: ${many(spot.events, "event")}`;
    const here = this.values.at === (spot.place ?? undefined) && this.values.in === spot.country && (this.values.at || this.values.in);
    const dot = s("path", { class: `spot w-${tone(spot)}${spot.place ? "" : " vague"}${here ? " here" : ""}`, d: `M${spot.x.toFixed(1)} ${spot.y.toFixed(1)}h0`, "stroke-width": spot.size.toFixed(1) },
      s("title", {}, document.createTextNode(title)));
    dot.spot = spot;
    return dot;
  }

  buttons() {
    const button = (text, label, does) => h("button", { type: "button", "aria-label": label, onclick: does }, text);
    return h("p", { class: "zooms" }, button("+", "Nearer", () => this.zoom(0.6)), button("−", "Further", () => this.zoom(1 / 0.6)),
      button("World", "The whole world", () => { this.box = { ...WHOLE }; this.draw(); }));
  }

  begin() {
    this.stop = new AbortController();
    const on = (event, does, more = {}) => this.element.addEventListener(event, does, { signal: this.stop.signal, ...more });
    on("pointerdown", (e) => { this.drag = { x: e.clientX, y: e.clientY, box: { ...this.box }, moved: false }; });
    on("pointermove", (e) => this.moved(e));
    on("pointerup", (e) => { const still = this.drag && !this.drag.moved; this.drag = null; if (still) this.open(e); });
    on("pointerleave", () => { this.drag = null; });
    on("wheel", (e) => { e.preventDefault(); this.zoom(e.deltaY > 0 ? 1.2 : 1 / 1.2, this.point(e)); }, { passive: false });
    on("keydown", (e) => this.key(e));
    this.watch = new ResizeObserver(() => this.draw());
    this.watch.observe(this.element);
  }

  end() {
    this.stop?.abort();
    this.watch?.disconnect();
  }

  // Map units in one point of the screen.
  unit() { return Math.max(this.box.width / (this.element.clientWidth || 1), this.box.height / (this.element.clientHeight || 1)); }

  point(e) {
    const [unit, frame] = [this.unit(), this.element.getBoundingClientRect()];
    return [this.box.x + this.box.width / 2 + (e.clientX - frame.x - frame.width / 2) * unit, this.box.y + this.box.height / 2 + (e.clientY - frame.y - frame.height / 2) * unit];
  }

  moved(e) {
    if (!this.drag) return;
    const [dx, dy] = [e.clientX - this.drag.x, e.clientY - this.drag.y];
    if (!this.drag.moved && Math.hypot(dx, dy) < 4) return;
    if (!this.drag.moved) this.element.setPointerCapture(e.pointerId);
    this.drag.moved = true;
    this.box = { ...this.box, x: this.drag.box.x - dx * this.unit(), y: this.drag.box.y - dy * this.unit() };
    this.draw();
  }

  zoom(by, [x, y] = [this.box.x + this.box.width / 2, this.box.y + this.box.height / 2]) {
    const width = Math.min(Math.max(this.box.width * by, 20), 1400);
    const share = width / this.box.width;
    this.box = { x: x - (x - this.box.x) * share, y: y - (y - this.box.y) * share, width, height: this.box.height * share };
    this.draw();
  }

  key(e) {
    const step = this.box.width / 8;
    const shift = (dx, dy) => () => { this.box.x += dx * step; this.box.y += dy * step; this.draw(); };
    const does = { ArrowLeft: shift(-1, 0), ArrowRight: shift(1, 0), ArrowUp: shift(0, -1), ArrowDown: shift(0, 1), "+": () => this.zoom(0.6), "-": () => this.zoom(1 / 0.6) }[e.key];
    if (!does) return;
    e.preventDefault();
    does();
  }

  open(e) {
    const { spot } = e.target;
    if (!spot) return;
    history.pushState(null, "", to(spot, this.values));
    dispatchEvent(new PopStateEvent("popstate"));
  }

  draw() {
    const { x, y, width, height } = this.box;
    this.element.setAttribute("viewBox", `${x.toFixed(2)} ${y.toFixed(2)} ${width.toFixed(2)} ${height.toFixed(2)}`);
    this.label();
  }

  // Names of the places in view that have most, as far as they do not lie over one another.
  label() {
    const unit = this.unit(), size = 12 * unit, taken = [], list = [];
    const inView = this.found.places.filter((one) => Math.abs(one.x - this.box.x - this.box.width / 2) < this.box.width / 2 && Math.abs(one.y - this.box.y - this.box.height / 2) < this.box.height / 2);
    for (const spot of inView.slice(0, Math.min(LABELS, (this.element.clientWidth || 0) / 28))) {
      const text = spot.place ?? spot.country_name ?? "";
      const box = { x: spot.x + (spot.size / 2 + 3) * unit, y: spot.y - size * 0.7, width: text.length * size * 0.56, height: size * 1.3 };
      const over = (one) => box.x < one.x + one.width && one.x < box.x + box.width && box.y < one.y + one.height && one.y < box.y + box.height;
      if (!text || taken.some(over)) continue;
      taken.push(box);
      const around = spot.size * unit;
      taken.push({ x: spot.x - around / 2, y: spot.y - around / 2, width: around, height: around });
      list.push(s("text", { x: box.x.toFixed(2), y: (spot.y + size * 0.35).toFixed(2), "font-size": size.toFixed(2), "stroke-width": (3 * unit).toFixed(2) }, document.createTextNode(text)));
    }
    fill(this.names, list);
  }
}

// The part of the world that holds what was found, not too narrow.
function fitted({ places, ways }) {
  const points = [...places, ...ways.map((one) => one.start)].map((one) => project(one.longitude, one.latitude));
  if (!points.length) return { ...WHOLE };
  const range = (axis) => [Math.min(...points.map((one) => one[axis])), Math.max(...points.map((one) => one[axis]))];
  const [[left, right], [top, bottom]] = [range(0), range(1)];
  const width = Math.min(WHOLE.width, Math.max(260, (right - left) * 1.2, (bottom - top) * 1.3 * (WHOLE.width / WHOLE.height)));
  const height = (width * WHOLE.height) / WHOLE.width;
  return { x: (left + right - width) / 2, y: Math.min(Math.max((top + bottom - height) / 2, WHOLE.y), WHOLE.y + WHOLE.height - height), width, height };
}
