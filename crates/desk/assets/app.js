// Which view an address shows.
import { query } from "./api.js";
import { fill, h, say } from "./dom.js";
import { save } from "./save.js";

const VIEWS = {
  "": ["Search", () => import("./views/search.js"), true],
  search: ["Search", () => import("./views/search.js")],
  calendar: ["Calendar", () => import("./views/calendar.js"), true],
  timeline: ["Timeline", () => import("./views/timeline.js"), true],
  map: ["Map", () => import("./views/map.js"), true],
  actors: ["Actors", () => import("./views/actors.js"), true],
  actor: ["Actor", () => import("./views/actors.js")],
  plans: ["Plans", () => import("./views/plans.js"), true],
  event: ["Event", () => import("./views/event.js")],
  review: ["Review", () => import("./views/review.js"), true],
  read: ["Read", () => import("./views/article.js"), true],
  article: ["Article", () => import("./views/article.js")],
};

export function link(view, values = {}) {
  return `${view || "./"}${query(values)}`;
}

let leave = null;
let shown = 0;

export async function show() {
  const turn = ++shown;
  const base = new URL(document.baseURI).pathname;
  const view = location.pathname.slice(base.length);
  const values = Object.fromEntries(new URLSearchParams(location.search));
  const [title, load] = VIEWS[view] ?? VIEWS[""];
  const main = document.getElementById("main");
  document.querySelectorAll("#views a").forEach((one) => {
    if (one.dataset.view === view || (view === "search" && one.dataset.view === "")) one.setAttribute("aria-current", "page");
    else one.removeAttribute("aria-current");
  });
  leave?.();
  leave = null;
  document.title = `${title} – Legation`;
  try {
    const part = await load();
    const parts = await part.view(values, view);
    if (turn !== shown) return;
    leave = parts.leave ?? null;
    document.title = `${parts.title ?? title} – Legation`;
    const keep = h("button", { type: "button", class: "plain", onclick: () => save(parts.title ?? title) }, "Save this view");
    main.className = parts.class ?? "";
    fill(main, parts.body, h("p", { class: "tools" }, keep));
    parts.shown?.();
    if (parts.said) say(parts.said);
  } catch (error) {
    if (turn !== shown) return;
    fill(main, h("h1", {}, "This could not be shown"), h("p", { role: "alert" }, error.message));
  }
}

function navigation() {
  const names = Object.entries(VIEWS).filter(([, [, , listed]]) => listed);
  fill(document.getElementById("views"), names.map(([view, [title]]) => h("li", {}, h("a", { href: link(view), data: { view } }, title))));
}

document.addEventListener("click", (event) => {
  const anchor = event.target.closest("a[href]");
  if (!anchor || anchor.download !== "" || anchor.hasAttribute("download") || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  if (anchor.classList.contains("skip")) {
    event.preventDefault();
    document.getElementById("main").focus();
    return;
  }
  const url = new URL(anchor.href);
  const base = new URL(document.baseURI);
  if (url.origin !== base.origin || !url.pathname.startsWith(base.pathname) || url.pathname.includes("/api/")) return;
  event.preventDefault();
  history.pushState(null, "", url);
  scrollTo(0, 0);
  show();
});
addEventListener("popstate", show);

// An article dropped anywhere is read at once.
document.addEventListener("dragover", (event) => {
  event.preventDefault();
  document.body.classList.add("dropping");
});
document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) document.body.classList.remove("dropping");
});
document.addEventListener("drop", async (event) => {
  event.preventDefault();
  document.body.classList.remove("dropping");
  const file = event.dataTransfer.files[0];
  read(file ? await file.text() : event.dataTransfer.getData("text/plain"), file?.name);
});

// So is one pasted where there is no field to take it.
document.addEventListener("paste", (event) => {
  if (event.target.closest?.("input, textarea")) return;
  const file = event.clipboardData.files[0];
  if (!file) return read(event.clipboardData.getData("text/plain"));
  file.text().then((text) => read(text, file.name));
});

async function read(text, name) {
  if (!text?.trim()) return;
  const { hand } = await import("./views/article.js");
  hand(text, name);
  history.pushState(null, "", link("read"));
  show();
}

navigation();
show();
