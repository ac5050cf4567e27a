// Running sums while a protocol is typed. The server checks the same relations again; this only shows them early.
//
// <div class="tandau-sums" data-sum-left="votes_1 votes_2 against_all" data-sum-right="took_part"
//      data-sum-differs="Votes add up to {left}, but line 17 says {right}.">
//   … fields … <output data-sum-total></output> <output data-sum-target></output> <p data-sum-sentence></p>
// Names are those of fields in the same form; `data-sum-known="name=12 other=3"` carries lines of other steps.

const GROUPS = /\B(?=(\d{3})+(?!\d))/g;

/** Reads what a person types: digits, with spaces between groups; `null` while it is empty or not a number. */
export function parseCount(text: string): number | null {
  const digits = text.replace(/[\s\u00a0\u2009\u202f]/g, "");
  return /^\d{1,9}$/.test(digits) ? Number(digits) : null;
}

/** Groups by a thin space that does not break, as all figures of the site. */
export const showCount = (n: number): string => String(n).replace(GROUPS, "\u202f");

function known(box: HTMLElement): Map<string, number> {
  const pairs = (box.dataset["sumKnown"] ?? "").split(/\s+/).filter(Boolean);
  return new Map(pairs.map((p) => [p.slice(0, p.indexOf("=")), Number(p.slice(p.indexOf("=") + 1))]));
}

function read(form: HTMLFormElement, other: Map<string, number>, name: string): number | null {
  const field = form.elements.namedItem(name);
  return field instanceof HTMLInputElement ? parseCount(field.value) : (other.get(name) ?? null);
}

function show(box: HTMLElement, what: string, text: string): void {
  const place = box.querySelector(`[data-sum-${what}]`);
  if (place && place.textContent !== text) place.textContent = text;
}

function update(form: HTMLFormElement, box: HTMLElement): void {
  const other = known(box);
  const left = (box.dataset["sumLeft"] ?? "").split(/\s+/).filter(Boolean).map((n) => read(form, other, n));
  const right = read(form, other, box.dataset["sumRight"] ?? "");
  const total = left.reduce<number>((sum, n) => sum + (n ?? 0), 0);
  // Said only when everything is there: half a form is not a mistake.
  const differs = right !== null && left.every((n) => n !== null) && total !== right;
  show(box, "total", showCount(total));
  show(box, "target", right === null ? "–" : showCount(right));
  const sentence = box.dataset["sumDiffers"] ?? "";
  show(box, "sentence", differs ? sentence.replace("{left}", showCount(total)).replace("{right}", showCount(right)) : "");
  box.classList.toggle("tandau-sums--differs", differs);
}

/** Starts every `[data-sum-left]` of the page; each lives in its form or names it by `data-sum-form`. */
export function startSums(): void {
  for (const box of document.querySelectorAll<HTMLElement>("[data-sum-left]")) {
    const form = box.closest("form") ?? document.getElementById(box.dataset["sumForm"] ?? "");
    if (!(form instanceof HTMLFormElement)) continue;
    const run = (): void => update(form, box);
    form.addEventListener("input", run);
    run();
  }
}
