// An article dropped, pasted and typed is read at once; a field lights up its characters, and back.
import { test } from "node:test";
import assert from "node:assert/strict";
import { SAMPLE, api, open, page, read, settled, views } from "./desk.mjs";

const drop = (one, text, name) => one.evaluate(([text, name]) => {
  const data = new DataTransfer();
  data.items.add(new File([text], name, { type: "text/plain" }));
  const fire = (kind) => document.body.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
  fire("dragover");
  fire("drop");
}, [text, name]);

test("an article dropped on any view is read", async () => {
  const one = await page();
  await open(one, "calendar");
  await drop(one, read(SAMPLE), "visit-and-plan.txt");
  await one.waitForSelector("article.text");
  assert.ok(one.url().endsWith("/read"));
  const shown = await one.textContent("article.text");
  assert.equal(shown, read(SAMPLE));
  assert.ok((await one.textContent(".record")).includes("visit"));
  const ladder = await one.textContent(".ladder");
  assert.match(ladder, /←/);
  await one.context().close();
});

test("a field lights up its characters and characters their fields", async () => {
  const one = await page();
  await open(one, (await views()).article);
  const field = one.locator(".record .field.lights:visible").first();
  await field.hover();
  assert.ok((await one.textContent(".text .lit")).length > 0);
  await one.mouse.move(0, 0);
  assert.equal(await one.locator(".text .lit").count(), 0);
  await field.focus();
  assert.ok(await one.locator(".text .lit").count() > 0);
  await one.locator(".text .l-time").first().hover();
  assert.ok(await one.locator(".record .lit").count() > 0);
  await one.context().close();
});

test("layers are switched", async () => {
  const one = await page();
  await open(one, (await views()).article);
  const colour = () => one.evaluate(() => getComputedStyle([...document.querySelectorAll(".l-time")].find((it) => it.closest(".text") && it.className === "l-time")).backgroundColor);
  const on = await colour();
  await one.uncheck("#layer-time");
  assert.notEqual(await colour(), on);
  await one.check("#layer-time");
  assert.equal(await colour(), on);
  await one.context().close();
});

test("the check's answer stands beside a background claim", async () => {
  const one = await page();
  await open(one, (await views()).article);
  const answers = await one.locator(".verdict b").allTextContents();
  assert.ok(answers.length > 0 && answers.every((it) => /supported|contradicted|not known/.test(it)), `${answers}`);
  await one.context().close();
});

test("a text pasted or typed is read, and kept only where asked", async () => {
  const before = (await api("overview")).articles;
  const one = await page();
  await open(one, "plans");
  const words = "President Anna Berg of Norway will visit Kyiv on 3 June 2031, her office said.";
  await one.evaluate((text) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
  }, words);
  await one.waitForSelector("article.text");
  assert.equal(await one.textContent("article.text"), words);
  await open(one, "read");
  await one.fill("#text", words);
  await one.fill("#published", "2031-05-30");
  await one.click("button[type=submit]");
  await one.waitForSelector("article.text");
  assert.equal((await api("overview")).articles, before);
  await one.click("text=Keep in the ledger");
  await one.waitForFunction(() => document.getElementById("said").textContent.includes("Kept"));
  await settled(one);
  assert.equal((await api("overview")).articles, before + 1);
  await one.context().close();
});

test("an account of an event leads to its words in the article", async () => {
  const one = await page();
  await open(one, (await views()).event);
  const quote = await one.textContent(".claims blockquote");
  await one.click(".claims a");
  await one.waitForSelector("article.text .sought");
  const lit = (await one.locator("article.text .sought").allTextContents()).join("");
  assert.equal(lit, quote);
  await one.context().close();
});
