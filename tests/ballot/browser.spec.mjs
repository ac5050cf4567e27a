// The built scripts in a real browser: what the worker makes is accepted, and nothing else comes out of it.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import { newPage } from "../browser/helpers.mjs";
import { startSite } from "../browser/site.mjs";
import { archive, credentialOf, electionOf, keyOf } from "./elections.mjs";
import { data } from "./groups.mjs";
import { inside } from "./inside.mjs";
import { folder, NO_TANDAU, NO_TOOL, needs, run, setUp, tandau, tandauVerifies, tool, toolSetsUp, toolVersion } from "./oracle.mjs";
import { open } from "./verifier.mjs";

const dist = (name) => readFileSync(new URL(`../../web/dist/${name}`, import.meta.url));
const credential = data("vectors").credentials.derivation[0].credential;
const made = data("made-elsewhere");
let site;
before(async () => {
  site = await startSite();
  // A page that asks for nothing of its own.
  site.change = () => '<!doctype html><html lang="en"><title>Ballot</title><link rel="icon" href="/dist/icon.svg">';
});
after(() => site.close());

async function on(look) {
  const page = await newPage({ site: site.url });
  try {
    await page.goto(`${site.url}/patterns/first-steps.ru.html`);
    await look(page);
    assert.deepEqual(page.complaints, [], "the browser's complaints");
  } finally {
    await page.context().close();
  }
}

/** The worker is gone, and what it knew. */
async function gone(page) {
  for (let tries = 0; page.workers().length > 0; tries += 1) {
    assert.ok(tries < 50, "the worker is ended");
    await new Promise((later) => setTimeout(later, 20));
  }
}

/** Seals as a voting page would, and listens to everything that the worker says. */
function seal(page, request, worker = "/dist/ballot-worker.js") {
  return page.evaluate(
    async ({ request, worker }) => {
      const said = [];
      const Real = window.Worker;
      window.Worker = class extends Real {
        constructor(...all) {
          super(...all);
          this.addEventListener("message", (event) => said.push(structuredClone(event.data)));
        }
      };
      const { seal } = await import("/dist/ballot.js");
      const whole = typeof request.election === "string" ? { ...request, election: new TextEncoder().encode(request.election) } : request;
      const answer = await seal(worker, whole).catch(({ code, question }) => ({ code, question }));
      window.Worker = Real;
      return { answer, said };
    },
    { request, worker },
  );
}

