// What is kept on the phone until the answer is counted: what was typed, and an answer that is on its way. Nothing of it
// outlives the counting.

/** An answer that was given and is not counted yet: the body of the form. */
export interface Waiting {
  body: string;
}

/** Some browsers give no place to keep things; then the page works while it is open. */
function at(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function put(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // Full, or forbidden.
  }
}

export class Kept {
  /** `name` is of one survey: what is kept of another never fits. */
  constructor(private readonly name: string) {}

  typed(): URLSearchParams {
    return new URLSearchParams(at(`${this.name}.typed`) ?? "");
  }

  type(fields: URLSearchParams): void {
    put(`${this.name}.typed`, fields.toString());
  }

  waiting(): string {
    return at(`${this.name}.waiting`) ?? "";
  }

  wait(body: string): void {
    put(`${this.name}.waiting`, body);
  }

  /** It can't be sent as it is: what was typed stays. */
  mend(): void {
    put(`${this.name}.waiting`, null);
  }

  /** It is counted, or never will be. */
  forget(): void {
    put(`${this.name}.typed`, null);
    put(`${this.name}.waiting`, null);
  }
}
