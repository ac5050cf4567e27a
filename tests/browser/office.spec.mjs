// Pages behind sign-in, as the people of first steps see them. Each page is looked at once in each language,
// with widths and colours shared out among them: all nine would take half an hour.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { brokenLinks, findPaths } from "./crawl.mjs";
import { axe, become, cookieOf, fits, list, newPage, open, reads, shot, SIDE_BY_SIDE } from "./helpers.mjs";

const sites = [
  ["the day after", process.env.TANDAU_URL, list.office.people],
  // Only for these does the evening look different.
  ["the evening of voting", process.env.TANDAU_EVENING_URL, list.office.evening],
].filter(([, site]) => site);

for (const [when, site, people] of sites) {
  describe(`office, ${when}`, { concurrency: SIDE_BY_SIDE }, () => {
    for (const login of people) {
      it(login, { timeout: 900_000 }, async () => {
        const page = await newPage({ site });
        try {
          const task = await become(page, login);
          const cookie = await cookieOf(page);
          const paths = await findPaths(site, { ...list, paths: ["/office", task] }, { cookie, within: "/office" });
          assert.ok(paths.length >= 3, `${login} has work to do: ${paths.join(" ")}`);
          const problems = [];
          for (const path of paths) {
            for (const look of list.office.looks) {
              try {
                await lookAt(page, path, look);
                await shot(page, `${login}.${when}.${path}.${look.lang}.${look.width}`);
              } catch (problem) {
                problems.push(`${path} ${JSON.stringify(look)}: ${problem.message}`);
              }
            }
          }
          assert.deepEqual(problems, [], login);
          const { broken } = await brokenLinks(site, paths, { ...list, links: list.office.links }, cookie);
          assert.deepEqual(broken, [], login);
          assert.deepEqual(page.complaints, [], "the browser's complaints");
        } finally {
          await page.context().close();
        }
      });
    }
  });
}

async function lookAt(page, path, { lang, width, dark }) {
  const answer = await open(page, path, { lang });
  assert.equal(answer?.status(), 200, path);
  await reads(page, lang);
  await fits(page, [1280, 640, 320]);
  await axe(page, { width, dark });
}

describe("first steps", { concurrency: SIDE_BY_SIDE }, () => {
  for (const [when, site] of sites) {
    it(`lead everybody to a page that answers, ${when}`, { timeout: 120_000 }, async () => {
      const page = await newPage({ site });
      try {
        await open(page, "/first-steps", { lang: "ru" });
        const logins = await page.$$eval("form[action^='/first-steps/']", (all) => all.map((f) => f.getAttribute("action").split("/").pop()));
        assert.equal(logins.length, 24, "one person per office, and one per kind of state body");
        for (const login of logins) await become(page, login);
      } finally {
        await page.context().close();
      }
    });
  }
});