describe("in a browser", () => {
  for (const name of ["a-single", "e-ed25519-later"]) {
    it(`${name}: the ballot opens to the choice, and nothing else leaves the worker`, async () => {
      await on(async (page) => {
        const asked = [];
        page.context().on("request", (request) => asked.push(new URL(request.url()).pathname));
        const { election, trustees, choices } = made[name];
        const { answer, said } = await seal(page, { election, credential, choices: choices[0] });
        assert.deepEqual(Object.keys(answer), ["ballot", "tracker"]);
        assert.deepEqual(open(election, answer.ballot, trustees), choices[0]);
        assert.deepEqual(said, [answer], "one message");
        const { uuid, group } = JSON.parse(election);
        const { order } = group === "Ed25519" ? inside.ed25519 : inside.belenios2048;
        for (const secret of [credential, credential.replaceAll("-", ""), String(inside.secretOf(credential, uuid, order))]) {
          assert.ok(!JSON.stringify(said).includes(secret), "no secret in what it said");
        }
        // The browser fetches the page's icon when it likes.
        const sent = asked.filter((path) => !path.endsWith(".svg")).sort();
        assert.deepEqual(sent, ["/dist/ballot-worker.js", "/dist/ballot.js"], "nothing was sent");
        await gone(page);
      });
    });
  }

  it("belenios-tool counts what the browser encrypted", async (t) => {
    if (!needs(t, toolSetsUp, NO_TOOL)) return;
    const election = setUp([{ answers: ["Иә", "Жоқ"], blank: true, min: 1, max: 1, question: "?" }], [1, 1, 1]);
    const votes = [[0, 1, 0], [1, 0, 0], [0, 1, 0]];
    await on(async (page) => {
      for (const [i, vote] of votes.entries()) {
        const { answer } = await seal(page, { election: election.election, credential: election.credentials[i], choices: [vote] });
        election.cast(answer.ballot);
      }
    });
    assert.deepEqual(election.count(), [[1, 2, 0]]);
    assert.match(election.verify(), /all checks passed/);
    if (needs(t, tandauVerifies, NO_TANDAU)) run(tandau, ["evoting", "verify", join(election.cwd, `${election.uuid}.bel`)]);
  });

  for (const group of ["BELENIOS-2048", "Ed25519"]) {
    it(`${group}: both verifiers accept an archive of the browser's ballots`, async (t) => {
      const key = keyOf(group, 2n ** 200n + 5n);
      const election = electionOf(group, key.public, [{ answers: ["Иә", "Жоқ"], blank: true, min: 1, max: 2 }]);
      const { uuid } = JSON.parse(election);
      const ours = group === "Ed25519" ? inside.ed25519 : inside.belenios2048;
      const voters = [1n, 2n].map((n) => credentialOf(10n ** 20n * n + 77n));
      const list = voters.map((voter) => ours.write(ours.base(inside.secretOf(voter, uuid, ours.order))));
      const ballots = [];
      await on(async (page) => {
        for (const [i, vote] of [[0, 1, 1], [1, 0, 0]].entries()) {
          const { answer } = await seal(page, { election, credential: voters[i], choices: [vote] });
          ballots.push(answer.ballot);
        }
      });
      const cwd = folder();
      const file = join(cwd, `${uuid}.bel`);
      writeFileSync(file, archive(election, [key.trustee], list, ballots));
      if (!needs(t, tandauVerifies, NO_TANDAU)) return;
      const { stdout } = run(tandau, ["evoting", "verify", file, "--format", "json"]);
      assert.equal(JSON.parse(stdout).voted, 2);
      if (!needs(t, toolVersion, NO_TOOL)) return;
      if (group === "Ed25519" && /^2\.0/.test(toolVersion)) t.diagnostic(`belenios-tool ${toolVersion} has no Ed25519: verified by \`tandau evoting verify\` alone`);
      else assert.match(run(tool, ["election", "verify"], { cwd }).stderr, /all checks passed/);
    });
  }

  it("what is wrong is said by name, and the worker is gone", async () => {
    await on(async (page) => {
      const { election } = made["a-single"];
      const good = { election, credential, choices: [[0, 1, 0, 0, 0]] };
      for (const [code, change, question] of [
        ["CREDENTIAL_CHECKSUM", { credential: "nBp-4if-K4Q-3Ei-QHE" }],
        ["CHOICES_TOO_MANY", { choices: [[0, 1, 1, 0, 0]] }, 0],
        ["REQUEST", { choices: "0100" }],
        ["REQUEST", { election: 5 }],
        ["REQUEST", { credential: null }],
        ["REQUEST", { credentials: "12" }],
      ]) {
        const { answer, said } = await seal(page, { ...good, ...change });
        assert.deepEqual([answer.code, answer.question], [code, question]);
        assert.deepEqual(said, [question === undefined ? { error: code } : { error: code, question }]);
        await gone(page);
      }
    });
  });

  it("what can't be handed to a worker is refused", async () => {
    await on(async (page) => {
      const code = await page.evaluate(async () => {
        const { seal } = await import("/dist/ballot.js");
        return seal("/dist/ballot-worker.js", { election: new Uint8Array(), credential: "", choices: [() => 1] }).catch((refused) => refused.code);
      });
      assert.equal(code, "REQUEST");
      await gone(page);
    });
  });

  it("works under a policy that allows the worker nothing", async () => {
    await on(async (page) => {
      let served = 0;
      await page.route("**/ballot-worker.js", (route) => {
        served += 1;
        return route.fulfill({ contentType: "text/javascript", headers: { "content-security-policy": "default-src 'none'" }, body: dist("ballot-worker.js") });
      });
      const { election, choices } = made["e-ed25519-later"];
      const { answer } = await seal(page, { election, credential, choices: choices[1] });
      assert.deepEqual(Object.keys(answer), ["ballot", "tracker"]);
      assert.equal(served, 1);
    });
  });

  it("a worker that is not there is a fault", async () => {
    const page = await newPage({ site: site.url });
    await page.goto(`${site.url}/patterns/first-steps.ru.html`);
    const { answer } = await seal(page, { election: "{}", credential, choices: [] }, "/dist/nowhere.js");
    assert.equal(answer.code, "FAULT");
    await page.context().close();
  });

  it("the worker has no way out, and hands out nothing of its inside", async () => {
    await on(async (page) => {
      const started = page.waitForEvent("worker");
      await page.evaluate(() => void (window.kept = new Worker("/dist/ballot-worker.js")));
      const worker = await started;
      const closed = ["fetch", "XMLHttpRequest", "WebSocket", "EventSource", "BroadcastChannel", "importScripts", "indexedDB", "caches", "Worker"];
      assert.deepEqual(await worker.evaluate((names) => names.filter((name) => typeof self[name] !== "undefined"), closed), []);
      const reopened = await worker.evaluate(() => {
        delete self.fetch;
        return typeof self.fetch;
      });
      assert.equal(reopened, "undefined", "and none comes back");
      const inner = ["seal", "secretOf", "proveOneOf", "systemRandom", "random"];
      assert.deepEqual(await worker.evaluate((names) => names.filter((name) => name in self), inner), []);
    });
  });
});

describe("the built scripts", () => {
  it("take their random numbers from the system and speak in one place", (t) => {
    const worker = dist("ballot-worker.js");
    const text = worker.toString("utf8");
    assert.ok(!/Math\.random|sourceMappingURL|\beval\(|new Function|https?:/.test(text));
    assert.equal(text.match(/postMessage/g).length, 1);
    assert.match(text, /getRandomValues/);
    assert.match(text, /MIT License/, "the library's authors are named");
    assert.ok(!/^\s*export|module\.exports/m.test(text), "it hands out nothing");
    const size = gzipSync(worker).length;
    t.diagnostic(`ballot-worker.js ${worker.length} B, ${size} B packed; ballot.js ${dist("ballot.js").length} B`);
    assert.ok(size < 32 * 1024, "a phone on a bad network loads it");
  });
});
