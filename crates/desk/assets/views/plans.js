// Proposals by types of provision; a cell opens the words; what is left out is shown as left out.
import { get } from "../api.js";
import { h } from "../dom.js";
import { link } from "../app.js";
import { downloads } from "../list.js";
import { day, plain } from "../words.js";

export async function view() {
  const { types, names, plans } = await get("plans");
  const head = (plan) => h("th", { scope: "col" }, h("a", { href: link("article", { id: plan.article }) }, plan.name),
    h("div", { class: "quiet" }, [plan.sponsors.join(", "), day(plan.published)].filter(Boolean).join(" · ")));
  const table = h("table", {}, h("caption", {}, "● provided · ✕ told to be left out · – not spoken of"),
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Provision"), plans.map(head))),
    h("tbody", {}, types.map((type) => h("tr", {}, h("th", { scope: "row" }, names[type] ?? plain(type)), plans.map((plan) => h("td", {}, cell(plan, type)))))));
  return {
    body: [h("h1", {}, "Plans"), plans.length ? h("div", { class: "wide-table", tabindex: "0", role: "region", "aria-label": "Plans by provision" }, table)
      : h("p", {}, "No article of the ledger tells of a plan."), plans.length ? downloads("plans", {}) : null],
  };
}

function cell(plan, type) {
  const all = plan.cells[type];
  if (!all) return h("span", { class: "quiet" }, h("span", { "aria-hidden": "true" }, "–"), h("span", { class: "unseen" }, "not spoken of"));
  const out = all.every((one) => one.left_out);
  return h("details", { class: out ? "out" : "" },
    h("summary", {}, out ? "✕ left out" : `● ${all.filter((one) => !one.left_out).map((one) => one.number).join(", ")}`),
    all.map((one) => h("p", {}, one.left_out ? h("b", {}, "Left out: ") : null, h("q", {}, one.words), " ",
      h("a", { href: link("article", { id: plan.article, at: `${one.span.start}-${one.span.end}` }) }, "in the article"))));
}
