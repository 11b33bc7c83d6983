// What contradicts, before anybody decides; decisions by keyboard alone, written as corrections; an event split and joined again.
import { test } from "node:test";
import assert from "node:assert/strict";
import { api, open, page, settled } from "./desk.mjs";

const last = async () => (await api("corrections?limit=1000")).items.at(-1);
const title = (one) => one.textContent(".card h2");

test("words that contradict are marked side by side", async () => {
  const event = (await api("events?limit=1000")).items.find((it) => it.contradictions.length);
  const one = await page();
  await open(one, `event?id=${event.id}`);
  assert.ok(await one.locator(".pair .side-by").count() >= 2);
  assert.ok(await one.locator(".pair mark").count() > 0);
  await one.context().close();
});

test("accept, reject, edit, skip and undo without a pointer", async () => {
  const one = await page();
  await open(one, "review");
  const turned = async (key) => {
    const before = await title(one);
    await one.keyboard.press(key);
    await one.waitForFunction((before) => document.querySelector(".card h2").textContent !== before, before);
    return before;
  };
  const first = await title(one);
  await turned("a");
  assert.equal((await last()).action, "accept");
  await turned("r");
  assert.equal((await last()).action, "reject");
  const edited = await title(one);
  await one.keyboard.press("e");
  await one.keyboard.press("Control+A");
  await one.keyboard.type("status=cancelled");
  await one.keyboard.press("Enter");
  await one.waitForFunction((before) => document.querySelector(".card h2").textContent !== before, edited);
  assert.equal((await last()).action, "edit");
  const skipped = await turned("s");
  assert.notEqual(await title(one), skipped);
  await turned("u");
  assert.equal(await title(one), edited);
  assert.equal((await last()).action, "undo");
  assert.notEqual(first, edited);
  await one.context().close();
});

test("an account is split off and joined again", async () => {
  const event = (await api("events?limit=1000")).items.find((it) => it.tellings.length > 1);
  const one = await page();
  await open(one, `event?id=${event.id}`);
  await one.locator("text=Why merged?").last().click();
  await one.locator("button:has-text('Split it off')").last().click();
  await one.waitForFunction(() => document.getElementById("said").textContent === "Split off");
  await settled(one);
  assert.equal((await last()).action, "split");
  const parts = (await api("events?limit=1000")).items.filter((it) => it.tellings.some((told) => event.tellings.some((was) => was.telling === told.telling)));
  assert.ok(parts.length > 1, `${parts.length}`);
  await open(one, `event?id=${parts[0].id}`);
  await one.click("text=Is it the same as another?");
  await one.fill("#other", parts[1].id);
  await one.click("button:has-text('Join')");
  await one.waitForFunction(() => document.getElementById("said").textContent === "Joined");
  assert.equal((await last()).action, "join");
  await one.context().close();
});
