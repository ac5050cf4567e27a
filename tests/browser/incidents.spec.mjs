// An incident of voting day: reported on a phone with the keyboard alone, given on, sent to a state body, closed and opened
// again at the district's desk; and what everybody sees of it, which of a person's health is next to nothing.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { axe, become, fits, keyboardReach, newPage, open, reads, shot } from "./helpers.mjs";
import { says, soon, starts } from "./offline-site.mjs";

const site = process.env.TANDAU_EVENING_URL;
const TAKEN = '[data-offline-panel] a[href^="/office/incidents/"]';
const WORDS = { power: "The lights went out in the corridor.", health: "Somebody feels unwell in the hall." };

/** Reaches a link or button with Tab, presses Enter and waits for the next page. */
async function press(page, selector) {
  await keyboardReach(page, selector);
  await Promise.all([page.waitForNavigation({ waitUntil: "load" }), page.keyboard.press("Enter")]);
  assert.equal(await page.locator(".govuk-error-summary").count(), 0, await page.locator("main").innerText());
}

/** Reports by the keyboard alone; returns the incident's page. */
async function report(page, kind) {
  await open(page, "/office/incidents", { lang: "en" });
  await press(page, 'main a[href="/office/incidents/new"]');
  await page.waitForSelector("[data-offline-panel]:not([hidden])");
  const taken = () => page.locator(TAKEN).evaluateAll((all) => all.map((a) => a.getAttribute("href")));
  const before = await taken();
  await keyboardReach(page, 'input[name="kind"]');
  const chosen = () => page.locator(`input[name="kind"][value="${kind}"]`).isChecked();
  for (let presses = 0; presses < 20 && !(await chosen()); presses += 1) await page.keyboard.press("ArrowDown");
  assert.ok(await chosen(), `${kind} is chosen with the arrow keys`);
  await keyboardReach(page, "#what");
  await page.keyboard.type(WORDS[kind]);
  await fits(page, [640, 390, 320]);
  await axe(page, { width: 390 });
  await shot(page, `incident.new.${kind}.390`);
  await keyboardReach(page, "form[data-offline] button[type=submit]");
  await page.keyboard.press("Enter");
  await says(page, starts("taken"));
  let mine;
  await soon(async () => (mine = (await taken()).find((href) => !before.includes(href))), "this report is taken");
  await press(page, `[data-offline-panel] a[href="${mine}"]`);
  assert.match(await page.locator("main").innerText(), new RegExp(WORDS[kind]));
  return new URL(page.url()).pathname;
}

/** Fills in one of the forms of an incident's page and sends it; `says` what state it is in then. */
async function act(page, name, fields, state) {
  await page.locator("main details").evaluateAll((all) => all.forEach((d) => (d.open = true)));
  const form = page.locator(`form[action$="/${name}"]`);
  for (const [field, value] of Object.entries(fields)) {
    const input = form.locator(`[name="${field}"]`);
    if ((await input.evaluate((e) => e.tagName)) === "SELECT") await input.selectOption(value);
    else await input.fill(value);
  }
  await Promise.all([page.waitForNavigation({ waitUntil: "load" }), form.locator("button").click()]);
  assert.equal(await page.locator(".govuk-error-summary").count(), 0, await page.locator("main").innerText());
  assert.match(await page.locator("main .tandau-lead").innerText(), state, name);
}

