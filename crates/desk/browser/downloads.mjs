// Every list as CSV, JSON and Parquet, the calendar as iCalendar, a quotation with its citation, a view as one file.
import { test } from "node:test";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { OUT, desk, open, page, views } from "./desk.mjs";

async function taken(one, link) {
  const [download] = await Promise.all([one.waitForEvent("download"), link.click()]);
  const path = join(OUT, download.suggestedFilename());
  await download.saveAs(path);
  return readFileSync(path);
}

const RIGHT = {
  CSV: (bytes) => String(bytes).split("\r\n")[0].split(",").length > 3,
  JSON: (bytes) => JSON.parse(bytes) !== null,
  PARQUET: (bytes) => bytes.subarray(0, 4).equals(Buffer.from("PAR1")) && bytes.subarray(-4).equals(Buffer.from("PAR1")),
  ICS: (bytes) => String(bytes).startsWith("BEGIN:VCALENDAR"),
  GEOJSON: (bytes) => JSON.parse(bytes).type === "FeatureCollection",
};

test("every list downloads in every form", async () => {
  const one = await page();
  for (const name of ["search", "found", "calendar", "timeline", "map", "actors", "actor", "plans", "event", "review"]) {
    const address = name === "map" ? "map?in=CHN" : (await views())[name];
    await open(one, address);
    const links = one.locator(".downloads a");
    const forms = await links.allTextContents();
    for (const form of ["CSV", "JSON", "PARQUET"]) assert.ok(forms.includes(form), `${name} lacks ${form}`);
    for (const [at, form] of forms.entries()) assert.ok(RIGHT[form](await taken(one, links.nth(at))), `${name}: ${form}`);
  }
  await one.context().close();
});

test("the calendar is a subscription", async () => {
  const one = await page();
  await open(one, "calendar");
  const address = await one.getAttribute("a:has-text('Subscribe')", "href");
  const answer = await fetch(address);
  assert.match(answer.headers.get("content-type"), /text\/calendar/);
  assert.match(await answer.text(), /^BEGIN:VCALENDAR[^]*BEGIN:VEVENT/);
  await one.context().close();
});

test("words are copied with their citation", async () => {
  const { base } = await desk();
  const one = await page({ permissions: ["clipboard-read", "clipboard-write"] });
  await open(one, (await views()).actor);
  const quote = await one.textContent(".claims blockquote");
  await one.click("text=Copy with citation");
  await one.waitForFunction(() => document.getElementById("said").textContent === "Copied");
  const copied = await one.evaluate(() => navigator.clipboard.readText());
  assert.ok(copied.startsWith(`“${quote}”`) && copied.length > quote.length + 10, copied);
  assert.ok(base);
  await one.context().close();
});

test("every view is kept as one file that runs nothing and loads nothing", async () => {
  const one = await page();
  for (const [name, address] of Object.entries(await views())) {
    await open(one, address);
    const heading = await one.textContent("h1");
    const path = join(OUT, `${name}.html`);
    const [download] = await Promise.all([one.waitForEvent("download"), one.click("text=Save this view")]);
    await download.saveAs(path);
    const alone = await page({ offline: true });
    const asked = [];
    alone.on("request", (request) => asked.push(request.url()));
    await alone.goto(pathToFileURL(path).href);
    assert.equal(await alone.textContent("h1"), heading);
    const active = await alone.evaluate(() => [window.harmed, ...[...document.querySelectorAll("*")].filter((it) =>
      ["SCRIPT", "LINK", "IFRAME", "OBJECT"].includes(it.tagName) || [...it.attributes].some(({ name }) => name.startsWith("on"))).map((it) => it.tagName)].filter(Boolean));
    assert.deepEqual(active, [], name);
    assert.deepEqual(asked.filter((it) => !it.startsWith("data:") && !it.startsWith("file:")), []);
    if (["map", "timeline"].includes(name)) await alone.screenshot({ path: join(OUT, `shots/${name}-saved.png`) });
    await alone.context().close();
  }
  await one.context().close();
});
