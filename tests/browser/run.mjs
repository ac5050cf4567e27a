// Browser tests. `TANDAU_URL=http://localhost:8080 node --test tests/browser/run.mjs`
//
// patterns.spec.mjs and offline.spec.mjs need only web/dist; the others walk the running demo at TANDAU_URL, and the one
// at TANDAU_EVENING_URL (the evening of voting) where something is still to be entered; those of the days before it have demos
// of their own. with-demo.mjs starts all of them.
// TANDAU_PATTERNS_ONLY=1 leaves the sites out. TANDAU_SHOTS=DIR keeps pictures. ONLY=pages,office chooses.
import { after } from "node:test";
import { closeBrowser } from "./helpers.mjs";

const all = process.env.TANDAU_PATTERNS_ONLY === "1" ? ["patterns", "offline"] : ["patterns", "offline", "offline-real", "readiness", "incidents", "training", "marks", "cascade", "hall", "pages", "media", "office", "protocol"];
const only = process.env.ONLY?.split(",") ?? all;
for (const name of all.filter((n) => only.includes(n))) await import(`./${name}.spec.mjs`);
after(closeBrowser);
