// One decision at a time, those first that are worth most; by keyboard.
import { address, get, post } from "../api.js";
import { fill, h, say } from "../dom.js";
import { link } from "../app.js";
import { downloads } from "../list.js";
import { day, days, plain, status } from "../words.js";

export async function view(values) {
  let due = await get("review", { ...values, limit: 50 });
  const done = [];
  const card = h("section", { class: "card", "aria-live": "polite", "aria-label": "To decide" });
  const fault = h("p", { class: "fault", role: "alert" });
  const change = h("input", { id: "change", autocomplete: "off", placeholder: "status=held" });
  const edit = h("form", { class: "filters", hidden: true, onsubmit: (event) => { event.preventDefault(); decide("edit", { changes: [change.value] }); } },
    h("div", { class: "field wide" }, h("label", { for: "change" }, "Field=value"), change), h("button", { type: "submit" }, "Edit"));
  let busy = false;
  const draw = () => {
    const one = due[0];
    if (!one) return fill(card, h("p", {}, "Nothing is left to decide here."));
    const { event } = one;
    fill(card, h("h2", {}, h("a", { href: link("event", { id: event.id }) }, event.title)),
      h("p", {}, status(event.status), ` · ${plain(event.kind)} · ${days(event.earliest, event.latest)}`, event.place ? ` · ${event.place}` : ""),
      event.tellings.slice(0, 4).map((it) => [h("blockquote", { dir: "auto" }, it.quote), h("p", { class: "quiet" }, it.publisher ?? it.name ?? "", it.published ? `, ${day(it.published)}` : "", it.told_by ? ` ← ${it.told_by}` : "")]),
      h("p", { class: "quiet" }, `Doubt ${Math.round(one.doubt * 100)} %: ${one.reasons.join("; ") || "no sign against it"}.`));
  };
  const next = async () => { due.shift(); if (!due.length) due = await get("review", { ...values, limit: 50 }); draw(); };
  const decide = async (what, body) => {
    if (busy || !due[0]) return;
    busy = true;
    fault.textContent = "";
    try {
      await post(`events/${due[0].event.id}/${what}`, body);
      done.push(due[0]);
      edit.hidden = true;
      say(`${what}: ${due[0].event.title}`);
      await next();
    } catch (error) { fault.textContent = error.message; } finally { busy = false; }
  };
  const skip = () => { due.push(due.shift()); draw(); };
  const undo = async () => {
    const last = done.pop();
    if (!last) { say("There is nothing to take back"); return; }
    try { await post(`events/${last.event.id}/undo`); due.unshift(last); draw(); say("Taken back"); } catch (error) { fault.textContent = error.message; }
  };
  const open = () => { edit.hidden = false; change.value = due[0] ? `status=${due[0].event.status}` : ""; change.focus(); };
  const KEYS = { a: () => decide("accept"), r: () => decide("reject"), e: open, s: skip, u: undo };
  const listen = (event) => {
    if (event.target.closest("input, textarea, select")) { if (event.key === "Escape") { edit.hidden = true; event.target.blur(); } return; }
    if (event.ctrlKey || event.metaKey || event.altKey || !KEYS[event.key]) return;
    event.preventDefault();
    KEYS[event.key]();
  };
  document.addEventListener("keydown", listen);
  draw();
  const button = (key, text) => h("button", { type: "button", onclick: () => KEYS[key](), "aria-keyshortcuts": key }, h("kbd", {}, key), ` ${text}`);
  return {
    class: "narrow",
    leave: () => document.removeEventListener("keydown", listen),
    body: [h("h1", {}, "Review"), h("p", { class: "quiet" }, "What would put most right comes first. The keys work anywhere on this page."), card, fault, edit,
      h("p", { class: "keys" }, button("a", "accept"), " ", button("r", "reject"), " ", button("e", "edit"), " ", button("s", "skip"), " ", button("u", "undo")),
      downloads("review", values), h("p", { class: "quiet" }, "What was decided: ", h("a", { href: address("corrections", { format: "csv" }), download: "" }, "corrections as CSV"), ".")],
  };
}