describe("an incident, the evening of voting", { skip: !site && "no demo of the evening of voting" }, () => {
  it("goes from a phone over the district's desk to the public numbers", { timeout: 300_000 }, async () => {
    const everybody = await newPage({ site });
    const phone = await newPage({ site, width: 390 });
    const desk = await newPage({ site });
    try {
      await become(phone, "precinct-secretary", { keyboard: true });
      await open(phone, "/office/incidents", { lang: "en" });
      const numbers = await phone.locator('main a[href^="/elections/"][href$="/incidents"]').getAttribute("href");
      const all = async () => JSON.parse(await everybody.request.get(new URL(`${numbers}.json`, site).href).then((a) => a.text()));
      const of = (document, kind) => document.kinds.find((k) => k.kind === kind);
      // Files are kept until the log of acts tells of a change.
      const counted = (all_, open_, what) =>
        soon(async () => {
          const document = await all();
          const { all: known, open: left } = of(document, "power");
          return known === all_ && left === open_ && document.all === sum + known;
        }, what, 10_000);
      const before = await all();
      const { all: had, open: left } = of(before, "power");
      const sum = before.all - had;

      const incident = await report(phone, "power");
      await counted(had + 1, left + 1, "everybody sees one more");

      await become(desk, "district-secretary");
      await open(desk, "/office/incidents", { lang: "en" });
      assert.equal(await desk.locator(`main a[href="${incident}"]`).count(), 1, "it is on the desk");
      await shot(desk, "incident.desk");
      await open(desk, incident, { lang: "en" });
      const offices = await desk.locator('form[action$="/assign"] option').evaluateAll((o) => o.map((one) => one.value));
      const secretary = offices.find((value) => /^precinct\.secretary\|[^|]+\|$/.test(value));
      assert.ok(secretary, `the station's secretary is among ${offices}`);
      await act(desk, "assign", { to: secretary, assign_text: "Look at the fuses." }, /assigned/);

      // Whoever was given it begins, by the keyboard again.
      await open(phone, incident, { lang: "en" });
      await press(phone, 'form[action$="/start"] button');
      assert.match(await phone.locator("main .tandau-lead").innerText(), /in hand/);

      await open(desk, incident, { lang: "en" });
      await act(desk, "escalate", { body: "police", escalate_text: "Please help to keep the entrance free." }, /waiting for a body/);
      const officer = await newPage({ site });
      try {
        await become(officer, "police-officer");
        await open(officer, "/office/tasks?list=open", { lang: "en" });
        const asked = await officer.locator("main").innerText();
        assert.match(asked, /Help is needed with an incident/);
        assert.ok(!asked.includes(WORDS.power), "what was reported is not passed on");
        assert.equal((await officer.request.get(new URL(incident, site).href)).status(), 403, "and its page is not theirs");
      } finally {
        await officer.context().close();
      }

      await act(desk, "close", { done: "A fuse was changed, the light is back." }, /closed/);
      await counted(had + 1, left, "it is over");
      await act(desk, "reopen", { reopen_reason: "Dark again." }, /reported/);
      await counted(had + 1, left + 1, "and it is not");
      await axe(desk, { width: 1280 });
      await shot(desk, "incident.history");

      // Of a person's health nobody sees when and how many.
      const known = await all();
      await report(phone, "health");
      await open(desk, "/office/incidents?kind=health", { lang: "en" });
      assert.match(await desk.locator("main").innerText(), new RegExp(WORDS.health));
      for (const [lang, width] of [["kk", 390], ["ru", 1280], ["en", 390]]) {
        await open(everybody, numbers, { lang });
        await reads(everybody, lang);
        await fits(everybody, [1280, 640, 390, 320]);
        await axe(everybody, { width });
        await shot(everybody, `incidents.public.${lang}.${width}`);
      }
      const after = await all();
      assert.equal(of(after, "health").all, null, "no exact number of them");
      assert.equal(of(after, "health").open, null);
      assert.deepEqual([after.all, after.open], [known.all, known.open], "and it enters no sum");
      const page = await everybody.locator("main").innerText();
      assert.match(page.replace(/\s+/g, " "), /Somebody's health \* ?(not shown|\d+ or more)/);
      for (const words of Object.values(WORDS)) assert.ok(!page.includes(words), "no words of anybody");
      assert.equal(await everybody.locator('main a[href*="/stations/"]').count(), 0, "no station");
      for (const one of [phone, desk, everybody]) assert.deepEqual(one.complaints, [], "the browser's complaints");
    } finally {
      for (const one of [phone, desk, everybody]) await one.context().close();
    }
  });
});
