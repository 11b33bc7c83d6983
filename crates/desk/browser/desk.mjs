// One desk over a ledger of its own, and one browser, for all tests.
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { articles } from "./hostile.mjs";

export const TOP = resolve(dirname(fileURLToPath(import.meta.url)), "../../..");
export const OUT = join(TOP, "target/browser");
export const SAMPLE = join(TOP, "samples/visit-and-plan.txt");
const LEGATION = process.env.LEGATION ?? join(TOP, "target/release/legation");

// What every page of the tests must be free of: errors told in the console, and words of others that ran.
export const faults = [];

let running = null;

export function desk() {
  running ??= start();
  return running;
}

async function start() {
  if (!process.env.LEDGER) rmSync(OUT, { recursive: true, force: true });
  mkdirSync(join(OUT, "shots"), { recursive: true });
  const ledger = process.env.LEDGER ?? join(OUT, "ledger.sqlite");
  if (!process.env.LEDGER) fillLedger(ledger);
  const server = spawn(LEGATION, ["--ledger", ledger, "serve"], { stdio: ["ignore", "pipe", "inherit"] });
  const base = await new Promise((found, failed) => {
    server.stdout.on("data", (text) => found(String(text).match(/http:\S+/)[0]));
    server.on("exit", (code) => failed(new Error(`the desk ended with ${code}`)));
  });
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
  return { base, browser, server, ledger };
}

export async function close() {
  const { browser, server } = await desk();
  await browser.close();
  server.removeAllListeners("exit");
  server.kill();
}

function fillLedger(ledger) {
  const hostile = join(OUT, "hostile.jsonl");
  writeFileSync(hostile, articles().map((one) => JSON.stringify(one)).join("\n"));
  const { status, stderr } = spawnSync(LEGATION, ["--ledger", ledger, "add", join(TOP, "samples"), hostile], { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
}

export async function api(path) {
  const { base } = await desk();
  const answer = await fetch(new URL(`api/v1/${path}`, base));
  return answer.headers.get("content-type").includes("json") ? answer.json() : answer.text();
}

// A page of a window of its own; what it complains of fails the tests.
export async function page({ width = 1280, height = 860, scheme = "light", ...more } = {}) {
  const { browser } = await desk();
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme, acceptDownloads: true, ...more });
  const one = await context.newPage();
  one.on("console", (said) => { if (said.type() === "error") faults.push(`${one.url()}: ${said.text()}`); });
  one.on("pageerror", (error) => faults.push(`${one.url()}: ${error.message}`));
  one.on("dialog", (dialog) => { faults.push(`${one.url()}: a dialog`); dialog.dismiss(); });
  return one;
}

// Opens a view and waits until it stands.
export async function open(one, view) {
  const { base } = await desk();
  await one.goto(new URL(view, base).href);
  await settled(one);
}

export async function settled(one) {
  await one.waitForSelector("main > .tools, main > [role=alert]", { state: "attached" });
}

let known = null;

// The address of every view, with something to see in it.
export async function views() {
  known ??= find();
  return known;
}

async function find() {
  const [events, articles, people] = await Promise.all([api("events?limit=1000"), api("articles?limit=1000"), api("actors?kind=person")]);
  const disputed = events.items.find((one) => one.contradictions.length) ?? events.items.find((one) => one.articles > 1);
  const article = articles.items.find((one) => one.name?.includes("visit-and-plan"));
  const with_posts = people.items[0];
  return {
    search: "", found: "search?text=visit", read: "read", article: `article?id=${article.article}`, calendar: "calendar", timeline: "timeline",
    map: "map", actors: "actors", actor: `actor?key=${encodeURIComponent(with_posts.key)}`, plans: "plans", event: `event?id=${disputed.id}`, review: "review",
  };
}

export const read = (path) => readFileSync(path, "utf8");
