// Working without a network: the queue on the phone against an inbox that fails in every way a village's network does.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { axe, newPage, noSidewaysScroll, open, picture, shot } from "./helpers.mjs";
import { isFull, isKept, online, says, sizeOf, soon, startOfflineSite, starts, stored, texts, textsOf } from "./offline-site.mjs";

const FORM = "/office/readiness/stations/1";
/** One site and one phone per test; `look` gets both. */
async function on(look, options = {}) {
  const site = await startOfflineSite();
  const page = await newPage({ width: 390, site: site.url, ...options });
  try {
    if (options.script) await page.addInitScript(options.script);
    await look(page, site, page.context());
  } finally {
    await page.context().close();
    await site.close();
  }
}

async function openForm(page) {
  await open(page, FORM);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await isKept(page, FORM);
  await says(page, starts("ready"));
}

async function fill(page, text, heat = "yes") {
  await page.fill("#text", text);
  await page.check(`input[name="answer.heat"][value=${heat}]`);
}

async function sendForm(page, text) {
  await fill(page, text);
  await page.click("#send");
}

const taken = (site) => site.taken.map((e) => e.fields.text);

describe("without a network", () => {
  it("keeps what is sent, in its order, shows the page, and sends once when the network is back", () =>
    on(async (page, site, phone) => {
      await openForm(page);
      await phone.setOffline(true);
      for (const text of ["one", "two", "three"]) {
        await sendForm(page, text);
        await says(page, starts("saved"));
      }
      await says(page, ": 3,");
      await says(page, texts.waiting);
      await axe(page);
      await shot(page, "offline.saved.390");
      await page.reload();
      await says(page, starts("kept"));
      await says(page, ": 3,");
      assert.equal(await page.inputValue("#text"), "three", "what was said last is in the form");
      await noSidewaysScroll(page);
      await page.goto(`${site.url}/office/somewhere-else`);
      assert.equal(await page.locator("h1").textContent(), "Without a network");
      await page.waitForSelector(`[data-offline-pages] a[href="${FORM}"]`);
      await page.goto(`${site.url}${FORM}`);
      assert.equal(site.requests > 0 ? site.taken.length : 0, 0);
      await phone.setOffline(false);
      await online(page);
      await says(page, "Noted: three");
      assert.deepEqual(taken(site), ["one", "two", "three"]);
      assert.equal(new Set(site.taken.map((e) => e.id)).size, 3);
      assert.equal(site.taken[0].fields["answer.heat"], "yes");
      assert.ok(!("csrf" in site.taken[0].fields) && !("envelope" in site.taken[0].fields));
      await shot(page, "offline.taken.390");
      assert.equal((await stored(page)).envelopes, 0);
    }));

  it("keeps every section of a station when its checklist is opened, and says so", () =>
    on(async (page, site, phone) => {
      const list = `${site.url}/office/readiness/stations/2`;
      await page.goto(list);
      await says(page, texts.aheadAll.replace("{all}", "3"));
      assert.equal(await page.locator("[data-offline-here]").count(), 3);
      await shot(page, "offline.ahead.390");
      await phone.setOffline(true);
      // None of them was ever opened.
      for (const part of ["c", "a", "b"]) {
        await page.goto(`${list}?section=${part}`);
        assert.match(await page.locator("h1").textContent(), new RegExp(`Section ${part}`));
        await sendForm(page, part);
        await says(page, starts("saved"));
      }
      await page.goto(`${list}?section=d`);
      assert.equal(await page.locator("h1").textContent(), "Without a network", "another section is not shown in its place");
      await page.goto(list);
      await phone.setOffline(false);
      await online(page);
      await soon(() => site.taken.length === 3, "all three are sent");
      assert.deepEqual(taken(site), ["c", "a", "b"]);
    }));

  it("keeps no page that an older program made, and tells of an older form", () =>
    on(async (page, site) => {
      const list = `${site.url}/office/readiness/stations/2`;
      await page.goto(list);
      await says(page, texts.aheadAll.replace("{all}", "3"));
      site.program = "two";
      await page.goto(`${site.url}/office/other`);
      const kept = (part) => page.evaluate(async (at) => (await (await caches.match(at))?.text()) ?? "", `${list}?section=${part}`);
      for (const part of ["a", "b", "c"]) await soon(async () => (await kept(part)).includes("program two"), `${part} is fetched anew`);
      await openForm(page);
      site.version = "4";
      await sendForm(page, "to an older version");
      await says(page, texts.newer);
      assert.deepEqual(taken(site), ["to an older version"], "nothing is lost");
    }));

  it("loses nothing and sends nothing twice when the connection is cut", () =>
    on(async (page, site) => {
      await openForm(page);
      let cuts = 0;
      // In the middle of the request, in the middle of the answer after it was taken, and before any answer.
      site.inbox = async (kind, request, answer, go) => {
        if (kind !== "/post" || cuts >= 3) return go();
        cuts += 1;
        if (cuts === 1) return request.socket.destroy();
        const { end } = answer;
        answer.end = (body) => {
          if (cuts === 2) answer.write(body.slice(0, 10));
          setTimeout(() => request.socket.destroy(), 50);
          answer.end = end;
        };
        return go();
      };
      await sendForm(page, "cut");
      for (let n = 1; n <= 3; n += 1) {
        await soon(async () => {
          await online(page);
          return cuts >= n;
        }, `cut ${n}`);
        // It is on the phone or, where only the answer was cut, with the server: never nowhere.
        assert.equal((await stored(page)).envelopes + site.taken.length > 0, true);
      }
      await soon(async () => {
        await online(page);
        return (await stored(page)).envelopes === 0;
      }, "it is taken in the end");
      await says(page, "Noted: cut");
      assert.deepEqual(taken(site), ["cut"]);
      assert.ok(site.posts.length >= 2, "it was sent again");
    }));

  it("shrinks photos on the phone and sends them ahead, also after a cut", () =>
    on(async (page, site) => {
      await openForm(page);
      let cut = false;
      site.inbox = (kind, request, _answer, go) => {
        if (kind !== "/files" || cut) return go();
        cut = true;
        request.once("data", () => request.socket.destroy());
      };
      const buffer = picture(2400, 1200);
      await page.setInputFiles("input[type=file]", { name: "hall.png", mimeType: "image/png", buffer });
      await page.waitForFunction(() => document.querySelector("input[type=file]").files[0]?.type === "image/jpeg");
      await sendForm(page, "photo");
      await soon(() => cut, "the photo was cut");
      await soon(async () => {
        await online(page);
        return site.taken.length === 1;
      }, "taken");
      const [photo] = site.photos.values();
      assert.deepEqual([...photo.subarray(0, 3)], [0xff, 0xd8, 0xff]);
      assert.deepEqual(sizeOf(photo), [1600, 800]);
      assert.ok(photo.length < buffer.length / 2, `${photo.length} of ${buffer.length}`);
      assert.ok(!photo.includes("Exif"));
      assert.equal(site.taken[0].files["photo.a"].length, 1);
      await page.setInputFiles("input[type=file]", { name: "a.jpg", mimeType: "image/jpeg", buffer: Buffer.from("no photo") });
      await page.waitForSelector("[data-offline-problem]");
      assert.equal(await page.inputValue("input[type=file]"), "");
    }));

  it("sends at the next start what was being sent when the app was closed", () =>
    on(async (page, site, phone) => {
      await openForm(page);
      let held = 0;
      site.inbox = (kind, _request, answer, go) => {
        if (kind !== "/post" || held > 0) return go();
        held += 1;
        // Taken, and the answer never comes.
        answer.end = () => undefined;
        return go();
      };
      await sendForm(page, "closed");
      await soon(() => site.taken.length === 1, "taken by the server");
      await page.close();
      const again = await phone.newPage();
      await again.goto(`${site.url}${FORM}`);
      await says(again, "Noted: closed");
      assert.deepEqual(taken(site), ["closed"]);
      assert.equal(site.posts.length, 2);
    }));

  it("tells the right time whatever the phone's clock says", () =>
    on(
      async (page, site, phone) => {
        await openForm(page);
        await phone.setOffline(true);
        await sendForm(page, "clock");
        await says(page, starts("saved"));
        const made = Date.now();
        await new Promise((next) => setTimeout(next, 1500));
        await phone.setOffline(false);
        await online(page);
        await says(page, "Noted: clock");
        assert.ok(Date.parse(site.posts[0].sent_at) - Date.now() > 23 * 3_600_000, "the phone's clock is a day ahead");
        assert.ok(Math.abs(site.taken[0].made - made) < 1500, `${site.taken[0].made} is about ${made}`);
      },
      {
        script: () => {
          // The worker has the right clock here, so the page does it all.
          delete ServiceWorkerRegistration.prototype.sync;
          const Real = Date;
          const day = 86_400_000;
          globalThis.Date = class extends Real {
            constructor(...args) {
              super(...(args.length === 0 ? [Real.now() + day] : args));
            }
            static now() {
              return Real.now() + day;
            }
          };
        },
      },
    ));

  it("sends once from two tabs", () =>
    on(async (page, site, phone) => {
      await openForm(page);
      const other = await phone.newPage();
      await openFormAgain(other, site);
      await phone.setOffline(true);
      await sendForm(page, "first tab");
      await sendForm(other, "second tab");
      await says(page, ": 2,");
      await says(other, ": 2,");
      site.inbox = (_kind, _request, _answer, go) => setTimeout(go, 200);
      await phone.setOffline(false);
      await Promise.all([online(page), online(other)]);
      await says(page, "Noted: second tab");
      await says(other, "Noted: first tab");
      assert.deepEqual(taken(site), ["first tab", "second tab"]);
      const sent = site.posts.flatMap((p) => p.envelopes.map((e) => e.id));
      assert.equal(new Set(sent).size, sent.length, "no envelope was posted twice");
    }));

  it("says when the phone is full, keeps the entries and what was saved, and then posts as forms do", () =>
    on(async (page, site, phone) => {
      await openForm(page);
      await phone.setOffline(true);
      await sendForm(page, "before");
      await says(page, ": 1,");
      const cdp = await phone.newCDPSession(page);
      await cdp.send("Storage.overrideQuotaForOrigin", { origin: site.url, quotaSize: 1 });
      await soon(() => page.evaluate(isFull), "the browser notices that there is no room", 90_000);
      await fill(page, "x".repeat(19_000), "no");
      await page.click("#send");
      await says(page, texts.full.slice(0, 40));
      assert.equal((await page.inputValue("#text")).length, 19_000);
      assert.ok(await page.isChecked("#heat-2"));
      assert.equal((await stored(page)).envelopes, 1);
      await shot(page, "offline.full.390");
      await phone.setOffline(false);
      await page.click("#send");
      await page.waitForURL(/posted/);
      assert.match(site.plain, /name="envelope"[\s\S]*name="answer.heat"\r\n\r\nno/);
      await cdp.send("Storage.overrideQuotaForOrigin", { origin: site.url });
      await soon(() => site.taken.length === 1, "what was saved is sent");
      assert.deepEqual(taken(site), ["before"]);
    }));

  it("fills in again what was typed and not sent", () =>
    on(async (page, site, phone) => {
      await openForm(page);
      await fill(page, "half a sen", "no");
      await page.setInputFiles("input[type=file]", { name: "hall.png", mimeType: "image/png", buffer: picture(64, 64) });
      await soon(async () => (await stored(page)).drafts === 1, "kept");
      await page.waitForTimeout(600);
      await page.close();
      const again = await phone.newPage();
      await again.goto(`${site.url}${FORM}`);
      await says(again, starts("draft"));
      assert.equal(await again.inputValue("#text"), "half a sen");
      assert.ok(await again.isChecked("#heat-2"));
      assert.equal(await again.evaluate(() => document.querySelector("input[type=file]").files.length), 1);
      await again.click("#send");
      await says(again, "Noted: half a sen");
      assert.equal(site.photos.size, 1);
      assert.equal((await stored(again)).drafts, 0);
    }));

  it("keeps what its author had seen, and the newer answers of others", () =>
    on(async (page, site, phone) => {
      await openForm(page);
      await page.fill("#text", "mine");
      await soon(async () => (await stored(page)).drafts === 1, "kept");
      await page.waitForTimeout(600);
      await page.close();
      // Somebody else answers what was not touched here.
      site.heat = { base: 2, value: "no", text: "theirs" };
      const second = await phone.newPage();
      await second.goto(`${site.url}${FORM}`);
      await says(second, starts("draft"));
      assert.equal(await second.inputValue("#text"), "mine");
      assert.ok(await second.isChecked("#heat-2"), "their answer stays");
      assert.equal(await second.inputValue("[name='base.heat']"), "2", "and is what has been seen");
      await second.check("#heat");
      await second.waitForTimeout(600);
      await second.close();
      // And once more, what was touched.
      site.heat = { base: 3, value: "no", text: "theirs" };
      const third = await phone.newPage();
      await third.goto(`${site.url}${FORM}`);
      await says(third, starts("draft"));
      assert.ok(await third.isChecked("#heat"), "the own answer is there");
      assert.equal(await third.inputValue("[name='base.heat']"), "2", "with what its author had seen, so that it shows as a conflict");
      await third.click("#send");
      await says(third, "Noted: mine");
      assert.equal(site.taken.at(-1).fields["base.heat"], "2");
    }));

  it("shows at its field what is to be mended", () =>
    on(async (page, site) => {
      await openForm(page);
      site.check = (e) => (e.fields.text === "wrong" ? { state: "again", problems: [{ field: "text", message: "Write it otherwise." }] } : null);
      await sendForm(page, "wrong");
      await says(page, "Write it otherwise.");
      assert.match(await page.locator("#text-offline").textContent(), /Error: Write it otherwise\./);
      await axe(page);
      await shot(page, "offline.mend.390");
      await page.reload();
      await page.waitForSelector("#text-offline");
      assert.equal(await page.inputValue("#text"), "wrong");
      await sendForm(page, "right");
      await says(page, "Noted: right");
      assert.deepEqual(taken(site), ["right"]);
      assert.equal(await page.locator("#text-offline").count(), 0);
      site.check = () => ({ state: "refused", message: "This station has closed." });
      await sendForm(page, "late");
      await says(page, "This station has closed.");
      assert.equal((await stored(page)).envelopes, 1, "it stays until it is removed");
      await page.click(".tandau-offline__remove");
      await soon(async () => (await stored(page)).envelopes === 0, "removed");
    }));

  it("waits while nobody is signed in, and while the service is down", () =>
    on(async (page, site) => {
      await openForm(page);
      site.signedIn = false;
      await sendForm(page, "waits");
      await says(page, texts.signIn);
      assert.match(await page.getAttribute("[data-offline-panel] a", "href"), /^\/sign-in\?next=%2Foffice%2Freadiness/);
      site.signedIn = true;
      let down = true;
      site.inbox = (_kind, _request, answer, go) => (down ? answer.writeHead(503).end() : go());
      await online(page);
      await says(page, texts.trying);
      down = false;
      await online(page);
      await says(page, "Noted: waits");
      assert.deepEqual(taken(site), ["waits"]);
      site.down = true;
      await page.goto(`${site.url}${FORM}?lang=en`);
      await says(page, starts("kept"));
    }));

  it("leaves nothing on the phone after signing out, and asks first", () =>
    on(async (page, site, phone) => {
      await openForm(page);
      await phone.setOffline(true);
      await sendForm(page, "unsent");
      await says(page, ": 1,");
      await page.click("#out");
      await says(page, texts.outHeading);
      await axe(page);
      await shot(page, "offline.out.390");
      await page.click("[data-answer=outStay]");
      assert.equal((await stored(page)).envelopes, 1);
      await page.click("#out");
      await page.click("[data-answer=outSend]");
      await says(page, texts.waiting);
      assert.equal((await stored(page)).envelopes, 1, "without a network nothing is sent and nothing is lost");
      site.inbox = (_kind, _request, answer) => answer.writeHead(503).end();
      await phone.setOffline(false);
      await page.click("#out");
      await Promise.all([page.waitForURL(`${site.url}/`), page.click("[data-answer=outDrop]")]);
      assert.deepEqual(await stored(page), { envelopes: 0, drafts: 0, pages: 0 });
    }));

  it("shows and sends nothing of one person to another", () =>
    on(async (page, site, phone) => {
      await openForm(page);
      await phone.setOffline(true);
      await sendForm(page, "of anna");
      await fill(page, "a draft of anna");
      await soon(async () => (await stored(page)).drafts === 1, "kept");
      // Her session ends without signing out, and somebody else signs in.
      site.person = "bolat";
      await phone.setOffline(false);
      const other = await phone.newPage();
      await other.goto(`${site.url}/office/test`);
      await soon(async () => (await stored(other)).envelopes === 0, "deleted");
      assert.equal((await stored(other)).drafts, 0);
      await other.goto(`${site.url}${FORM}`);
      assert.equal(await other.inputValue("#text"), "");
      // Her page is still open in the first tab.
      await sendForm(page, "of anna again");
      await says(page, texts.other);
      assert.deepEqual(taken(site), []);
      await phone.setOffline(true);
      await other.goto(`${site.url}/office/test`);
      assert.equal(await other.locator("h1").textContent(), "Without a network");
    }));

  it("shows no page of one person to another who signs in on a slow network", { timeout: 60_000 }, () =>
    on(async (page, site) => {
      await openForm(page);
      // Her session ended; bolat signs in, and the first page takes longer than the worker's patience.
      Object.assign(site, { signedIn: false, next: "bolat" });
      await page.goto(`${site.url}/sign-in`);
      let arrive = () => undefined;
      site.slow = new Promise((done) => (arrive = done));
      const entered = page.waitForURL(/stations\/1\?signed-in/, { waitUntil: "commit", timeout: 40_000 });
      const click = page.click("#in", { noWaitAfter: true });
      await new Promise((next) => setTimeout(next, 10_000));
      assert.equal(new URL(page.url()).pathname, "/sign-in", "nothing of anna's is shown meanwhile");
      arrive();
      await Promise.all([click, entered]);
      await page.waitForLoadState();
      assert.equal(await page.getAttribute("[data-offline-panel]", "data-person"), "bolat");
      await fill(page, "of bolat");
      await page.click("#send");
      await says(page, "Noted: of bolat");
      assert.deepEqual(taken(site), ["of bolat"]);
    }));

  it("keeps the queue for the same person", () =>
    on(async (page, site, phone) => {
      await openForm(page);
      await phone.setOffline(true);
      await sendForm(page, "kept");
      await says(page, ": 1,");
      await phone.setOffline(false);
      await page.goto(`${site.url}/office/test`);
      await says(page, "Noted: kept");
      assert.deepEqual(taken(site), ["kept"]);
    }));

  for (const [name, reason, script] of [
    ["the connection is not protected", "insecure", () => Object.defineProperty(globalThis, "isSecureContext", { value: false })],
    ["the browser has no workers", "noWorker", () => delete Navigator.prototype.serviceWorker],
    ["the browser keeps nothing", "noStorage", () => Object.defineProperty(IDBFactory.prototype, "open", { value: () => { throw new DOMException("no", "SecurityError"); } })],
  ]) {
    it(`posts as forms do and says why when ${name}`, () =>
      on(
        async (page, site) => {
          await open(page, FORM);
          await says(page, texts[reason]);
          await fill(page, "plain");
          await Promise.all([page.waitForURL(/posted/), page.click("#send")]);
          assert.match(site.plain, /name="text"\r\n\r\nplain/);
        },
        { script },
      ));
  }

  it("has all its texts in three languages", () => {
    for (const lang of ["kk", "ru", "en"]) {
      const all = Object.entries(textsOf(lang));
      assert.ok(all.length > 20);
      assert.deepEqual(all.filter(([, text]) => text.startsWith("?")), []);
    }
  });
});

async function openFormAgain(page, site) {
  await page.goto(`${site.url}${FORM}`);
  await says(page, starts("ready"));
}
