// Who is named, and one of them: posts over time, events, words with citation.
import { get } from "../api.js";
import { h, s, say } from "../dom.js";
import { link } from "../app.js";
import { downloads, eventRow, filters, paging } from "../list.js";
import { cite, day, many, plain } from "../words.js";

export async function view(values, name) {
  return name === "actor" ? one(values) : list(values);
}

async function list(values) {
  const { offset, ...filter } = values;
  const people = await get("actors", { ...filter, limit: 100, offset });
  return {
    class: "narrow",
    body: [
      h("h1", {}, "Actors"),
      filters("actors", values, [
        { name: "text", label: "Name", type: "search" },
        { name: "kind", label: "Sort", choices: ["person", "state", "government", "organisation", "group", "place"].map((kind) => [kind, kind]) },
        { name: "country", label: "Country" },
      ]),
      h("p", { class: "quiet" }, many(people.total, "name"), "."),
      h("ol", { class: "rows" }, people.items.map((row) => h("li", { class: "row" },
        h("div", { class: "row-when" }, plain(row.kind), row.country ? ` · ${row.country}` : ""),
        h("div", { class: "row-what" }, h("a", { href: link("actor", { key: row.key }) }, row.name),
          h("p", { class: "quiet" }, `${many(row.articles, "article")}, ${many(row.events, "event")}`))))),
      paging("actors", values, people), downloads("actors", filter),
    ],
  };
}

async function one({ key }) {
  const { actor, offices, posts, facets } = await get("actor", { key });
  const [visits, events, words] = await Promise.all([
    get("events", { actor: actor.key, kind: "visit", newest: "1", limit: 50 }), get("events", { actor: actor.key, newest: "1", limit: 25 }), get("statements", { actor: actor.key, limit: 50 }),
  ]);
  return {
    title: actor.name,
    class: "narrow",
    body: [
      h("h1", {}, actor.name),
      h("p", { class: "quiet" }, plain(actor.kind), actor.country ? ` · ${actor.country}` : "", ` · ${many(actor.articles, "article")}, ${many(facets.events, "event")}`),
      posts.length ? [h("h2", {}, "Posts"), terms(posts)] : null,
      offices.length ? [h("h2", {}, "Posts, as articles tell them"), h("ul", {}, offices.map((it) => h("li", {}, plain(it.office),
        h("span", { class: "quiet" }, ` ${[...new Set([day(it.first), day(it.last)])].filter(Boolean).join(" – ")}, ${many(it.articles, "article")}`))))] : null,
      h("h2", {}, "With whom"),
      h("p", {}, facets.actor.filter((it) => it.value !== actor.key).slice(0, 12).map((it, at) => [at ? " · " : "", h("a", { href: link("search", { actor: it.value }) }, it.name), ` ${it.count}`])),
      h("h2", {}, `Visits (${visits.total})`), h("ol", { class: "rows" }, visits.items.map(eventRow)), downloads("events", { actor: actor.key, kind: "visit" }),
      h("h2", {}, "Said"), h("ol", { class: "claims" }, words.items.map(quote)), downloads("statements", { actor: actor.key }),
      h("h2", {}, `All events (${events.total})`), h("ol", { class: "rows" }, events.items.map(eventRow)), downloads("events", { actor: actor.key }),
    ],
  };
}

function quote(row) {
  const text = `“${row.content}” — ${row.source} (${cite(row)})`;
  const copy = h("button", { type: "button", class: "plain", onclick: async () => { await navigator.clipboard.writeText(text); say("Copied"); } }, "Copy with citation");
  return h("li", {}, h("blockquote", { dir: "auto" }, row.content),
    h("p", { class: "quiet" }, plain(row.act), " · ", h("a", { href: link("article", { id: row.article, at: `${row.start}-${row.end}` }) }, cite(row)), " ", copy));
}

// Posts as bars along time; what only texts tell has days of texts.
function terms(posts) {
  const year = (text) => { const [y, m, d] = text.split("-").map(Number); return y + ((m ?? 1) - 1) / 12 + ((d ?? 1) - 1) / 365; };
  const now = new Date().getFullYear() + 1;
  const spans = posts.map((post) => [year(post.from), post.until ? year(post.until) : now]);
  const first = Math.floor(Math.min(...spans.map(([from]) => from))), last = Math.max(first + 1, ...spans.map(([, until]) => until));
  const x = (time) => (((time - first) / (last - first)) * 100).toFixed(2);
  return h("ol", { class: "terms" }, posts.map((post, at) => {
    const [from, until] = spans[at];
    const width = Math.max(0.6, x(until) - x(from)).toFixed(2);
    const bar = s("svg", { class: "term", viewBox: "0 0 100 4", preserveAspectRatio: "none", "aria-hidden": "true" },
      s("rect", { class: "years", x: 0, y: 1.5, width: 100, height: 1 }), s("rect", { class: post.seen ? "bar seen" : "bar", x: x(from), y: 0, width, height: 4 }));
    return h("li", {}, h("span", {}, plain(post.title), ", ", post.country, post.to ? ` in ${post.to}` : ""),
      h("span", { class: "quiet" }, ` ${day(post.from)} – ${post.until ? day(post.until) : "today"}${post.seen ? ", by dated texts" : ""}`), bar);
  }));
}
