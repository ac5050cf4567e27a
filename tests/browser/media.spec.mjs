// What readers get who chose high contrast, and those who print.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { base, findFirst, list, newPage, noSidewaysScroll, open, savePdf, shot, SIDE_BY_SIDE } from "./helpers.mjs";

describe("media", { concurrency: SIDE_BY_SIDE }, () => {
  for (const name of list.media) {
    it(`${name} with forced colours`, async () => {
      const page = await newPage({ forcedColors: "active" });
      try {
        await open(page, await findFirst(base, name), { lang: "ru" });
        // Bars carry data: they must stand out from what is behind them.
        const faint = await page.$$eval(".tandau-bars__bar, .tandau-rows__bar, .tandau-progress__bar", (bars) =>
          bars.filter((b) => getComputedStyle(b).backgroundColor === getComputedStyle(b.parentElement).backgroundColor).length,
        );
        assert.equal(faint, 0, "every bar stands out");
        await shot(page, `contrast.${name}`);
      } finally {
        await page.context().close();
      }
    });

    it(`${name} on paper`, async () => {
      const page = await newPage({ width: 794 });
      try {
        await open(page, await findFirst(base, name), { lang: "kk" });
        await page.emulateMedia({ media: "print", colorScheme: "light" });
        assert.equal(await page.locator(".tandau-header__items:visible").count(), 0, "no menus on paper");
        assert.equal(await page.locator("main button:visible").count(), 0, "no buttons on paper");
        assert.equal(await page.locator("h1:visible").count(), 1);
        await noSidewaysScroll(page);
        await shot(page, `print.${name}`);
        const pdf = await page.pdf({ format: "A4" });
        assert.ok(pdf.length > 10_000, "there is something on the paper");
        savePdf(pdf, `print.${name}`);
      } finally {
        await page.context().close();
      }
    });
  }
});
