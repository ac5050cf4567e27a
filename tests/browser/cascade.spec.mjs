// A cascade of three levels, from the programme to the covered station, as those do it who do it: the centre teaches a region, the
// region a district, the district plans its sessions and teaches a polling station; its four members mark themselves or sign a
// list, take the test on a phone and count. Then one of them is replaced. Six weeks before voting.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { bank, bankFile, begin, clock, codeOn, done, fillIn, finish, invite, minuteOf, move, nameOf, planByHand, press, rowOf, says, sendAnswer, sendCode, somebody, takes, tick } from "./cascade-site.mjs";
import { axe, fits, newPage, open, picture, reads, savePdf, shot } from "./helpers.mjs";
import { isKept, online, says as panelSays, soon, starts } from "./offline-site.mjs";

const site = process.env.TANDAU_CASCADE_URL;
const TODAY = "2023-09-23";
const YESTERDAY = "2023-09-22";
/** The first working day of the planner after today. */
const MONDAY = "2023-09-25";
const DISTRICT = "353600000";
const STATION = "448";
const TITLE = { kk: "Учаскелік комиссияның емтиханы", ru: "Экзамен участковой комиссии", en: "Examination of precinct commissions" };
const MODULES = ["Opening and lists", "Voting", "Count and protocol", "Accessibility and incidents"];
const QUESTIONS = 8;
/** So few that the stations around take more than one session. */
const SEATS = "12";
const FOUR = ["precinct-chair", "precinct-deputy", "precinct-secretary", "precinct-member"];

