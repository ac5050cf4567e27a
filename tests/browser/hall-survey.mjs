// Writes a survey through the pages of the office, as whoever prepares a meeting does.
import assert from "node:assert/strict";
import { open } from "./helpers.mjs";

/** The district of the visit. */
const AREA = "353600000";

/** Keys of the questions. */
export const QUESTIONS = { one: "direct", several: "first", scale: "informed", rank: "order", text: "words" };

const question = (key, kind, kk, ru, en, { least = 1, most = 1, options = [], required = true } = {}) => ({ key, kind, kk, ru, en, least, most, options, required });

const ASKED = [
  question(QUESTIONS.one, "one", "Аудан әкімінің тікелей сайлануын қолдайсыз ба?", "Поддерживаете ли вы прямые выборы акима района?", "Do you support direct elections of the akim of the district?", {
    options: ["yes | Иә | Да | Yes", "no | Жоқ | Нет | No", "unsure | Жауап беруге қиналамын | Затрудняюсь ответить | I can't say"],
  }),
  question(QUESTIONS.several, "several", "Әкім ең алдымен нені шешуі керек?", "Что аким должен решить в первую очередь?", "What should the akim solve first?", {
    most: 2,
    options: ["roads | Жолдар | Дороги | Roads", "water | Ауыз су | Питьевая вода | Drinking water", "work | Жұмыс орындары | Рабочие места | Jobs"],
  }),
  question(QUESTIONS.scale, "scale", "Сайлау туралы қаншалықты хабардарсыз? 1 — мүлде, 5 — толық", "Насколько вы осведомлены о выборах? 1 — совсем нет, 5 — полностью", "How well are you informed about the election? 1 not at all, 5 fully", { most: 5 }),
  question(QUESTIONS.rank, "ranking", "Маңыздылығы бойынша орналастырыңыз", "Расставьте по важности", "Put in order of importance", {
    most: 3,
    required: false,
    options: ["honest | Адалдық | Честность | Honesty", "skilled | Біліктілік | Компетентность | Skill", "near | Халыққа жақындық | Близость к людям | Being near to people"],
  }),
  question(QUESTIONS.text, "text", "Әкімге не айтар едіңіз?", "Что бы вы сказали акиму?", "What would you tell the akim?", { most: 300, required: false }),
];

async function save(page) {
  const [answer] = await Promise.all([page.waitForNavigation({ waitUntil: "load" }), page.click("main form.tandau-form button[type=submit]")]);
  assert.equal(answer?.status(), 200, `${page.url()}: ${await page.locator("main").innerText()}`);
}

/** A survey of all five kinds of questions that nobody has opened yet. */
export async function makeSurvey(page) {
  await open(page, "/office/surveys/new", { lang: "en" });
  await page.fill("#area", AREA);
  await page.fill("#title_kk", "Ауыл болашағы: сіздің пікіріңіз");
  await page.fill("#title_ru", "Будущее села: ваше мнение");
  await page.fill("#title_en", "The future of the village: your opinion");
  await page.fill("#held_on", "2023-10-02");
  await save(page);
  const id = new URL(page.url()).pathname.split("/").at(3);
  for (const q of ASKED) {
    await open(page, `/office/surveys/${id}/questions/new`, { lang: "en" });
    await page.fill("#key", q.key);
    await page.selectOption("#kind", q.kind);
    await page.fill("#wording_kk", q.kk);
    await page.fill("#wording_ru", q.ru);
    await page.fill("#wording_en", q.en);
    await page.fill("#options", q.options.join("\n"));
    await page.setChecked("#required", q.required);
    await page.fill("#least", String(q.least));
    await page.fill("#most", String(q.most));
    await save(page);
  }
  await open(page, `/office/surveys/${id}/hall`, { lang: "en" });
  const code = (await page.locator('a[href^="/s/"][href$="/screen"]').getAttribute("href")).split("/")[2];
  return { id, code };
}
