// What a voting page calls: one worker for one ballot.
import type { Said } from "./ballot-worker";
import type { Request, Sealed } from "./encrypt";
import { Refused, type Code } from "./errors";

export type { Request, Sealed };
export { Refused };

const WITHIN_MS = 120_000;

/** Encrypts in a worker at `worker` (an address of this site) and ends it. Refuses with a name; `FAULT` when the worker died. */
export function seal(worker: string | URL, request: Request, withinMs = WITHIN_MS): Promise<Sealed> {
  return new Promise<Sealed>((done, failed) => {
    const hidden = new Worker(worker);
    const late = setTimeout(() => end(() => failed(new Refused("FAULT"))), withinMs);
    const end = (then: () => void): void => {
      clearTimeout(late);
      hidden.terminate();
      then();
    };
    hidden.onerror = () => end(() => failed(new Refused("FAULT")));
    hidden.onmessage = (event: MessageEvent<Said>) => {
      const said = event.data;
      end(() => ("error" in said ? failed(new Refused(said.error as Code, said.question)) : done(said)));
    };
    try {
      hidden.postMessage(request);
    } catch {
      // Something in it can't be handed over.
      end(() => failed(new Refused("REQUEST")));
    }
  });
}
