// Browser tests. `TANDAU_URL=http://localhost:8080 node --test tests/browser/run.mjs`
//
// patterns.spec.mjs needs only web/dist; pages.spec.mjs walks the running site at TANDAU_URL.
// TANDAU_PATTERNS_ONLY=1 leaves the site out. TANDAU_SHOTS=DIR keeps pictures.
import { after } from "node:test";
import { closeBrowser } from "./helpers.mjs";

await import("./patterns.spec.mjs");
if (process.env.TANDAU_PATTERNS_ONLY !== "1") await import("./pages.spec.mjs");
after(closeBrowser);
