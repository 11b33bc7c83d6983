import { h } from "./dom.js";

export const GLYPHS = {
  held: "●", ongoing: "◐", planned: "○", confirmed: "◎", invited: "◇", possible: "◌", requested: "◇",
  postponed: "→", cancelled: "✕", denied: "⊘", negated: "⊘", alleged: "?", hypothetical: "◌", recurring: "↻",
};

// The kinds of event that people ask for most.
export const KINDS = ["visit", "meeting", "talks", "summit", "call", "agreement", "proposal", "aid", "arms_supply", "threat", "protest", "sanction", "weapon_test", "attack", "ceasefire"];

export function plain(word) {
  return String(word ?? "").replaceAll("_", " ");
}

export function glyph(status) {
  return h("span", { class: `glyph s-${status}`, "aria-hidden": "true" }, GLYPHS[status] ?? "·");
}

export function status(name) {
  return h("span", { class: "status" }, glyph(name), " ", plain(name));
}

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

export function day(text) {
  if (!text) return "";
  const [year, month, date] = text.split("-");
  if (!month) return year;
  const name = MONTHS[Number(month) - 1] ?? month;
  return date ? `${Number(date)} ${name.slice(0, 3)} ${year}` : `${name} ${year}`;
}

export function days(earliest, latest) {
  if (!earliest && !latest) return "undated";
  if (!latest) return `since ${day(earliest)}`;
  if (!earliest) return `until ${day(latest)}`;
  if (earliest === latest) return day(earliest);
  const [y1, m1, d1] = earliest.split("-");
  const [y2, m2, d2] = latest.split("-");
  const last = new Date(Date.UTC(Number(y2), Number(m2), 0)).getUTCDate();
  if (d1 === "01" && Number(d2) === last && y1 === y2) {
    if (m1 === m2) return day(`${y1}-${m1}`);
    if (m1 === "01" && m2 === "12") return y1;
  }
  if (y1 === y2 && m1 === m2) return `${Number(d1)}–${day(latest)}`;
  return `${day(earliest)} – ${day(latest)}`;
}

export function many(count, one, more = `${one}s`) {
  return `${count.toLocaleString("en")} ${count === 1 ? one : more}`;
}

export function cite(row) {
  return [row.publisher, row.headline, day(row.published)].filter(Boolean).join(", ") || row.name || row.article;
}
