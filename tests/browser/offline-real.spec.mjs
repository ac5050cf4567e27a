// Working without a network on the real site. What a station reports so is walked in readiness.spec.mjs.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { axe, base, become, fits, newPage, open, reads, shot } from "./helpers.mjs";
import { soon } from "./offline-site.mjs";

describe("without a network, on the real site", { skip: base ? false : "TANDAU_URL is not set" }, () => {
  it("says in each language that there is none, and keeps nothing after signing out", { timeout: 120_000 }, async () => {
    const page = await newPage({ width: 390 });
    const phone = page.context();
    try {
      await become(page, "precinct-secretary");
      for (const lang of ["kk", "ru", "en"]) {
        await open(page, "/office", { lang });
        const prepared = () => page.evaluate(async () => (await caches.match("/office/offline"))?.headers.get("x-lang"));
        await soon(async () => (await prepared()) === lang, "the page that stands in is kept in this language");
        await phone.setOffline(true);
        await page.goto(new URL("/office/sessions", base).href);
        await reads(page, lang);
        assert.equal(await page.locator("[data-offline-pages]").count(), 1);
        await fits(page, [640, 390, 320]);
        await axe(page, { width: 390 });
        await shot(page, `offline.page.${lang}.390`);
        await phone.setOffline(false);
      }
      await open(page, "/office");
      await Promise.all([page.waitForURL(/done=signed-out/), page.click("form[action='/sign-out'] button")]);
      assert.deepEqual(await page.evaluate(() => caches.keys()), []);
      assert.deepEqual(await page.evaluate(() => indexedDB.databases()), []);
      assert.deepEqual(page.complaints.filter((c) => !/net::ERR/.test(c)), []);
    } finally {
      await phone.close();
    }
  });
});
