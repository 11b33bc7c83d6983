// 50,000 events pan without lag. What counts is the processor time of the page in each frame: a loaded machine shows fewer frames.
import { test } from "node:test";
import assert from "node:assert/strict";
import { join } from "node:path";
import { OUT, open, page } from "./desk.mjs";
import { pan } from "./pan.mjs";

const EVENTS = 50_000;
const FRAMES = 120;
const FRAME = 20; // milliseconds: 50 frames a second

function marks() {
  const kinds = ["visit", "meeting", "talks", "summit", "call", "attack", "protest", "aid", "sanction", "threat", "agreement", "arrest"];
  const status = ["held", "held", "held", "planned", "cancelled", "alleged"];
  const day = (n) => new Date(Date.UTC(2002, 0, 1) + n * 86400000).toISOString().slice(0, 10);
  return Array.from({ length: EVENTS }, (_, at) => {
    const first = (at * 7919) % 9000;
    return { id: `e${at}`, kind: kinds[(at * 31) % kinds.length], title: `Event ${at}`, status: status[(at * 17) % status.length], earliest: day(first), latest: day(first + (at % 5 ? 0 : at % 40)) };
  });
}

test("a timeline of 50,000 events pans at 50 frames a second", async () => {
  const one = await page();
  await one.route(/api\/v1\/marks/, (route) => route.fulfill({ json: marks() }));
  await open(one, "timeline");
  await one.waitForTimeout(300);
  await one.screenshot({ path: join(OUT, "shots/timeline-50000.png") });
  const far = await pan(one, FRAMES);
  await one.focus("canvas.timeline");
  for (let n = 0; n < 9; n += 1) await one.keyboard.press("+");
  const near = await pan(one, FRAMES);
  await one.waitForTimeout(200);
  await one.screenshot({ path: join(OUT, "shots/timeline-50000-near.png") });
  for (const [name, { cost, rate }] of Object.entries({ far, near })) {
    console.log(`timeline, ${name}: ${cost.toFixed(1)} ms of processor time in a frame, ${rate.toFixed(0)} frames a second`);
    assert.ok(cost > 0.05 && cost < FRAME, `${name}: ${cost} ms`);
  }
  await one.context().close();
});