describe("a cascade of three levels", { skip: !site && "no demo of the days before districts teach" }, () => {
  const questions = bank();
  const people = {};
  const names = {};
  let programme = "";
  let session = "";
  let station = "";

  before(async () => {
    for (const login of ["central-secretary", "region-chair", "district-chair"]) people[login] = await somebody(site, login);
    for (const login of FOUR) people[login] = await somebody(site, login, 390);
    for (const [login, page] of Object.entries(people)) names[login] = await nameOf(page);
    const chair = people["precinct-chair"];
    await open(chair, "/office/readiness", { lang: "en" });
    station = new URL(chair.url()).pathname.split("/").at(-1);
  });

  after(async () => {
    for (const page of Object.values(people)) await page.context().close();
  });

  const answer = (path) => fetch(new URL(path, site)).then((a) => a.text());
  const covered = async () => {
    const page = await answer(`/training/coverage/stations/${station}?lang=en`);
    const [, state] = /No\. 448: (not yet covered|covered)/.exec(page.replace(/&nbsp;|\u00a0/g, " ")) ?? [];
    return state;
  };
  const item = async () => {
    const told = JSON.parse(await answer(`/readiness/stations/${station}.json?lang=en`));
    return told.items.find((i) => i.item === "commission_trained" || i.id === "commission_trained")?.status;
  };

  it("begins with a programme, its bank and its test", { timeout: 120_000 }, async () => {
    const centre = people["central-secretary"];
    await open(centre, "/office/training/programmes/new", { lang: "en" });
    await centre.fill("#key", "walk");
    for (const lang of ["kk", "ru", "en"]) await centre.fill(`#title_${lang}`, TITLE[lang]);
    await centre.selectOption("#audience", "precinct_members");
    await centre.check("#tested");
    await centre.fill("#goal_ru", "Комиссия открывает участок, считает голоса и заполняет протокол без ошибок.");
    await axe(centre, { width: 1280 });
    await press(centre, "form.tandau-form button[type=submit]");
    await done(centre, "training-saved");
    programme = new URL(centre.url()).pathname.split("/").at(-1);
    for (const [place, title] of MODULES.entries()) {
      await open(centre, `/office/training/programmes/${programme}/modules/new`);
      assert.equal(await centre.inputValue("#key"), `M${place + 1}`);
      await centre.fill("#title_en", title);
      await centre.fill("#goals_en", `${title}: what the law asks for.`);
      await centre.fill("#materials_en", "text | Register of stations | /stations");
      await press(centre, "form.tandau-form button[type=submit]");
      await done(centre, "training-saved");
    }
    await open(centre, `/office/training/tests/${programme}`);
    await centre.setInputFiles("#file", bankFile);
    await press(centre, 'form[action$="/import"] button');
    await done(centre, "learning-taken-over");
    await centre.fill("#questions", String(QUESTIONS));
    await centre.fill("#minutes", "20");
    await press(centre, `form[action="/office/training/tests/${programme}"] button`);
    await done(centre, "learning-test-set");
    await fits(centre, [1280, 640, 390, 320]);
    await axe(centre, { width: 1280 });
    await open(centre, `/office/training/programmes/${programme}`);
    await press(centre, 'form[action$="/move"] button[value="open"]');
    await done(centre, "training-saved");
    await shot(centre, "cascade.programme.en");
  });

  /** A session that is over when it is entered: whoever was there is said by hand. */
  async function teaches(teacher, trainer, whom) {
    const page = people[teacher];
    const minute = await minuteOf(page);
    const id = await planByHand(page, { programme, trainer, starts: clock(minute - 150), ends: clock(minute - 30), place: "Мәжіліс залы" });
    await invite(page, whom);
    await open(page, `/office/training/sessions/${id}/held`);
    await press(page, "form.tandau-form button[type=submit]");
    await done(page, "training-held");
    return id;
  }

  it("is taught by the centre to a region, whose chair passes the test", { timeout: 120_000 }, async () => {
    const centre = await teaches("central-secretary", names["central-secretary"], /Karagand/i);
    const region = people["region-chair"];
    // Nobody trains who has not passed what is handed down.
    await open(region, "/office/training/sessions/new", { lang: "en" });
    await region.selectOption("#programme", programme);
    await press(region, "form.tandau-form button[type=submit]");
    assert.equal(await region.locator('input[name="trainer"]').count(), 0, "being there is not enough");
    await takes(region, centre, questions);
    assert.match(await says(region), /Passed: 8 of 8/);
  });

  it("is taught by the region to a district, whose chair passes the test", { timeout: 120_000 }, async () => {
    const region = await teaches("region-chair", names["region-chair"], /Aktog/i);
    const district = people["district-chair"];
    await takes(district, region, questions, { lang: "ru" });
    assert.match(await says(district), /8 из 8|8 \/ 8|100/);
    assert.equal(await covered(), "not yet covered", "nobody of the station was taught yet");
  });

  it("is planned by the planner and taken over", { timeout: 180_000 }, async () => {
    const district = people["district-chair"];
    // Where the hall is says the register of stations: it stands beside No. 448.
    await open(district, `/office/stations/${station}`, { lang: "en" });
    const [latitude, longitude] = [await district.inputValue("#latitude"), await district.inputValue("#longitude")];
    const plans = `/office/training/plans?area=${DISTRICT}`;
    await open(district, plans, { lang: "en" });
    const trainer = district.locator('form[action="/office/training/plans/trainers"]').last();
    await trainer.locator("#person").selectOption({ label: names["district-chair"] });
    await trainer.locator("#latitude").fill(latitude);
    await trainer.locator("#longitude").fill(longitude);
    await press(district, trainer.locator("button"));
    await done(district, "planner-trainer-set");
    const hall = district.locator('form[action="/office/training/plans/halls"]').last();
    for (const lang of ["kk", "ru", "en"]) await hall.locator(`#name_${lang}`).fill("448");
    await hall.locator("#seats").fill(SEATS);
    await hall.locator("#hall-latitude").fill(latitude);
    await hall.locator("#hall-longitude").fill(longitude);
    await press(district, hall.locator("button"));
    await done(district, "planner-hall-set");
    await fits(district, [1280, 640, 390, 320]);
    await axe(district, { width: 390 });
    await shot(district, "cascade.planner.en");

    const plan = await asksForPlan(district, plans);
    const text = await says(district);
    assert.match(text, /No schedule is complete before/);
    assert.match(text, /Fewest sessions possible/);
    assert.match(text, /What hinders/);
    await fits(district, [1280, 640, 390, 320]);
    await axe(district, { width: 390 });
    await shot(district, "cascade.plan.en");
    await press(district, `form[action="${plan}"] button`);
    await done(district, "planner-taken");
    const made = await links(district);
    assert.ok(made.length > 1, `sessions were made: ${made.join(" ")}`);

    // Whoever is invited sees it on the phone.
    const chair = people["precinct-chair"];
    await open(chair, "/office/training/here", { lang: "en" });
    const href = await chair.locator("main li a", { hasText: TITLE.en }).first().getAttribute("href");
    session = href.split("/").at(-1);
    assert.ok(made.some((m) => m.endsWith(session)), "it is a session of the plan");
    await open(district, `/office/training/coverage/${station}`, { lang: "en" });
    assert.match(await says(district), /planned/);
    assert.equal(await covered(), "not yet covered", "an invitation covers nothing");

    // One of the others falls out: who was invited there is planned anew.
    const other = made.find((m) => !m.endsWith(session));
    await open(district, other, { lang: "en" });
    const cancel = district.locator('form[action$="/cancel"]');
    await cancel.locator("#reason").fill("The trainer is ill.");
    await press(district, cancel.locator("button"));
    await done(district, "training-saved");
    await asksForPlan(district, plans);
    assert.ok((await rows(district)) > 0, "those of the session that fell out are in a session again");
  });

  const links = (page) => page.locator('section[aria-labelledby="sessions"] tbody a').evaluateAll((all) => all.map((a) => a.getAttribute("href")));
  const rows = (page) => page.locator('section[aria-labelledby="sessions"] tbody tr').count();

  /** Asks for a plan and waits for it; returns its address. */
  async function asksForPlan(page, plans) {
    await open(page, plans, { lang: "en" });
    const ask = page.locator('form[method=post][action="/office/training/plans"]');
    const election = await ask.locator('#election option:not([value=""])').first().getAttribute("value");
    await ask.locator("#election").selectOption(election);
    await ask.locator("#programme").selectOption(programme);
    await ask.locator("#starts_on").fill(MONDAY);
    await press(page, ask.locator("button"));
    const path = new URL(page.url()).pathname;
    assert.match(path, /^\/office\/training\/plans\/[^/]+$/, await says(page));
    await soon(
      async () => {
        await open(page, path);
        return (await page.locator(`form[action="${path}"]`).count()) > 0;
      },
      "the plan is there",
      60_000,
    );
    return path;
  }

  it("is moved to this evening, and people mark themselves", { timeout: 180_000 }, async () => {
    const district = people["district-chair"];
    const started = (await minuteOf(district)) - 5;
    await move(district, session, { day: TODAY, starts: clock(started), ends: clock(started + 120), reason: "The hall is free this evening." });
    assert.match(await says(district), /The hall is free this evening\./);

    const screen = await district.context().newPage();
    screen.site = site;
    let code = await codeOn(screen, session);
    assert.equal(await screen.locator("svg.tandau-qr").count(), 1, "and a picture that leads to the phone's page");
    await shot(screen, "cascade.screen.en");
    const path = `/office/training/here/${session}`;

    // The chair scans the picture: the code is filled in already, and the keyboard is enough.
    const chair = people["precinct-chair"];
    await open(chair, "/office/training/here", { lang: "kk" });
    await reads(chair, "kk");
    await fits(chair, [640, 390, 320]);
    await axe(chair, { width: 390 });
    await open(chair, `${path}?code=${code}`, { lang: "kk" });
    await reads(chair, "kk");
    await fits(chair, [640, 390, 320]);
    await axe(chair, { width: 390 });
    await shot(chair, "cascade.here.kk.390");
    await open(chair, `${path}?code=${code}`, { lang: "en" });
    assert.equal(await chair.inputValue("#code"), code);
    await panelSays(chair, starts("ready"));
    await chair.focus("#code");
    await chair.keyboard.press("Enter");
    await panelSays(chair, "You are marked as present.");

    // The secretary has no network in the hall, and marks on the page that the phone has kept.
    const secretary = people["precinct-secretary"];
    await open(secretary, "/office/training/here", { lang: "en" });
    await open(secretary, path);
    await isKept(secretary, path);
    await secretary.context().setOffline(true);
    await secretary.reload();
    await panelSays(secretary, starts("kept"));
    code = await codeOn(screen, session);
    await sendCode(secretary, code);
    await panelSays(secretary, starts("saved"));
    await shot(secretary, "cascade.here.offline.390");
    await secretary.context().setOffline(false);
    await online(secretary);
    await panelSays(secretary, "You are marked as present.");

    const member = people["precinct-member"];
    await open(member, path, { lang: "ru" });
    await reads(member, "ru");
    await open(member, path, { lang: "en" });
    await panelSays(member, starts("ready"));
    await sendCode(member, await codeOn(screen, session));
    await panelSays(member, "You are marked as present.");
    await open(screen, `/office/training/sessions/${session}/screen`);
    assert.match(await says(screen), /\b3 are marked/);
    await screen.close();
  });

  it("has a list on paper, and names where it differs", { timeout: 120_000 }, async () => {
    const district = people["district-chair"];
    const attendance = `/office/training/sessions/${session}/attendance`;
    await open(district, `/office/training/sessions/${session}/sheet`, { lang: "en" });
    await axe(district, { width: 390 });
    await panelSays(district, starts("ready"));
    // Three signed, the deputy among them, who has no phone; the member forgot to.
    for (const login of ["precinct-chair", "precinct-deputy", "precinct-secretary"]) await tick(district, names[login]);
    await district.setInputFiles("#photo", { name: "list.png", mimeType: "image/png", buffer: picture(64, 64) });
    await district.fill("#people", "4");
    await district.click('form[data-offline="training.sheet"] button[type=submit]');
    await panelSays(district, "The paper has 4 signatures, 3 lines are keyed.");
    await district.waitForSelector("#people-offline");
    await district.fill("#people", "3");
    await district.click('form[data-offline="training.sheet"] button[type=submit]');
    await panelSays(district, "The sheet is taken: 3 people.");

    await open(district, attendance, { lang: "en" });
    assert.match(await says(district), /3 on paper and 3 in the records; people to decide about: 2\./);
    assert.match(await rowOf(district, names["precinct-deputy"]).innerText(), /On paper, not in the records/);
    assert.match(await rowOf(district, names["precinct-member"]).innerText(), /In the records, not on paper/);
    assert.equal(await district.locator("#decide tbody tr").count(), 2, "nobody else differs");
    assert.equal(await district.locator('form[action$="/attendance/close"]').count(), 0, "not before somebody has decided");
    await fits(district, [1280, 640, 390, 320]);
    await axe(district, { width: 390 });
    await shot(district, "cascade.attendance.en");
    const photo = await district.request.get(await district.locator('a[href*="/photos/"]').first().getAttribute("href"));
    assert.equal(photo.status(), 200, "the photo of the list is there");
    for (const login of ["precinct-deputy", "precinct-member"]) await rowOf(district, names[login]).locator('input[value="yes"]').check();
    await district.fill("#reason", "Both were in the hall; the trainer knows them.");
    await press(district, 'form[action$="/attendance"] button');
    assert.match(await says(district), /3 on paper and 3 in the records; nothing is left to decide\./);
  });

  it("is closed, and those who were there may take the test", { timeout: 60_000 }, async () => {
    const district = people["district-chair"];
    assert.match(await says(district), /4 people were there/);
    await press(district, 'form[action$="/attendance/close"] button');
    await open(district, `/office/training/sessions/${session}`, { lang: "en" });
    assert.equal(await rowOf(district, names["precinct-deputy"]).locator(".tandau-state--done").count(), 1, "was there");
    assert.equal(await covered(), "not yet covered", "this programme asks for a test");
    const member = people["precinct-member"];
    await open(member, `/office/training/here/${session}`, { lang: "en" });
    assert.equal(await member.locator("#code").count(), 0, "no mark comes after it");
  });

  it("is a test on a phone that survives a reload and a lost network", { timeout: 180_000 }, async () => {
    const chair = people["precinct-chair"];
    await open(chair, "/training/tests", { lang: "kk" });
    await reads(chair, "kk");
    await fits(chair, [640, 390, 320]);
    await axe(chair, { width: 390 });
    const test = await begin(chair, session, "after", "en");
    const kept = () => chair.locator("main nav .tandau-state--done").count();
    const asks = () => chair.locator("main form legend").first().innerText();
    // Without a mouse.
    for (let n = 0; n < 3; n += 1) {
      await axe(chair, { width: 390 });
      await fillIn(chair, questions, { keyboard: true });
      await sendAnswer(chair, { keyboard: true });
    }
    assert.equal(await kept(), 3);
    await fits(chair, [640, 390, 320]);
    await shot(chair, "cascade.test.en.390");
    const question = await asks();
    await chair.reload();
    assert.equal(await asks(), question, "the same question after a reload");
    assert.equal(await kept(), 3);

    // The network goes in the middle of an answer: it was not taken, and nothing that was is lost.
    await fillIn(chair, questions);
    await chair.context().setOffline(true);
    await chair.locator("main form.tandau-form button[type=submit]").click({ noWaitAfter: true }).catch(() => undefined);
    await soon(async () => (await chair.locator("main form").count()) === 0, "the browser says that there is no network");
    await chair.context().setOffline(false);
    await open(chair, test);
    assert.equal(await asks(), question, "it waits for its answer");
    assert.equal(await kept(), 3);
    // Begun again it is the same test, on another device as well.
    assert.equal(await begin(chair, session, "after", "kk"), test);
    await reads(chair, "kk");
    await finish(chair, questions);
    await reads(chair, "kk");
    await axe(chair, { width: 390 });
    await shot(chair, "cascade.result.kk.390");
    assert.equal(await chair.locator(".tandau-lead .tandau-state--done").count(), 1, "passed");
  });

  it("gives a certificate that anybody can verify", { timeout: 120_000 }, async () => {
    const chair = people["precinct-chair"];
    await open(chair, "/training/tests", { lang: "en" });
    const href = await chair.locator('section[aria-labelledby="certificates"] a').first().getAttribute("href");
    const everybody = await newPage({ site, width: 390 });
    await open(everybody, "/certificates", { lang: "en" });
    await everybody.fill("#code", href.split("/").at(-1).toLowerCase());
    await press(everybody, "main form button");
    assert.equal(new URL(everybody.url()).pathname, href);
    const text = await says(everybody);
    assert.match(text, /Valid/);
    assert.ok(text.includes(names["precinct-chair"]) && text.includes(TITLE.en), text);
    for (const lang of ["kk", "ru"]) {
      await open(everybody, href, { lang });
      await reads(everybody, lang);
    }
    await fits(everybody, [640, 390, 320]);
    await axe(everybody, { width: 390 });
    await shot(everybody, "cascade.certificate.ru.390");
    const paper = await everybody.request.get(new URL(`${href}/certificate.pdf?lang=kk`, site).href);
    assert.equal(paper.headers()["content-type"], "application/pdf");
    const bytes = await paper.body();
    assert.equal(bytes.subarray(0, 5).toString(), "%PDF-");
    savePdf(bytes, "cascade.certificate.kk");
    const badge = await (await everybody.request.get(new URL(`${href}/badge.json`, site).href)).json();
    assert.ok([badge.type].flat().includes("OpenBadgeCredential"), JSON.stringify(badge.type));
    assert.ok(badge.proof, "signed");
    const other = `${href.slice(0, -4)}AAAA`;
    assert.equal((await everybody.request.get(new URL(other, site).href)).status(), 404, "no other code is one");
    await everybody.context().close();
  });

  it("covers the station when enough of its members have passed, and tells its checklist", { timeout: 180_000 }, async () => {
    await takes(people["precinct-deputy"], session, questions, { lang: "ru" });
    await takes(people["precinct-member"], session, questions, { lang: "kk" });
    assert.equal(await covered(), "not yet covered", "the secretary has not passed");
    assert.notEqual(await item(), "met");
    await takes(people["precinct-secretary"], session, questions);
    await soon(async () => (await covered()) === "covered", "the public page says so", 10_000);
    await soon(async () => (await item()) === "met", "and the checklist of the station", 10_000);

    const everybody = await newPage({ site, width: 390 });
    for (const lang of ["kk", "ru"]) {
      await open(everybody, `/training/coverage/stations/${station}`, { lang });
      await reads(everybody, lang);
      await fits(everybody, [640, 390, 320]);
      await axe(everybody, { width: 390 });
    }
    await shot(everybody, "cascade.covered.ru.390");
    const text = await says(everybody);
    for (const login of FOUR) assert.ok(!text.includes(names[login]), "nobody's name is public");
    await open(everybody, "/training/coverage", { lang: "en" });
    await everybody.locator('section[aria-labelledby="regions-h"] tbody a', { hasText: /Karagand/i }).first().click();
    await everybody.locator('section[aria-labelledby="districts-h"] tbody a', { hasText: /Aktog/i }).first().click();
    const row = await rowOf(everybody, STATION).first().innerText();
    assert.ok(/covered/.test(row) && !/not yet/.test(row), row);
    await shot(everybody, "cascade.district.en.390");
    await everybody.context().close();

    // Its member sees the way from the centre.
    const secretary = people["precinct-secretary"];
    await open(secretary, "/office/training/own", { lang: "en" });
    const own = secretary.locator(`section[aria-label="${TITLE.en}"] ol.tandau-cascade li`);
    const way = await own.allInnerTexts();
    assert.equal(way.length, 4, way.join(" → "));
    for (const [step, login] of ["central-secretary", "region-chair", "district-chair", "precinct-secretary"].entries()) {
      assert.ok(way[step].includes(names[login]), `${way[step]} names ${names[login]}`);
    }
  });

  it("is uncovered again when a member is replaced", { timeout: 120_000 }, async () => {
    const district = people["district-chair"];
    const decision = await formsAnew(district);
    await open(district, `/stations/${station}`, { lang: "en" });
    const commission = (await district.locator('main a[href^="/commissions/"]').first().getAttribute("href")).split(/[/?]/)[2];
    const members = `/office/commissions/${commission}/members`;
    await open(district, members, { lang: "en" });
    const seat = district.locator("li.tandau-card", { hasText: names["precinct-chair"] });
    await seat.locator("summary").click();
    await seat.locator('select[name="end_decision"]').selectOption(decision);
    await seat.locator('select[name="reason"]').selectOption("moved_away");
    await seat.locator('input[name="last_day"]').fill(YESTERDAY);
    await press(district, seat.locator("button"));
    await done(district, "member-ended");
    await soon(async () => (await covered()) === "not yet covered", "without its chair it is not covered", 10_000);

    for (const lang of ["kk", "ru", "en"]) await district.fill(`#name_${lang}`, { kk: "Көрсетілімова Жаңа", ru: "Показова Новая", en: "Showova New" }[lang]);
    await district.check('input[name="sex"][value="female"]');
    await district.fill("#birth_year", "1985");
    await district.check('input[name="office"][value="chair"]');
    await district.selectOption("#nominator", "higher_commission");
    await district.selectOption("#decision", decision);
    await district.fill("#valid_from", TODAY);
    await press(district, `form[method=post][action="${members}"] button`);
    await done(district, "member-seated");
    assert.equal(await covered(), "not yet covered", "whoever came has not passed");
    await soon(async () => (await item()) === "unmet", "the checklist hears of it", 10_000);
    await open(district, `/office/training/coverage/${station}`, { lang: "en" });
    assert.match(await rowOf(district, "Showova").innerText(), /not invited/);
    assert.equal(await rowOf(district, names["precinct-chair"]).count(), 0);
    await axe(district, { width: 390 });
    await shot(district, "cascade.replaced.en");
  });

  /** The act by which the commission is formed anew; returns its id. */
  async function formsAnew(page) {
    await open(page, "/office/acts/new", { lang: "en" });
    await page.selectOption("#kind", "commission_formed");
    for (const lang of ["kk", "ru", "en"]) {
      await page.fill(`#body_${lang}`, { kk: "Мәслихат", ru: "Маслихат", en: "Maslikhat" }[lang]);
      await page.fill(`#title_${lang}`, { kk: "Комиссия құрамы туралы", ru: "О составе комиссии", en: "On the composition of a commission" }[lang]);
    }
    await page.fill("#number", "7/448");
    await page.fill("#decided_on", TODAY);
    await press(page, 'form[action="/office/acts/new"] button');
    await done(page, "act-recorded");
    return new URL(page.url()).pathname.split("/").at(-1);
  }
});
