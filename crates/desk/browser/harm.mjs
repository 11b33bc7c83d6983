// What strangers write is only ever shown, and strangers are not let in.
import { test } from "node:test";
import assert from "node:assert/strict";
import http from "node:http";
import { api, desk, open, page, settled, views } from "./desk.mjs";

async function harmless(one, where) {
  const { harmed, strange, over } = await one.evaluate(() => ({
    harmed: window.harmed, strange: document.querySelectorAll("main img, main script, main iframe, main [onload], main [onerror], main a[href^='javascript:']").length,
    over: document.documentElement.scrollWidth - innerWidth,
  }));
  assert.deepEqual({ harmed, strange }, { harmed: undefined, strange: 0 }, where);
  assert.ok(over <= 0, `${where}: ${over} points stick out`);
}

test("tags, scripts, turned text and endless words harm nothing in any field", async () => {
  const hostile = (await api("articles?limit=1000")).items.filter((it) => it.name?.startsWith("hostile"));
  assert.equal(hostile.length, 3);
  const events = (await api("events?from=2031-01-01&limit=100")).items;
  assert.ok(events.length > 0);
  const words = encodeURIComponent(`"><img src=x onerror=window.harmed=1>`);
  const addresses = [...hostile.map((it) => `article?id=${it.article}`), ...events.slice(0, 6).map((it) => `event?id=${it.id}`),
    "", "calendar?from=2031-01-01", "timeline?from=2031-01-01", "map?from=2031-01-01", "actors?text=putin", "review?from=2031-01-01",
    `search?text=${words}&actor=${words}`, `actors?text=${words}`, `timeline?actor=${words}&as_of=${words}`, `map?at=${words}`, `event?id=${words}`, `article?id=${words}`, `actor?key=${words}`, `review?text=${words}`];
  for (const width of [360, 1280]) {
    const one = await page({ width });
    one.removeAllListeners("console"); // answers of 400 and 404 are told there
    for (const address of addresses) {
      await open(one, address);
      await harmless(one, `${address} at ${width}`);
    }
    await one.context().close();
  }
});

test("an article of 10 MB is refused in words, and the page goes on", async () => {
  const one = await page();
  one.removeAllListeners("console");
  await open(one, "");
  await one.evaluate(() => {
    const data = new DataTransfer();
    data.items.add(new File(["A president will visit a capital. ".repeat(310_000)], "long.txt", { type: "text/plain" }));
    document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
  });
  await one.waitForSelector("main > [role=alert]");
  assert.match(await one.textContent("main"), /MB/);
  await open(one, "calendar");
  await harmless(one, "calendar");
  await one.context().close();
});

test("a long article is shown in parts, and its last words are found", async () => {
  const one = await page();
  const { article } = (await api("articles?limit=1")).items[0];
  // An answer as the reader would give it for an article of 10 MB.
  const piece = (at) => ({ start: at * 100, end: at * 100 + 100, text: `${"word ".repeat(19)}<b>\u202ex\n`, layers: at % 3 ? [] : ["time"] });
  const read = await api(`articles/${article}`);
  const long = { ...read, shown: { ...read.shown, pieces: Array.from({ length: 100_000 }, (_, at) => piece(at)), sections: [] } };
  await one.route(/api\/v1\/articles\//, (route) => route.fulfill({ json: long }));
  await open(one, `article?id=${article}`);
  const begun = await one.evaluate(() => document.querySelectorAll(".text span").length);
  assert.ok(begun < 20_000, `${begun}`);
  await harmless(one, "a long article");
  await open(one, `article?id=${article}&at=9999900-10000000`);
  assert.match(await one.textContent(".text .sought"), /word/);
  await one.context().close();
});

test("another page reaches nothing: no answer, no script, no frame", async () => {
  const { base } = await desk();
  const other = http.createServer((_, answer) => answer.writeHead(200, { "Content-Type": "text/html" }).end("<!doctype html><title>other</title><h1>Other</h1>")).listen(0, "127.0.0.1");
  const one = await page();
  one.removeAllListeners("console");
  await one.goto(`http://127.0.0.1:${other.address().port}/`);
  const reached = await one.evaluate(async (base) => {
    const tried = (make) => new Promise((done) => { const element = make(); element.onload = () => done("loaded"); element.onerror = () => done("refused"); document.body.append(element); });
    const ask = (how) => fetch(`${base}api/v1/overview`, how).then((it) => it.type === "opaque" ? "opaque" : it.text(), () => "refused");
    return {
      read: await ask({}), written: await fetch(`${base}api/v1/read`, { method: "POST", body: "words" }).then(() => "answered", () => "refused"), blind: await ask({ mode: "no-cors" }),
      script: await tried(() => Object.assign(document.createElement("script"), { src: `${base}assets/words.js`, type: "module" })),
    };
  }, base);
  assert.deepEqual(reached, { read: "refused", written: "refused", blind: "refused", script: "refused" });
  const frame = await one.evaluate((base) => new Promise((done) => {
    const element = Object.assign(document.createElement("iframe"), { src: base });
    element.onload = () => { try { done(element.contentDocument?.body?.textContent ? "shown" : "refused"); } catch { done("refused"); } };
    document.body.append(element);
  }), base);
  assert.equal(frame, "refused");
  other.close();
  await one.context().close();
});

test("without the token, at another host, out of the folder, too much: refused", async () => {
  const { base } = await desk();
  const { port, pathname, host } = new URL(base);
  const ask = (path, { headers = {}, method = "GET", body } = {}) => new Promise((done, failed) => {
    const request = http.request({ host: "127.0.0.1", port, path, method, headers: { Host: host, ...headers } }, (answer) => { answer.resume(); done(answer.statusCode); });
    request.on("error", (error) => (error.code === "ECONNRESET" || error.code === "EPIPE" ? done(413) : failed(error)));
    request.end(body);
  });
  assert.equal(await ask(pathname), 200);
  assert.equal(await ask("/"), 403);
  assert.equal(await ask(`/${"0".repeat(48)}/api/v1/events`), 403);
  assert.equal(await ask(pathname, { headers: { Host: "evil.example" } }), 421);
  assert.equal(await ask(pathname, { headers: { Host: `evil.example:${port}` } }), 421);
  assert.equal(await ask(`${pathname}api/v1/overview`, { headers: { Origin: "http://evil.example" } }), 403);
  assert.equal(await ask(`${pathname}assets/..%2f..%2fetc/passwd`), 404);
  assert.equal(await ask(`${pathname}assets/../../etc/passwd`), 404);
  assert.equal(await ask(`${pathname}api/v1/read`, { method: "POST", body: "a".repeat(6_000_000) }), 413);
  assert.equal(await ask(`${pathname}api/v1/none`), 404);
});
