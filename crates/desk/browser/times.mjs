// Server time of the answers that each view asks for, the median of five, and the cost of panning the timeline.
import { close, desk, open, page } from "./desk.mjs";
import { middle, pan } from "./pan.mjs";

const VIEWS = ["", "search?text=visit", "search?actor=Xi+Jinping", "calendar", "timeline", "timeline?actor=Xi+Jinping&with=Russia", "map", "map?kind=visit", "actors", "actor?key=state/CHN", "plans", "review"];

async function asked(view) {
  const one = await page();
  const found = new Map();
  one.on("request", (request) => { if (request.url().includes("/api/v1/")) found.set(request.url(), null); });
  await open(one, view);
  await one.context().close();
  return [...found.keys()];
}

// The view's questions go out together, so its time is that of all of them at once.
async function time(urls) {
  const start = performance.now();
  await Promise.all(urls.map(async (url) => (await fetch(url)).arrayBuffer()));
  return performance.now() - start;
}

await desk();
for (const view of VIEWS) {
  const urls = await asked(view);
  const times = [];
  for (let n = 0; n < 5; n += 1) times.push(await time(urls));
  console.log(`${(view || "first view").padEnd(40)} ${middle(times).toFixed(0).padStart(6)} ms for ${urls.length} answers`);
}
const one = await page();
await open(one, "timeline");
const { cost, rate } = await pan(one, 120);
console.log(`panning the timeline: ${cost.toFixed(1)} ms of processor time in a frame, ${rate.toFixed(0)} frames a second`);
await close();
