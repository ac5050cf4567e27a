// Reads a form into plain fields and photos, fills it again, and shows what is to be mended.
import { fill, kept, shrink } from "./photo";
import type { Photo, Problem } from "./store";

/** What belongs to the page and not to whoever fills it in. */
const OWN = new Set(["csrf", "envelope"]);

/** Everything that is filled in. */
export interface Entries {
  fields: Record<string, string>;
  photos: Photo[];
  /** Fields that differ from what the page showed. */
  changed: string[];
}

/** Whether somebody has touched a control since the page showed it. */
function touched(e: Element): boolean {
  if (e instanceof HTMLInputElement) {
    if (e.type === "hidden" || e.type === "submit") return false;
    if (e.type === "file") return (e.files?.length ?? 0) > 0;
    if (e.type === "radio" || e.type === "checkbox") return e.checked !== e.defaultChecked;
    return e.value !== e.defaultValue;
  }
  if (e instanceof HTMLTextAreaElement) return e.value !== e.defaultValue;
  return e instanceof HTMLSelectElement && [...e.options].some((o) => o.selected !== o.defaultSelected);
}

/** What was sent becomes what the page shows; what is typed meanwhile stays a change. */
export function settle(form: HTMLFormElement, { fields }: Entries): void {
  for (const e of form.elements) {
    const name = e.getAttribute("name") ?? "";
    const value = fields[name] ?? "";
    if (e instanceof HTMLInputElement) {
      if (e.type === "radio") e.defaultChecked = e.value === value;
      else if (e.type === "checkbox") e.defaultChecked = name in fields && value.split("\n").includes(e.value);
      else if (e.type !== "file" && e.type !== "hidden") e.defaultValue = value;
    } else if (e instanceof HTMLTextAreaElement) e.defaultValue = value;
    else if (e instanceof HTMLSelectElement) for (const o of e.options) o.defaultSelected = o.value === value;
  }
}

/** Reads a form; photos are shrunk. Values of a field that comes more than once are joined by line ends. */
export async function read(form: HTMLFormElement, submitter: HTMLElement | null): Promise<Entries> {
  const fields: Record<string, string> = {};
  const photos: Photo[] = [];
  const changed = [...new Set([...form.elements].filter(touched).map((e) => e.getAttribute("name") ?? ""))];
  for (const [name, value] of new FormData(form)) {
    if (OWN.has(name)) continue;
    if (typeof value === "string") {
      fields[name] = name in fields ? `${fields[name]}\n${value}` : value;
    } else if (value.size > 0) {
      const blob = await shrink(value);
      photos.push({ field: name, id: crypto.randomUUID(), name: blob.name, blob, sent: false });
    }
  }
  if (submitter instanceof HTMLButtonElement && submitter.name) fields[submitter.name] = submitter.value;
  return { fields, photos, changed };
}

/**
 * Fills a form with what was entered before: what was changed then, and no more, so that newer answers of others stay.
 * Hidden fields belong to the page, except what its author had seen: `data-seen` names the fields that it is about
 * (`x` for `answer.x`), or is blank for all.
 */
export function write(form: HTMLFormElement, { fields, photos, changed }: Entries): void {
  for (const e of form.elements) {
    if (e instanceof HTMLInputElement) {
      const value = fields[e.name];
      const about = e.dataset["seen"];
      if (about !== undefined && value !== undefined && changed.some((name) => about === "" || name.endsWith(`.${about}`))) {
        e.value = value;
      }
      if (!changed.includes(e.name) || e.type === "hidden" || e.type === "submit") continue;
      if (e.type === "file") {
        const own = photos.filter((p) => p.field === e.name);
        if (own.length > 0) fill(e, own.map((p) => kept(p.blob, p.name)));
      } else if (e.type === "radio") {
        if (value !== undefined) e.checked = value === e.value;
      } else if (e.type === "checkbox") {
        e.checked = value?.split("\n").includes(e.value) ?? false;
      } else if (value !== undefined) {
        e.value = value;
      }
    } else if (e instanceof HTMLSelectElement || e instanceof HTMLTextAreaElement) {
      const value = fields[e.name];
      if (value !== undefined && changed.includes(e.name)) e.value = value;
    }
  }
}

/** The first control of a field. */
function control(form: HTMLFormElement, name: string): HTMLElement | null {
  const found = form.elements.namedItem(name);
  const first = found instanceof RadioNodeList ? found[0] : found;
  return first instanceof HTMLElement ? first : null;
}

/** Takes away what was shown as wrong. */
export function unmark(form: HTMLFormElement, field?: string): void {
  for (const note of form.querySelectorAll<HTMLElement>("[data-offline-problem]")) {
    if (field !== undefined && note.dataset["offlineProblem"] !== field) continue;
    note.closest(".govuk-form-group")?.classList.remove("govuk-form-group--error");
    control(form, note.dataset["offlineProblem"] ?? "")?.removeAttribute("aria-invalid");
    note.remove();
  }
}

/** Shows a problem at its field, as the server's page would; gives the field's id, empty when it is not on the page. */
export function mark(form: HTMLFormElement, problem: Problem, prefix: string): string {
  const field = control(form, problem.field);
  if (!field) return "";
  unmark(form, problem.field);
  field.id ||= problem.field;
  const note = document.createElement("p");
  note.className = "govuk-error-message";
  note.id = `${field.id}-offline`;
  note.dataset["offlineProblem"] = problem.field;
  const hidden = document.createElement("span");
  hidden.className = "govuk-visually-hidden";
  hidden.textContent = prefix;
  note.append(hidden, ` ${problem.message}`);
  const place = field.closest(".govuk-radios, .govuk-checkboxes, .govuk-input__wrapper") ?? field;
  place.before(note);
  field.closest(".govuk-form-group")?.classList.add("govuk-form-group--error");
  field.setAttribute("aria-invalid", "true");
  const described = new Set((field.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean)).add(note.id);
  field.setAttribute("aria-describedby", [...described].join(" "));
  return field.id;
}
