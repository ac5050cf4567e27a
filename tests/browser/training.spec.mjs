// A cascade of three levels in the pages of three offices: the centre teaches the region, the region the district, the district its
// stations; then everybody reads the number, and a member sees the way from the centre. Five weeks before voting.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { axe, become, fits, newPage, open, reads, shot } from "./helpers.mjs";

const site = process.env.TANDAU_VISIT_URL;

const text = (page, selector) => page.locator(selector).first().innerText();

describe("training, five weeks before voting", { skip: !site && "no demo of the days of the visit" }, () => {
  it("shows sessions held with their numbers, as of a day", { timeout: 120_000 }, async () => {
    const everybody = await newPage({ site, width: 390 });
    await open(everybody, "/training?as_of=2023-10-02", { lang: "kk" });
    await reads(everybody, "kk");
    await fits(everybody, [1280, 640, 390, 320]);
    await axe(everybody, { width: 390 });
    await shot(everybody, "training.kk.390");
    assert.match(await text(everybody, "main"), /226/, "the session of Osakarov");
    await open(everybody, "/training?as_of=2023-10-01", { lang: "ru" });
    assert.doesNotMatch(await text(everybody, "main"), /\b226\b/, "not yet on the day before");
    await everybody.context().close();
  });

  it("shows which stations have a trained commission, and nobody's name", { timeout: 120_000 }, async () => {
    const everybody = await newPage({ site, width: 390 });
    await open(everybody, "/training/coverage", { lang: "kk" });
    await reads(everybody, "kk");
    await fits(everybody, [1280, 640, 390, 320]);
    await axe(everybody, { width: 390 });
    await shot(everybody, "coverage.kk.390");
    await everybody.locator('section[aria-labelledby="regions-h"] tbody a').first().click();
    await everybody.locator('section[aria-labelledby="districts-h"] tbody a').first().click();
    await fits(everybody, [1280, 390, 320]);
    await everybody.locator('section[aria-labelledby="stations-h"] tbody a').first().click();
    await axe(everybody, { width: 390 });
    await shot(everybody, "coverage.station.kk.390");
    assert.equal(await everybody.locator("main table").count(), 0, "nothing of who sits there");
    await everybody.context().close();
  });

  it("goes from the centre's plan to a person's own way", { timeout: 240_000 }, async () => {
    const centre = await newPage({ site });
    await become(centre, "central-secretary");
    await open(centre, "/office/training/programmes", { lang: "en" });
    await axe(centre, { width: 1280 });
    await centre.locator("tbody a").first().click();
    await shot(centre, "training.programme.en.1280");
    await open(centre, "/office/training/cascade", { lang: "ru" });
    await fits(centre, [1280, 640, 390, 320]);
    await axe(centre, { width: 1280 });
    await shot(centre, "training.cascade.ru.1280");
    await centre.context().close();

    const district = await newPage({ site, width: 390 });
    await become(district, "district-secretary");
    await open(district, "/office/training/sessions/new", { lang: "en" });
    await district.selectOption("#programme", { index: 0 });
    await district.locator("#programme option").evaluateAll((all) => {
      const main = all.find((o) => /voting day/i.test(o.textContent));
      if (main) main.selected = true;
    });
    await district.click("form.tandau-form button[type=submit]");
    const trainers = district.locator('input[name="trainer"]');
    assert.ok((await trainers.count()) > 0, "whoever passed above is offered");
    await trainers.first().check();
    await district.fill("#day", "2023-10-20");
    await district.fill("#starts", "18:00");
    await district.fill("#ends", "20:00");
    await district.fill("#place_ru", "Зал комиссии");
    await district.fill("#seats", "400");
    await fits(district, [640, 390, 320]);
    await axe(district, { width: 390 });
    await district.click("form.tandau-form button[type=submit]");
    assert.match(district.url(), /\/office\/training\/sessions\/[^/]+\?done=training-planned/);
    await district.locator('form[action$="/invite"] button[type=submit]').first().click();
    assert.match(district.url(), /done=training-saved/);
    assert.ok((await district.locator("#trainees ~ details tbody tr").count()) > 20, "its commissions are invited");
    await shot(district, "training.session.en.390");
    await district.context().close();

    const member = await newPage({ site, width: 390 });
    await become(member, "precinct-secretary");
    await open(member, "/office/training/own", { lang: "kk" });
    await reads(member, "kk");
    await fits(member, [640, 390, 320]);
    await axe(member, { width: 390 });
    await shot(member, "training.own.kk.390");
    assert.equal(await member.locator("ol.tandau-cascade li").count(), 3, "centre, the session of the district, oneself");
    await member.context().close();
  });
});
