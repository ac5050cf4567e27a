// A hall: a host, a projector and fifty phones in one room. Some phones lose the network half-way, some hear no answer
// though theirs was counted, some are closed and opened again: in the end each counts once, and the projector follows.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { axe, become, fits, newPage, open, reads, shot } from "./helpers.mjs";
import { makeSurvey, QUESTIONS } from "./hall-survey.mjs";

const site = process.env.TANDAU_VISIT_URL;
const PHONES = 50;
const WITHIN_MS = 1_000;

/** The number that a page of the hall shows. */
const number = (page, name) => page.locator(`[data-hall="${name}"]`).first().innerText().then((text) => Number(text.replace(/\D/g, "")));

/** Waits until a page shows it; returns when, by the clock of this process. */
async function shows(page, name, value, patience = 15_000) {
  await page.waitForFunction(
    ([name, value]) => document.querySelector(`[data-hall="${name}"]`)?.textContent.replace(/\D/g, "") === String(value),
    [name, value],
    { polling: 20, timeout: patience },
  );
  return Date.now();
}

/** Answers all questions, each phone in its own way. */
async function fillIn(phone, n) {
  const [one, several, scale, text] = [QUESTIONS.one, QUESTIONS.several, QUESTIONS.scale, QUESTIONS.text];
  await phone.locator(`input[name="q.${one}"]`).nth(n % 2).check();
  await phone.locator(`input[name="q.${several}"]`).nth(n % 3).check();
  await phone.locator(`input[name="q.${scale}"]`).nth(n % 5).check();
  if (n % 10 === 0) await phone.fill(`textarea[name="q.${text}"]`, `Сөз ${n} <b>“كلمة”</b> 🙂`);
}

const send = (phone) => phone.locator("form button[type=submit]").click();
const counted = (phone) => phone.locator(".hall-box--done").waitFor({ timeout: 60_000 });
const waits = (phone) => phone.locator(".hall-box--wait").waitFor({ timeout: 30_000 });

