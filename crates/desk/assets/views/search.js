// What the ledger has: words, facets, events, articles.
import { get } from "../api.js";
import { h } from "../dom.js";
import { link } from "../app.js";
import { downloads, eventRow, facet, filters, paging } from "../list.js";
import { cite, day, many } from "../words.js";

const FIELDS = [
  { name: "text", label: "Words", type: "search", wide: true },
  { name: "actor", label: "Who" },
  { name: "with", label: "With whom" },
  { name: "from", label: "From", type: "date" },
  { name: "until", label: "Until", type: "date" },
];

export async function view(values) {
  const { offset, ...filter } = values;
  const [overview, facets, events, found] = await Promise.all([
    get("overview"), get("facets", filter), get("events", { ...filter, newest: "1", limit: 25, offset }),
    filter.text ? get("search", { ...filter, limit: 10 }) : get("articles", { ...filter, limit: 10 }),
  ]);
  const asked = Object.keys(filter).length > 0;
  const range = overview.first ? `, published from ${day(overview.first)} to ${day(overview.last)}` : "";
  const empty = overview.articles === 0;
  return {
    class: "with-side",
    said: asked ? `${many(events.total, "event")} found` : undefined,
    body: [
      h("div", { class: "lead" },
        h("h1", {}, "What the record holds"),
        h("p", { class: "quiet" }, `${many(overview.articles, "article")}, ${many(overview.events, "event")}, ${many(overview.statements, "statement")}${range}.`),
        filters("search", values, FIELDS)),
      empty ? h("p", {}, "The ledger is empty. ", h("a", { href: link("read") }, "Paste or drop an article"), " to begin.") : null,
      h("aside", { class: "side", "aria-label": "Facets" },
        ["kind:Kind", "status:Where it stands", "actor:Who", "country:Country", "year:Year"].map((pair) => {
          const [name, title] = pair.split(":");
          if (name === "year") return yearFacet(filter, facets.year);
          return facet("search", filter, name, title, facets[name]);
        })),
      h("div", { class: "body" },
        h("section", {}, h("h2", {}, many(events.total, "event")),
          h("ol", { class: "rows" }, events.items.map(eventRow)), paging("search", values, events), downloads("events", filter, ["ics", "geojson"])),
        h("section", {}, h("h2", {}, many(found.total, "article")),
          h("ol", { class: "rows" }, found.items.map(article)), downloads(filter.text ? "search" : "articles", filter))),
    ],
  };
}

function yearFacet(filter, years) {
  const newest = [...(years ?? [])].sort((a, b) => b.value.localeCompare(a.value)).slice(0, 12);
  if (!newest.length) return null;
  return h("section", { class: "facet" }, h("h2", {}, "Year"), h("ul", {}, newest.map(({ value, count }) => {
    const on = filter.from === `${value}-01-01` && filter.until === `${value}-12-31`;
    const to = { ...filter, from: on ? undefined : `${value}-01-01`, until: on ? undefined : `${value}-12-31` };
    return h("li", {}, h("a", { href: link("search", to), "aria-current": on ? "true" : undefined }, h("span", {}, value), " ", h("span", { class: "count" }, count)));
  })));
}

function article(row) {
  return h("li", { class: "row" },
    h("div", { class: "row-when" }, day(row.published) || "undated"),
    h("div", { class: "row-what" },
      h("a", { href: link("article", { id: row.article }) }, row.headline ?? row.name ?? row.article),
      row.passage ? h("p", { class: "passage" }, marked(row.passage)) : null,
      h("p", { class: "quiet" }, row.publisher || row.name || cite(row))));
}

function marked(passage) {
  return passage.split(/(»[^«]*«)/).map((part) => part.startsWith("»") ? h("mark", {}, part.slice(1, -1)) : part);
}
