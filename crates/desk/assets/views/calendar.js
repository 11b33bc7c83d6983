// Visits and meetings by month: what is announced and what took place.
import { address, get } from "../api.js";
import { h } from "../dom.js";
import { downloads, eventRow, filters, paging } from "../list.js";
import { GLYPHS, day, many, plain } from "../words.js";

const KINDS = ["visit", "meeting", "talks", "summit", "call"];

export async function view(values) {
  const { offset, ...filter } = values;
  const asked = { ...filter, kind: filter.kind || KINDS };
  const events = await get("events", { ...asked, limit: 100, offset });
  const months = new Map();
  for (const event of events.items) {
    const first = event.earliest ?? event.latest;
    const month = first ? day(first.slice(0, 7)) : "Undated";
    months.set(month, [...(months.get(month) ?? []), event]);
  }
  const feed = new URL(address("calendar.ics", filter), document.baseURI);
  return {
    class: "narrow",
    body: [
      h("h1", {}, "Calendar"),
      h("p", { class: "quiet" }, `${many(events.total, "visit or meeting", "visits and meetings")}, past and planned.`),
      filters("calendar", values, [
        { name: "actor", label: "Who" }, { name: "country", label: "Where" }, { name: "from", label: "From", type: "date" }, { name: "until", label: "Until", type: "date" },
        { name: "kind", label: "Kind", choices: KINDS.map((kind) => [kind, plain(kind)]) },
        { name: "status", label: "Where it stands", choices: ["planned", "confirmed", "held", "postponed", "cancelled", "denied"].map((one) => [one, plain(one)]) },
      ]),
      h("p", { class: "legend" }, ["planned", "confirmed", "held", "postponed", "cancelled", "denied"].map((one) => h("span", {}, h("span", { class: `glyph s-${one}`, "aria-hidden": "true" }, GLYPHS[one]), ` ${one} `))),
      [...months].map(([month, list]) => h("section", {}, h("h2", {}, month), h("ol", { class: "rows" }, list.map(eventRow)))),
      paging("calendar", values, events),
      h("p", {}, h("a", { href: feed.href }, "Subscribe as iCalendar"), h("span", { class: "quiet" }, " (the address holds while this program runs)")),
      downloads("events", asked, ["ics"]),
    ],
  };
}
