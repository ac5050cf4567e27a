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

  const told = (page, name) => page.locator(`#${name}-error`).allTextContents();

  it("tells at once what no figure can be, and what is above its limit", async () => {
    site.change = (_path, text) => text;
    await on({ width: 390 }, "protocol.ru.html", async (page) => {
      assert.deepEqual(await told(page, "took_part"), [], "472 and 8 are 480");
      for (const [typed, sentence] of [["12a", /не целое число/], ["-5", /отрицательным/], ["1234567", /не более 6/], ["700", /700, а избирателей в списке только 600/]]) {
        await page.fill("#took_part", typed);
        assert.match((await told(page, "took_part"))[0] ?? "", sentence, typed);
        assert.match((await page.getAttribute("#took_part", "aria-describedby")) ?? "", /took_part-error/);
      }
      await axe(page);
      await page.fill("#took_part", "472");
      assert.deepEqual(await told(page, "took_part"), [], "gone with the figure that was wrong");
      assert.equal(await page.getAttribute("#took_part", "aria-describedby"), "took_part-hint");
    });
  });

  it("tells a relation when the field is left, and takes it back while one types", async () => {
    site.change = (_path, text) => text;
    await on({ width: 390 }, "protocol.ru.html", async (page) => {
      await page.fill("#took_part", "427");
      assert.deepEqual(await told(page, "took_part"), [], "not while it is typed");
      await page.locator("#took_part").blur();
      assert.match((await told(page, "took_part"))[0] ?? "", /вместе 435, а бюллетеней в урнах 480/);
      assert.match(await page.locator("[data-checks-status]").textContent(), /435/);
      await page.fill("#took_part", "472");
      assert.deepEqual(await told(page, "took_part"), []);
    });
  });

  it("subtracts, rounds up, adds boxes, and leaves out what is not typed", async () => {
    const checks = [
      { code: "R5", at: "votes_1", left: "votes_1", is: "=", right: ["-", ["+", "a", "b"], ["?", "c"]], said: "R5 {left} {right} {difference}", names: {} },
      { code: "R13", at: "votes_2", left: "votes_2", is: "<=", right: ["ceil", ["%", "a", 1010000]], said: "R13 {left} {right}", names: {} },
      { code: "R6", at: "votes_3", left: "votes_3", is: "=", right: ["sum", ["box", "against_all", "took_part"], ["box", "d", "e"]], said: "R6 {left} {right}", names: {} },
      { code: "E", at: "votes_1", left: "votes_1", is: ">=", right: "nobody_typed_this", said: "never", names: {} },
    ];
    const quoted = JSON.stringify(checks).replaceAll('"', "&quot;");
    site.change = (_path, text) => text.replace(/data-checks="[^"]*" data-known="[^"]*"/, `data-checks="${quoted}" data-known="{&quot;a&quot;:150,&quot;b&quot;:10}"`);
    await on({}, "protocol.ru.html", async (page) => {
      const leave = async (name, value) => {
        await page.fill(`#${name}`, value);
        await page.locator(`#${name}`).blur();
        return (await told(page, name)).join(" ");
      };
      assert.match(await leave("votes_1", "161"), /R5 161 160 1$/);
      assert.equal(await leave("votes_1", "160"), "");
      assert.match(await leave("votes_2", "153"), /R13 153 152$/, "151.5 is rounded up");
      assert.equal(await leave("votes_2", "152"), "");
      assert.match(await leave("votes_3", "51"), /R6 51 26$/);
      await page.fill("#against_all", "");
      assert.equal(await leave("votes_3", "51"), "", "half a box is not a mistake");
      await page.fill("#took_part", "");
      assert.match(await leave("votes_3", "51"), /R6 51 0$/, "a box that was not used holds nothing");
    });
    site.change = (_path, text) => text;
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