describe("a hall", { skip: !site && "no demo of the days of the visit" }, () => {
  it("counts every phone once, whatever the Wi-Fi does", { timeout: 420_000 }, async () => {
    const host = await newPage({ site });
    const phones = [];
    try {
      await become(host, "central-secretary");
      const { id, code } = await makeSurvey(host);
      const hall = `/office/surveys/${id}/hall`;
      await open(host, hall, { lang: "en" });
      const wall = await newPage({ site, width: 1920, height: 1080 });
      await open(wall, `/s/${code}/screen`, { lang: "ru" });
      assert.equal(await wall.locator("svg.tandau-qr").count(), 1);
      await shot(wall, "hall.screen.ru.draft");

      // They come before the host begins, and see the questions by themselves.
      for (let n = 0; n < PHONES; n += 1) {
        const phone = await newPage({ site, width: 390 });
        phones.push(phone);
        await open(phone, `/s/${code}`, { lang: ["kk", "ru", "en"][n % 3] });
        assert.equal(await phone.locator("form").count(), 0);
      }
      await shows(host, "connected", PHONES, 30_000);
      await shot(phones[0], "hall.phone.kk.draft");
      await host.fill("#present", "60");
      await Promise.all([host.waitForNavigation(), host.click(`form[action$="/hall/present"] button`)]);
      await Promise.all([host.waitForNavigation(), host.click(`form[action$="/hall/open"] button`)]);
      await Promise.all(phones.map((phone) => phone.locator("form").waitFor({ timeout: 60_000 })));
      await shot(phones[0], "hall.phone.kk.390");
      await shot(phones[1], "hall.phone.ru.390");
      for (const [n, phone] of phones.entries()) await fillIn(phone, n);

      // The first thirty get through; the wall follows each dozen within a second.
      let sent = 0;
      for (const until of [10, 20, 30]) {
        for (; sent < until; sent += 1) {
          await send(phones[sent]);
          await counted(phones[sent]);
        }
        const before = Date.now();
        const seen = await shows(wall, "answered", until);
        assert.ok(seen - before <= WITHIN_MS, `the wall took ${seen - before} ms`);
        assert.ok((await shows(host, "answered", until)) - before <= WITHIN_MS + 200);
      }
      await shot(phones[0], "hall.phone.kk.counted");

      // Ten lose the network before they send; five of them are closed meanwhile.
      const cut = phones.slice(30, 40);
      await Promise.all(cut.map((phone) => phone.context().setOffline(true)));
      for (const phone of cut) {
        await send(phone);
        await waits(phone);
      }
      await shot(cut[0], "hall.phone.offline");
      assert.equal(await number(wall, "answered"), 30);
      // Ten are counted and hear nothing of it: the answer is lost on its way back.
      const deaf = phones.slice(40, 50);
      let lost = 0;
      for (const phone of deaf) {
        let hears = false;
        await phone.route(new RegExp(`/s/${code}(\\?.*)?$`), async (route) => {
          if (hears || route.request().method() !== "POST") return route.continue();
          hears = true;
          await route.fetch();
          lost += 1;
          return route.abort("connectionreset");
        });
        await send(phone);
      }
      await Promise.all(deaf.map(counted));
      assert.equal(lost, deaf.length, "each was sent twice");
      await shows(wall, "answered", 40);

      const closed = cut.slice(5);
      await Promise.all(cut.slice(0, 5).map((phone) => phone.context().setOffline(false)));
      await Promise.all(cut.slice(0, 5).map(counted));
      for (const phone of closed) {
        const context = phone.context();
        await phone.close();
        await context.setOffline(false);
        const again = await context.newPage();
        await again.goto(new URL(`/s/${code}`, site).href);
        await counted(again);
      }
      const last = Date.now();
      assert.ok((await shows(wall, "answered", PHONES)) - last <= WITHIN_MS);
      await shows(host, "answered", PHONES);
      assert.equal(await number(host, "failing"), 0);
      await shot(host, "hall.host.en");

      // Whoever comes back is told that it is counted, and nothing changes.
      await open(phones[0], `/s/${code}`);
      assert.equal(await phones[0].locator("form").count(), 0);
      assert.equal(await number(wall, "answered"), PHONES);

      await host.check("#sure");
      await Promise.all([host.waitForNavigation(), host.click(`form[action$="/hall/close"] button`)]);
      await wall.locator("[data-hall-part=results] table").first().waitFor({ timeout: 10_000 });
      const figures = await wall.locator("[data-hall-part=results] table").first().locator("tbody td:nth-of-type(1)").allInnerTexts();
      assert.equal(figures.map((f) => Number(f.replace(/\D/g, ""))).reduce((a, b) => a + b, 0), PHONES, "each phone once");
      await shot(wall, "hall.screen.ru.closed");
      await open(wall, `/s/${code}/screen`, { lang: "kk", dark: true });
      await shot(wall, "hall.screen.kk.dark");
      await reads(wall, "kk");
      await axe(wall, { width: 1280 });
      await wall.context().close();
      await axe(host, { width: 390 });
      await fits(host, [1280, 640, 390, 320]);
    } finally {
      await Promise.all(phones.map((phone) => phone.context().close()));
      await host.context().close();
    }
  });

  it("is read and used on a small phone in every language", { timeout: 120_000 }, async () => {
    const host = await newPage({ site });
    const phone = await newPage({ site, width: 390 });
    try {
      await become(host, "central-secretary");
      const { id, code } = await makeSurvey(host);
      await open(host, `/office/surveys/${id}/hall`, { lang: "en" });
      await Promise.all([host.waitForNavigation(), host.click(`form[action$="/hall/open"] button`)]);
      for (const [lang, dark] of [["kk", false], ["ru", true], ["en", false]]) {
        await open(phone, `/s/${code}`, { lang, dark });
        await reads(phone, lang);
        await axe(phone, { width: 390, dark });
        await fits(phone, [640, 390, 320]);
        await shot(phone, `hall.phone.${lang}.${dark ? "dark" : "light"}`);
      }
      // What is typed stays through a change of language and a reload.
      await fillIn(phone, 10);
      await phone.waitForTimeout(600);
      await open(phone, `/s/${code}`, { lang: "kk" });
      assert.match(await phone.inputValue(`textarea[name="q.${QUESTIONS.text}"]`), /Сөз 10/);
      await phone.context().close();

      // Without scripts: one form, one answer.
      const plain = await host.context().browser().newContext({ baseURL: site, javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
      const page = await plain.newPage();
      await page.goto(`/s/${code}?lang=ru`);
      await fillIn(page, 1);
      await Promise.all([page.waitForNavigation(), send(page)]);
      assert.equal(await page.locator(".hall-box--done").count(), 1);
      await plain.close();
    } finally {
      await host.context().close();
    }
  });
});
