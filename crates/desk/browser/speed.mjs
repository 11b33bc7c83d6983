// 50,000 events on a timeline: what is seen follows the hand. What a frame costs is printed, and not judged: machines differ.
import { test } from "node:test";
import assert from "node:assert/strict";
import { join } from "node:path";
import { OUT, open, page } from "./desk.mjs";
import { pan } from "./pan.mjs";

const EVENTS = 50_000;
const FRAMES = 120;

function marks() {
  const kinds = ["visit", "meeting", "talks", "summit", "call", "attack", "protest", "aid", "sanction", "threat", "agreement", "arrest"];
  const status = ["held", "held", "held", "planned", "cancelled", "alleged"];
  const day = (n) => new Date(Date.UTC(2002, 0, 1) + n * 86400000).toISOString().slice(0, 10);
  return Array.from({ length: EVENTS }, (_, at) => {
    const first = (at * 7919) % 9000;
    return { id: `e${at}`, kind: kinds[(at * 31) % kinds.length], title: `Event ${at}`, status: status[(at * 17) % status.length], earliest: day(first), latest: day(first + (at % 5 ? 0 : at % 40)) };
  });
}

const picture = (one) => one.evaluate(() => document.querySelector("canvas.timeline").toDataURL());
const inView = (one) => one.evaluate(() => Number(document.querySelector("main p[role=status]").textContent.replaceAll(",", "").match(/^\d+/)[0]));

async function press(one, key, times = 1) {
  await one.focus("canvas.timeline");
  for (let n = 0; n < times; n += 1) await one.keyboard.press(key);
  await one.waitForTimeout(400); // the list follows when the hand rests
}

async function cost(one, name) {
  const { cost, rate } = await pan(one, FRAMES);
  console.log(`timeline, ${name}: ${cost.toFixed(1)} ms of processor time in a frame, ${rate.toFixed(0)} frames a second`);
}

test("a timeline of 50,000 events is drawn, moved and looked into", async () => {
  const one = await page();
  await one.route(/api\/v1\/marks/, (route) => route.fulfill({ json: marks() }));
  await open(one, "timeline");
  await one.waitForTimeout(400);
  await one.screenshot({ path: join(OUT, "shots/timeline-50000.png") });
  assert.match(await one.textContent("main"), /50,000 dated events/);
  const [far, all] = [await picture(one), await inView(one)];
  await cost(one, "far");
  await press(one, "+", 9);
  await one.screenshot({ path: join(OUT, "shots/timeline-50000-near.png") });
  const [near, few] = [await picture(one), await inView(one)];
  assert.ok(near !== far && few > 0 && few < all / 10, `${few} of ${all} in view`);
  await press(one, "ArrowRight");
  assert.notEqual(await picture(one), near);
  await cost(one, "near");
  await one.context().close();
});
