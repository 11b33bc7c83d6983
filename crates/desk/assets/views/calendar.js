// Visits and meetings by month: what is announced and what took place.
import { address, get } from "../api.js";
import { h } from "../dom.js";
import { downloads, eventRow, filters, paging } from "../list.js";
import { GLYPHS, day, many, plain } from "../words.js";

const KINDS = ["visit", "meeting", "talks", "summit", "call"];

export async function view(values) {
  const { offset, ...filter } = values;
  const asked = { ...filter, kind: filter.kind || KINDS };
  const { all, total, parts, events } = await (filter.from || filter.until ? between(asked, offset) : around(asked, offset));
  const feed = new URL(address("calendar.ics", filter), document.baseURI);
  return {
    body: [
      h("h1", {}, "Calendar"),
      h("p", { class: "quiet" }, `${many(total, "visit or meeting", "visits and meetings")}, past and planned.`),
      filters("calendar", values, [
        { name: "actor", label: "Who" }, { name: "with", label: "With whom" }, { name: "country", label: "Where" }, { name: "from", label: "From", type: "date" }, { name: "until", label: "Until", type: "date" },
        { name: "kind", label: "Kind", choices: KINDS.map((kind) => [kind, plain(kind)]) },
        { name: "status", label: "Where it stands", choices: ["planned", "confirmed", "held", "postponed", "cancelled", "denied"].map((one) => [one, plain(one)]) },
      ]),
      h("p", { class: "legend" }, ["planned", "confirmed", "held", "postponed", "cancelled", "denied"].map((one) => h("span", {}, h("span", { class: `glyph s-${one}`, "aria-hidden": "true" }, GLYPHS[one]), ` ${one} `))),
      parts.map(([title, list]) => [title ? h("h2", {}, title) : null, h("div", { class: "months" }, months(list, title ? "h3" : "h2"))]),
      all ? null : h("p", {}, "Nothing is known."),
      paging("calendar", values, events),
      h("p", {}, h("a", { href: feed.href }, "Subscribe as iCalendar"), h("span", { class: "quiet" }, " (the address holds while this program runs)")),
      downloads("events", asked, ["ics"]),
    ],
  };
}

// Asked for days: in their order.
async function between(asked, offset) {
  const events = await get("events", { ...asked, limit: 100, offset });
  return { total: events.total, all: events.items.length, parts: [["", events.items]], events };
}

// Otherwise what is to come, then what was, the last first.
async function around(asked, offset) {
  const today = new Date().toISOString().slice(0, 10);
  const [ahead, events] = await Promise.all([get("events", { ...asked, from: today, limit: 100 }), get("events", { ...asked, newest: "1", limit: 100, offset })]);
  const coming = new Set(ahead.items.map((one) => one.id));
  const past = events.items.filter((one) => !coming.has(one.id));
  const parts = [["To come", offset ? [] : ahead.items], ["Past", past]].filter(([, list]) => list.length);
  return { total: events.total, all: parts.length, parts, events };
}

function months(list, heading) {
  const all = new Map();
  for (const event of list) {
    const first = event.earliest ?? event.latest;
    const month = first ? day(first.slice(0, 7)) : "Undated";
    all.set(month, [...(all.get(month) ?? []), event]);
  }
  return [...all].map(([month, events]) => h("section", {}, h(heading, {}, month), h("ol", { class: "rows" }, events.map(eventRow))));
}
