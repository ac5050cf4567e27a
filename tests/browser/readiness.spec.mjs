// The chain of readiness from the phone without a network to the public page: the secretary of No. 448 says that something
// is missing, the akimat reports it done, the commission looks and agrees, everybody sees it. Five weeks before voting.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { axe, base, become, fits, newPage, open, picture, reads, shot } from "./helpers.mjs";
import { isKept, online, says, soon, starts } from "./offline-site.mjs";

const site = process.env.TANDAU_VISIT_URL;
const ITEM = "premises_provided";

const textOf = (page, path) => page.request.get(new URL(path, site).href).then((answer) => answer.text());

describe("readiness, five weeks before voting", { skip: !site && "no demo of the days of the visit" }, () => {
  it("goes from a phone without a network to the public page", { timeout: 240_000 }, async () => {
    const secretary = await newPage({ site, width: 390 });
    const phone = secretary.context();
    let station = "";
    try {
      await become(secretary, "precinct-secretary");
      await open(secretary, "/office/readiness", { lang: "en" });
      station = new URL(secretary.url()).pathname.split("/").at(-1);
      const path = await secretary.evaluate(() => document.querySelector('a[href*="section=premises"]').getAttribute("href"));
      await open(secretary, path);
      await isKept(secretary, path);
      await reads(secretary, "en");
      await fits(secretary, [640, 390, 320]);
      await axe(secretary, { width: 390 });
      await shot(secretary, "readiness.section.en.390");
      await phone.setOffline(true);
      await secretary.check(`input[name="answer.${ITEM}"][value="no"]`);
      await secretary.click("form[data-offline] button[type=submit]:not([formaction])");
      await says(secretary, starts("saved"));
      const kept = JSON.parse(await textOf(await newPage({ site }), `/readiness/stations/${station}.json?lang=en`));
      const before = kept.items.find((i) => i.item === ITEM || i.id === ITEM);
      assert.ok(before, `the question is among the public ones: ${JSON.stringify(kept.items.slice(0, 3))}`);
      assert.notEqual(before.status, "unmet", "nobody else sees what is still on the phone");
      await phone.setOffline(false);
      await online(secretary);
      await says(secretary, starts("taken"));
    } finally {
      await phone.close();
    }

    const everybody = await newPage({ site });
    const seen = async () => (await textOf(everybody, `/readiness/stations/${station}.json?lang=en`)) ?? "";
    const item = async () => JSON.parse(await seen()).items.find((i) => i.item === ITEM || i.id === ITEM);
    // Files are kept until the log of acts tells of a change.
    await soon(async () => (await item()).status === "unmet", "everybody sees that it is missing", 5_000);

    const akimat = await newPage({ site });
    let task = "";
    try {
      await become(akimat, "akimat-officer");
      await open(akimat, "/office/tasks?station=448&list=open", { lang: "en" });
      const links = await akimat.locator('a[href^="/office/tasks/"]').evaluateAll((all) => all.map((a) => [a.getAttribute("href"), a.textContent]));
      task = links.find(([href, text]) => /^\/office\/tasks\/[0-9a-f-]{36}/.test(href) && /premises|room/i.test(text))?.[0] ?? "";
      assert.ok(task, `the akimat has the instruction: ${JSON.stringify(links)}`);
      await open(akimat, task);
      await axe(akimat, { width: 390 });
      await akimat.locator("details").evaluateAll((all) => all.forEach((d) => (d.open = true)));
      await akimat.fill("#report_text", "The room is handed over, the deed is signed.");
      await akimat.setInputFiles("#paper", { name: "deed.png", mimeType: "image/png", buffer: picture(64, 64) });
      await Promise.all([akimat.waitForNavigation(), akimat.locator(`form[action$="/report"] button`).click()]);
    } finally {
      await akimat.context().close();
    }

    const district = await newPage({ site });
    try {
      await become(district, "district-secretary");
      await open(district, task, { lang: "en" });
      await shot(district, "readiness.task.en");
      await Promise.all([district.waitForNavigation(), district.locator(`form[action$="/verify"] button`).click()]);
    } finally {
      await district.context().close();
    }
    await soon(async () => (await item()).status === "met", "and that it was put right", 5_000);
    await open(everybody, `/readiness/stations/${station}`, { lang: "kk" });
    await reads(everybody, "kk");
    await fits(everybody, [640, 390, 320]);
    await everybody.context().close();
  });

  it("shows the district of the visit with the reported numbers", { timeout: 120_000 }, async () => {
    const page = await newPage({ site });
    for (const [lang, width] of [["kk", 390], ["ru", 1280]]) {
      await open(page, "/readiness/accessibility/353600000", { lang });
      const text = await page.locator("main").innerText();
      const lead = { kk: /Учаскелер: 38\. Мүгедектігі бар азаматтар: 619\./, ru: /Участков: 38\. Граждан с инвалидностью: 619\./ }[lang];
      assert.match(text.replace(/\s+/g, " "), lead);
      await fits(page, [640, 390, 320]);
      await axe(page, { width });
      await shot(page, `accessibility.${lang}.${width}`);
    }
    await page.context().close();
  });
});

