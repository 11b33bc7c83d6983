// Parts of views that lists share: event rows, downloads, paging, filters kept in the address.
import { address } from "./api.js";
import { h } from "./dom.js";
import { days, many, plain, status } from "./words.js";
import { link } from "./app.js";

export function eventRow(event) {
  const told = event.independent > 1 ? `${event.independent} independent of ${many(event.articles, "article")}` : many(event.articles, "article");
  return h("li", { class: "row" },
    h("div", { class: "row-when" }, days(event.earliest, event.latest)),
    h("div", { class: "row-what" },
      h("a", { href: link("event", { id: event.id }) }, event.title),
      h("p", { class: "quiet" }, status(event.status), event.title.startsWith(event.kind) ? "" : ` · ${plain(event.kind)}`, event.place ? ` · ${event.place}` : "", " · ", told,
        event.contradictions?.length ? h("span", { class: "clash" }, " · contradicted") : "",
        event.verdict ? ` · ${event.verdict}` : "")));
}

export function downloads(path, values, more = []) {
  const one = (format) => h("a", { href: address(path, { ...values, format }), download: "" }, format.toUpperCase());
  return h("p", { class: "downloads" }, h("span", { class: "quiet" }, "Download "),
    ["csv", "json", "parquet", ...more].map((format) => [one(format), " "]));
}

export function paging(view, values, page) {
  if (page.offset === 0 && page.next === null) return null;
  const to = (offset, text) => h("a", { href: link(view, { ...values, offset: offset || undefined }) }, text);
  return h("nav", { class: "paging", "aria-label": "Pages" },
    page.offset > 0 ? to(Math.max(0, page.offset - page.limit), "← earlier in the list") : h("span"),
    h("span", { class: "quiet" }, `${page.offset + 1}–${page.offset + page.items.length}`),
    page.next !== null ? to(page.next, "further →") : h("span"));
}

// A form whose fields are the address: what is sent is a link.
export function filters(view, values, fields) {
  const form = h("form", { class: "filters", role: "search", onsubmit: (event) => {
    event.preventDefault();
    const kept = Object.fromEntries([...new FormData(form)].filter(([, value]) => value !== ""));
    history.pushState(null, "", link(view, kept));
    dispatchEvent(new PopStateEvent("popstate"));
  } });
  for (const { name, label, type = "text", choices, wide } of fields) {
    const id = `f-${name}`;
    if (type === "hidden") {
      if (values[name]) form.append(h("input", { type, name, value: values[name] }));
      continue;
    }
    const control = choices
      ? h("select", { id, name }, h("option", { value: "" }, "any"),
          choices.map(([value, text]) => h("option", { value, selected: values[name] === value }, text)))
      : h("input", { id, name, type, value: values[name] ?? "", autocomplete: "off" });
    form.append(h("div", { class: wide ? "field wide" : "field" }, h("label", { for: id }, label), control));
  }
  form.append(h("button", { type: "submit" }, "Show"));
  return form;
}

export function facet(view, values, name, title, list) {
  if (!list?.length) return null;
  const toggled = (value) => ({ ...values, [name]: values[name] === value ? undefined : value, offset: undefined });
  return h("section", { class: "facet" }, h("h2", {}, title), h("ul", {}, list.slice(0, 12).map(({ value, name: text, count }) =>
    h("li", {}, h("a", { href: link(view, toggled(value)), "aria-current": values[name] === value ? "true" : undefined },
      h("span", {}, text ?? plain(value)), " ", h("span", { class: "count" }, count.toLocaleString("en")))))));
}
