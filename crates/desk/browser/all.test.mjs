import { after, test } from "node:test";
import assert from "node:assert/strict";
import { close, faults } from "./desk.mjs";

await import("./views.mjs");
await import("./article.mjs");
await import("./review.mjs");
await import("./downloads.mjs");
await import("./harm.mjs");
await import("./speed.mjs");

test("no page complained of anything", () => assert.deepEqual(faults, []));
after(close);
