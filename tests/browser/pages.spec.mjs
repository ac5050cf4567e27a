// Every kind of public page, in each language and width: it answers, reads, fits and is accessible.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { findPaths } from "./crawl.mjs";
import { axe, keyboardReach, newPage, noSidewaysScroll, open, shot, untranslated } from "./helpers.mjs";

const base = process.env.TANDAU_URL;
if (!base) throw new Error("TANDAU_URL is not set: the address of a running Tandau, for example http://localhost:8080");
const list = JSON.parse(readFileSync(new URL("pages.json", import.meta.url), "utf8"));
const paths = await findPaths(base, list);

/** Half the window is what a reader gets who zooms to 200 %. */
const ZOOMED_WIDTH = 1280 / 2;

for (const path of paths) {
  describe(path, () => {
    for (const lang of list.languages) {
      it(lang, async () => {
        const page = await newPage();
        try {
          for (const width of [...list.widths, ZOOMED_WIDTH]) {
            const answer = await open(page, path, { lang, width, dark: false });
            assert.equal(answer?.status(), 200, `${path} in ${lang}`);
            await noSidewaysScroll(page);
            await shot(page, `${path}.${lang}.${width}`);
          }
          assert.equal(await page.locator("html").getAttribute("lang"), lang);
          assert.equal(await page.locator("h1").count(), 1, "one h1");
          assert.ok((await page.title()).trim().length > 3, "a title");
          assert.deepEqual(await untranslated(page), []);
          for (const { width, dark } of list.axe) {
            await open(page, path, { lang, width, dark });
            await axe(page);
          }
          assert.deepEqual(page.complaints, [], "the browser's complaints");
        } finally {
          await page.context().close();
        }
      });
    }
  });
}

describe("keyboard", () => {
  it("the first press of Tab offers to skip to the content", async () => {
    const page = await newPage();
    try {
      await open(page, "/", { lang: "kk" });
      assert.equal(await keyboardReach(page, ".govuk-skip-link"), 1);
      await page.keyboard.press("Enter");
      assert.equal(await page.evaluate(() => document.activeElement?.id), "main-content");
    } finally {
      await page.context().close();
    }
  });
});
