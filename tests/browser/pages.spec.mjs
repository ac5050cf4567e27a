// Every kind of public page, in each language and width: it answers, reads, fits and is accessible.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { brokenLinks, findPaths } from "./crawl.mjs";
import { axe, base, fits, keyboardReach, list, newPage, open, reads, shot, SIDE_BY_SIDE } from "./helpers.mjs";

if (!base) throw new Error("TANDAU_URL is not set: the address of a running demo, for example http://localhost:8080");
const paths = await findPaths(base, list);

describe("public pages", { concurrency: SIDE_BY_SIDE }, () => {
  it("are all found", () => {
    for (const shape of ["/elections/", "/contests/", "/stations/", "/commissions/", "/decisions/", "/calendar", "/rules", "/candidates", "/screen"]) {
      assert.ok(paths.some((p) => p.includes(shape)), `${shape} is linked from somewhere: ${paths.join(" ")}`);
    }
  });
  for (const path of paths) {
    for (const lang of list.languages) {
      it(`${path} ${lang}`, async () => {
        const page = await newPage();
        try {
          const answer = await open(page, path, { lang, dark: false });
          assert.equal(answer?.status(), 200, `${path} in ${lang}`);
          await reads(page, lang);
          await fits(page, list.widths, (width) => shot(page, `${path}.${lang}.${width}`));
          for (const { width, dark } of list.axe.filter((a) => a.languages.includes(lang))) await axe(page, { width, dark });
          assert.deepEqual(page.complaints, [], "the browser's complaints");
        } finally {
          await page.context().close();
        }
      });
    }
  }
});

describe("links", () => {
  it("of public pages answer", { timeout: 240_000 }, async () => {
    const { broken, followed } = await brokenLinks(base, paths, list);
    assert.deepEqual(broken, []);
    assert.ok(followed > paths.length, `${followed} links`);
  });
});

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
