// Ballots of web/ballot: `npm run test:ballot`. Others check them too: belenios-tool, and `tandau evoting` when TANDAU_PROGRAM
// names a program that has it. ONLY=vectors,browser chooses.
import { after } from "node:test";
import { closeBrowser } from "../browser/helpers.mjs";

const all = ["vectors", "choices", "oracle", "browser", "documents"];
const only = process.env.ONLY?.split(",") ?? all;
for (const name of all.filter((n) => only.includes(n))) await import(`./${name}.spec.mjs`);
after(closeBrowser);