describe("readiness, looked back at from the day after voting", { skip: base ? false : "TANDAU_URL is not set" }, () => {
  it("shows five weeks before voting as it was", { timeout: 180_000 }, async () => {
    const page = await newPage();
    const asked = "as_of=2023-10-02";
    const then = JSON.parse(await page.request.get(new URL(`/api/v1/readiness?${asked}`, base).href).then((answer) => answer.text()));
    assert.equal(then.as_of, "2023-10-02");
    assert.equal(then.days_left, 34);
    const aktogay = then.districts.find((d) => d.code === "353600000");
    assert.equal(aktogay.sums.stations, 38, "as was reported on 30 September");
    const { stations, ready, items } = then.total;
    // Most answers say that it is there, something is missing, some is not asked for yet: what can be believed so long before.
    assert.ok(stations > 1_000 && ready < stations, JSON.stringify(then.total));
    assert.ok(items.unmet > 300 && items.met > items.unmet && items.unanswered > 0, JSON.stringify(items));
    assert.ok(then.unmet_by_day.length > 3, "the days before it are known");
    for (const [lang, width] of [["kk", 390], ["ru", 1280]]) {
      await open(page, `/readiness?${asked}`, { lang });
      const lead = { kk: /дауыс беруге 34 күн қалды/, ru: /до голосования/ }[lang];
      assert.match((await page.locator("main").innerText()).replace(/\s+/g, " "), lead);
      await reads(page, lang);
      await fits(page, [1280, 640, 390, 320]);
      await axe(page, { width });
      await shot(page, `readiness.then.${lang}.${width}`);
      await open(page, `/readiness/accessibility/353600000?${asked}`, { lang });
      const text = (await page.locator("main").innerText()).replace(/\s+/g, " ");
      assert.match(text, { kk: /Учаскелер: 38\. Мүгедектігі бар азаматтар: 619\./, ru: /Участков: 38\. Граждан с инвалидностью: 619\./ }[lang]);
      await shot(page, `accessibility.then.${lang}.${width}`);
    }
    await open(page, `/readiness?${asked}`, { lang: "en" });
    // Map and table say the same of each district.
    const facts = await page.evaluate(() => {
      const digits = (text) => (text.match(/\d[\d\s,]*/g) ?? []).map((n) => n.replace(/\D/g, ""));
      return [...document.querySelectorAll("main svg a[aria-label]")].map((area) => {
        const row = document.querySelector(`#districts a[href="${area.getAttribute("href")}"]`)?.closest("tr");
        const cells = [...(row?.querySelectorAll("td") ?? [])].slice(0, 2);
        const label = area.getAttribute("aria-label");
        return { label, map: digits(label.split(": ").slice(1).join(": ")), table: cells.flatMap((cell) => digits(cell.textContent)) };
      });
    });
    assert.ok(facts.length > 10, "districts are drawn");
    for (const { label, map, table } of facts) assert.deepEqual(map, table, label);
    await page.context().close();
  });
});
