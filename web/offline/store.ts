// What is kept on this phone: envelopes in their order, drafts of forms, what was taken, and whose all this is.
// Used by pages and by the worker.

/** A photo of an envelope. */
export interface Photo {
  field: string;
  id: string;
  name: string;
  blob: Blob;
  sent: boolean;
}

/** What is wrong with a field. */
export interface Problem {
  field: string;
  message: string;
}

/** A filled-in form that has not been taken yet. */
export interface Envelope {
  seq?: number;
  id: string;
  kind: string;
  person: string;
  /** By this phone's clock. */
  made_at: string;
  /** The page of the form. */
  page: string;
  /** Where the form would be posted: names the form. */
  form: string;
  fields: Record<string, string>;
  photos: Photo[];
  changed: string[];
  state: "waiting" | "mend" | "refused";
  problems: Problem[];
  message: string;
}

/** An envelope that was taken. */
export interface Done {
  at: string;
  message: string;
  href: string;
}

/** Entries that were not sent. */
export interface Draft {
  form: string;
  at: string;
  fields: Record<string, string>;
  photos: Photo[];
  changed: string[];
}

/** Somebody else's page: what it would keep is not kept under the other's name. */
export class OtherPerson extends Error {}

const NAME = "tandau";
const STORES = ["envelopes", "drafts", "done", "meta"] as const;
const DONE_MAX = 10;
export const PAGES = "tandau-pages";
export const ASSETS = "tandau-assets";

/** Under which address a page is kept: one page for all languages. */
export function keyOf(address: string): string {
  const url = new URL(address, location.href);
  url.hash = "";
  url.searchParams.delete("lang");
  url.searchParams.delete("signed-in");
  return url.href;
}

let opened: Promise<IDBDatabase> | null = null;

function open(): Promise<IDBDatabase> {
  opened ??= new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      const db = request.result;
      db.createObjectStore("envelopes", { keyPath: "seq", autoIncrement: true }).createIndex("id", "id", { unique: true });
      db.createObjectStore("drafts", { keyPath: "form" });
      db.createObjectStore("done", { autoIncrement: true });
      db.createObjectStore("meta");
    };
    request.onsuccess = () => {
      const db = request.result;
      // Another page deletes everything at sign-out.
      db.onversionchange = () => db.close();
      db.onclose = () => (opened = null);
      resolve(db);
    };
    request.onerror = () => reject(request.error ?? new Error("no storage"));
    request.onblocked = () => reject(new Error("blocked"));
  });
  opened.catch(() => (opened = null));
  return opened;
}

/** Does something in one transaction; what it gives back is read when all of it is on disk. */
async function within<R>(mode: IDBTransactionMode, work: (tx: IDBTransaction, fail: (e: Error) => void) => () => R): Promise<R> {
  const db = await open();
  return new Promise<R>((resolve, reject) => {
    const tx = db.transaction(STORES, mode, { durability: "strict" });
    let problem: Error | null = null;
    const result = work(tx, (e) => {
      problem = e;
      tx.abort();
    });
    tx.oncomplete = () => resolve(result());
    tx.onabort = () => reject(problem ?? tx.error ?? new Error("not kept"));
  });
}

const get = <V>(request: IDBRequest): (() => V) => () => request.result as V;

/** True when this browser keeps what it is given. */
export const works = async (): Promise<boolean> => {
  try {
    await within("readwrite", (tx) => {
      tx.objectStore("meta").put(Date.now(), "tried");
      return () => true;
    });
    return true;
  } catch {
    return false;
  }
};

/** Everything here belongs to this person from now on; what belonged to another is deleted. True if there was such. */
export async function claim(person: string): Promise<boolean> {
  const wiped = await within("readwrite", (tx) => {
    let other = false;
    const before = tx.objectStore("meta").get("person");
    before.onsuccess = () => {
      other = before.result !== undefined && before.result !== person;
      if (other) STORES.forEach((name) => tx.objectStore(name).clear());
      tx.objectStore("meta").put(person, "person");
      tx.objectStore("meta").delete("unknown");
    };
    return () => other;
  });
  if (wiped) await caches.delete(PAGES);
  return wiped;
}

/** Somebody has signed in; who it was is known with the next page that the network gives. */
export const signedIn = (): Promise<void> =>
  within("readwrite", (tx) => {
    tx.objectStore("meta").put(true, "unknown");
    return () => undefined;
  });

/** True until it is known who signed in last. */
export const isUnknown = (): Promise<boolean> =>
  within("readonly", (tx) => {
    const mark = get<boolean | undefined>(tx.objectStore("meta").get("unknown"));
    return () => mark() === true;
  });

/** Deletes everything of whoever it belongs to. */
export async function wipe(): Promise<void> {
  await within("readwrite", (tx) => {
    STORES.forEach((name) => tx.objectStore(name).clear());
    return () => undefined;
  });
  await Promise.all([PAGES, ASSETS].map((name) => caches.delete(name)));
}

/** Whose this phone's store is. */
export const owner = (): Promise<string | undefined> =>
  within("readonly", (tx) => get<string | undefined>(tx.objectStore("meta").get("person")));

/** All envelopes in their order. */
export const envelopes = (): Promise<Envelope[]> =>
  within("readonly", (tx) => get<Envelope[]>(tx.objectStore("envelopes").getAll()));

/** What was taken, the latest last. */
export const done = (): Promise<Done[]> => within("readonly", (tx) => get<Done[]>(tx.objectStore("done").getAll()));

/** Keeps a new envelope, in the place of the one it mends and of the form's draft. */
export const put = (envelope: Envelope, mends: number | undefined): Promise<void> =>
  within("readwrite", (tx, fail) => {
    const whose = tx.objectStore("meta").get("person");
    whose.onsuccess = () => {
      if (whose.result !== envelope.person) {
        fail(new OtherPerson());
        return;
      }
      const store = tx.objectStore("envelopes");
      if (mends !== undefined) store.delete(mends);
      store.add(envelope);
      tx.objectStore("drafts").delete(envelope.form);
      tx.objectStore("done").clear();
    };
    return () => undefined;
  });

/** Writes an envelope's new state, unless it has gone meanwhile. */
export const change = (envelope: Envelope): Promise<void> =>
  within("readwrite", (tx) => {
    const store = tx.objectStore("envelopes");
    const known = store.getKey(envelope.seq ?? -1);
    known.onsuccess = () => {
      if (known.result !== undefined) store.put(envelope);
    };
    return () => undefined;
  });

/** Takes an envelope out; with `as`, notes that it was taken. */
export const remove = (seq: number, as?: Done): Promise<void> =>
  within("readwrite", (tx) => {
    tx.objectStore("envelopes").delete(seq);
    if (as) {
      const log = tx.objectStore("done");
      log.add(as);
      const keys = log.getAllKeys();
      keys.onsuccess = () => keys.result.slice(0, -DONE_MAX).forEach((key) => log.delete(key));
    }
    return () => undefined;
  });

/** The draft of a form. */
export const draft = (form: string): Promise<Draft | undefined> =>
  within("readonly", (tx) => get<Draft | undefined>(tx.objectStore("drafts").get(form)));

/** Keeps a draft, if the page is still its owner's. */
export const keepDraft = (person: string, entries: Draft): Promise<void> =>
  within("readwrite", (tx) => {
    const whose = tx.objectStore("meta").get("person");
    whose.onsuccess = () => {
      if (whose.result === person) tx.objectStore("drafts").put(entries);
    };
    return () => undefined;
  });
