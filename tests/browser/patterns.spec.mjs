// The documented patterns (web/patterns) and the two scripts, without a server of Tandau.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import { shapeOf } from "./crawl.mjs";
import { axe, keyboardReach, newPage, noSidewaysScroll, open, shot, SIDE_BY_SIDE, untranslated } from "./helpers.mjs";
import { startSite } from "./site.mjs";

const patterns = readdirSync(new URL("../../web/patterns/", import.meta.url)).filter((n) => n.endsWith(".html"));
let site;
before(async () => (site = await startSite()));
after(() => site.close());

async function on(options, path, look) {
  const page = await newPage(options);
  try {
    await open(page, `${site.url}/patterns/${path}`);
    await look(page);
    assert.deepEqual(page.complaints, [], "the browser's complaints");
  } finally {
    await page.context().close();
  }
}

describe("patterns", { concurrency: SIDE_BY_SIDE }, () => {
  assert.ok(patterns.length >= 10, "the patterns are there");
  for (const name of patterns) {
    it(name, async () => {
      await on({ width: 320 }, name, async (page) => {
        await noSidewaysScroll(page);
        assert.equal(await page.locator("h1").count(), 1);
        assert.equal(await page.locator("[style], style").count(), 0, "no inline style");
        assert.deepEqual(await untranslated(page), []);
      });
      await on({ width: 640 }, name, noSidewaysScroll);
      for (const [width, dark] of [[390, false], [390, true], [1280, false], [1280, true]]) {
        await on({ width, dark }, name, async (page) => {
          await axe(page);
          await shot(page, `${name}.${width}${dark ? ".dark" : ""}`);
        });
      }
    });
  }
});

describe("live", () => {
  const link = 'a[href="/elections/akim-2023/contests/1"]';

  it("swaps the parts that changed, keeps the focus and says what changed", async () => {
    site.change = (_path, text) => text;
    await on({}, "home.ru.html", async (page) => {
      await page.waitForFunction(() => document.readyState === "complete");
      await assertSoon(() => site.streams() === 1, "the page opened its stream");
      await page.locator(link).first().focus();
      site.change = (_path, text) => text.replaceAll("1\u202f204", "1\u202f205").replace("<strong>9</strong>", "<strong>10</strong>");
      site.tell();
      await page.waitForFunction(() => document.querySelector("h1")?.textContent?.includes("1\u202f205"));
      assert.match(await page.locator("[data-live-status]").textContent(), /1\u202f205/);
      assert.equal(await page.locator(".tandau-rows__count strong").first().textContent(), "10");
      assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("href")), "/elections/akim-2023/contests/1");
    });
  });

  it("leaves its stream when the page goes", async () => {
    await assertSoon(() => site.streams() === 0, "no stream is left open");
  });
});

describe("protocol form", () => {
  const sentence = (page) => page.locator("[data-sum-sentence]").textContent();

  it("adds as one types and says when the lines differ", async () => {
    site.change = (_path, text) => text;
    await on({ width: 390 }, "protocol.ru.html", async (page) => {
      assert.match(await sentence(page), /427.*472/);
      await page.fill("#took_part", "427");
      assert.equal(await sentence(page), "");
      await page.fill("#votes_1", "1 236");
      assert.equal(await page.locator("[data-sum-total]").textContent(), "1\u202f427");
      assert.match(await sentence(page), /1\u202f427.*427/);
      await page.fill("#votes_1", "");
      assert.equal(await sentence(page), "", "half a form is not a mistake");
    });
  });

  it("is reached by the keyboard, and the sticky line never covers the focused field", async () => {
    await on({ width: 390, height: 500 }, "protocol.kk.html", async (page) => {
      await keyboardReach(page, "#against_all");
      const [field, line] = await Promise.all([
        page.locator("#against_all").boundingBox(),
        page.locator(".tandau-sums__row").boundingBox(),
      ]);
      assert.ok(field.y + field.height <= line.y || line.y + line.height <= field.y, "field and line don't overlap");
    });
  });
});

describe("crawl", () => {
  it("sees one shape in many addresses", () => {
    const c = ["stations"];
    assert.equal(shapeOf("/elections/akim-2023/stations/448", c), "/elections/:id/stations/:id");
    assert.equal(shapeOf("/stations/priozersk", c), "/stations/:id");
    assert.equal(shapeOf("/first-steps", c), "/first-steps");
  });
});

async function assertSoon(test, what) {
  for (let i = 0; i < 50; i += 1) {
    if (test()) return;
    await new Promise((next) => setTimeout(next, 50));
  }
  assert.fail(what);
}
