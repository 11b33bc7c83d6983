// One event: every claim, who tells it independently, what contradicts, why it was merged; people may correct it.
import { get, post } from "../api.js";
import { h, say } from "../dom.js";
import { link, show } from "../app.js";
import { downloads } from "../list.js";
import { day, days, many, plain, status } from "../words.js";

export async function view(values) {
  const event = await get(`events/${encodeURIComponent(values.id ?? "")}`);
  const told = new Map(event.tellings.map((one) => [one.telling, one]));
  return {
    title: event.title,
    class: "narrow",
    body: [
      h("h1", {}, event.title),
      h("p", {}, status(event.status), " · ", plain(event.kind), " · ", days(event.earliest, event.latest), event.place ? ` · ${event.place}` : "",
        event.verdict ? h("b", {}, ` · ${event.verdict}`) : "", event.corrected?.length ? ` · corrected: ${event.corrected.join(", ")}` : ""),
      h("p", { class: "quiet" }, `${many(event.articles, "article")}, ${event.independent} of them independent, ${many(event.publishers, "outlet")}, ${many(event.voices, "source")}.`,
        event.dates.length > 1 ? ` Told for ${event.dates.join(", ")}.` : ""),
      decisions(event),
      h("h2", {}, "Who"),
      h("ul", { class: "members" }, event.participants.map((one) => h("li", {}, h("span", { class: "quiet" }, plain(one.role), " "),
        one.key ? h("a", { href: link("actor", { key: one.key }) }, one.name) : one.name, one.country ? h("span", { class: "quiet" }, ` ${one.country}`) : ""))),
      event.life.length > 1 ? [h("h2", {}, "Its life"), h("ol", { class: "life" }, event.life.map((step) => h("li", {}, status(step.status), h("span", { class: "quiet" }, ` ${day(step.published)}`))))] : null,
      event.contradictions.length ? [h("h2", {}, "Contradictions"), event.contradictions.map((one) => clash(one, told))] : null,
      h("h2", {}, "Claims"),
      h("ol", { class: "claims" }, event.tellings.map((one) => claim(one, event))),
      downloads(`events/${encodeURIComponent(event.id)}`, {}),
    ],
  };
}

function place(one) {
  return link("article", { id: one.article, words: `${one.start}-${one.end}` });
}

function outlet(one) {
  return one.publisher ?? one.name ?? one.article;
}

function claim(one, event) {
  const split = () => act(`tellings/${one.telling}/split`, "Split off");
  return h("li", {},
    h("blockquote", { dir: "auto" }, one.quote),
    h("p", { class: "quiet" }, h("a", { href: place(one) }, outlet(one)), one.published ? `, ${day(one.published)}` : "", one.told_by ? ` ← ${one.told_by}` : "", " · ", status(one.status), one.edtf ? ` · ${one.edtf}` : "", one.place ? ` · ${one.place}` : ""),
    h("details", {}, h("summary", {}, "Why merged?"), h("p", {}, one.reason || "It is the first telling of this event."),
      one.derived ? h("p", {}, one.derived) : null, h("p", {}, h("code", {}, one.rule)),
      event.tellings.length > 1 ? h("button", { type: "button", onclick: split }, "Split it off") : null));
}

function clash(one, told) {
  const [a, b] = [told.get(one.one), told.get(one.other)];
  const side = (value, account, other) => h("div", { class: "side-by" }, h("p", {}, h("b", {}, plain(value))),
    account ? [h("blockquote", { dir: "auto" }, differing(account.quote, other?.quote ?? "")), h("p", { class: "quiet" }, h("a", { href: place(account) }, outlet(account)), account.published ? `, ${day(account.published)}` : "")] : null);
  return h("section", { class: "clash-pair", "aria-label": `Contradiction on ${plain(one.field)}` }, h("h3", {}, plain(one.field)),
    h("div", { class: "pair" }, side(one.one_value, a, b), side(one.other_value, b, a)));
}

// The words of a text, those marked that another does not have in this order.
function differing(text, other) {
  const words = (it) => it.split(/(\s+)/).filter((word) => word.trim()).slice(0, 120);
  const key = (word) => word.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
  const [a, b] = [words(text), words(other)];
  const long = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) for (let j = b.length - 1; j >= 0; j--) {
    long[i][j] = key(a[i]) === key(b[j]) ? long[i + 1][j + 1] + 1 : Math.max(long[i + 1][j], long[i][j + 1]);
  }
  const parts = [];
  const add = (marked, word) => { if (parts.at(-1)?.marked === marked) parts.at(-1).words.push(word); else parts.push({ marked, words: [word] }); };
  for (let i = 0, j = 0; i < a.length;) {
    if (j < b.length && key(a[i]) === key(b[j])) { add(false, a[i++]); j++; }
    else if (j < b.length && long[i][j + 1] > long[i + 1][j]) j++;
    else add(true, a[i++]);
  }
  return parts.map(({ marked, words }) => [marked ? h("mark", {}, words.join(" ")) : words.join(" "), " "]);
}

async function act(path, done, body = {}) {
  try {
    await post(path, body);
    await show();
    say(done);
  } catch (error) {
    say(error.message);
    document.getElementById("fault").textContent = error.message;
  }
}

function decisions(event) {
  const to = (what, done) => h("button", { type: "button", onclick: () => act(`events/${event.id}/${what}`, done) }, plain(what).replace(/^./, (c) => c.toUpperCase()));
  const other = h("input", { id: "other", required: true, autocomplete: "off" });
  const change = h("input", { id: "change", placeholder: "status=held", autocomplete: "off" });
  return [
    h("form", { class: "filters", onsubmit: (submit) => { submit.preventDefault(); act(`events/${event.id}/edit`, "Edited", { changes: [change.value] }); } },
      to("accept", "Accepted"), to("reject", "Rejected"), to("undo", "Taken back"),
      h("div", { class: "field" }, h("label", { for: "change" }, "Field=value"), change), h("button", { type: "submit" }, "Edit")),
    h("details", {}, h("summary", {}, "Is it the same as another?"),
      h("form", { class: "filters", onsubmit: (submit) => { submit.preventDefault(); act(`events/${event.id}/join`, "Joined", { other: other.value.trim() }); } },
        h("div", { class: "field" }, h("label", { for: "other" }, "Id of the other event"), other), h("button", { type: "submit" }, "Join"),
        h("p", { class: "quiet" }, "This one is ", h("code", {}, event.id), "."))),
    h("p", { id: "fault", class: "fault", role: "alert" }),
  ];
}
