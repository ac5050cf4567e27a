// Encrypts one ballot where the page cannot look, and answers with nothing but the ballot, its tracker and the credential's weight,
// or the name of what is wrong. Whoever started it ends it afterwards, and the credential is gone with it.
import { systemRandom } from "./bytes";
import { seal, type Request, type Sealed } from "./encrypt";
import { Refused } from "./errors";

/** What the worker says, once. */
export type Said = Sealed | { readonly error: string; readonly question?: number };

interface Scope {
  addEventListener(name: "message", work: (event: { readonly data: unknown }) => void): void;
  postMessage(said: Said): void;
}
const scope = self as unknown as Scope;

// Nothing here has anything to send or to keep.
const WAYS_OUT = ["fetch", "XMLHttpRequest", "WebSocket", "WebSocketStream", "WebTransport", "EventSource", "BroadcastChannel", "RTCPeerConnection", "Worker", "importScripts", "indexedDB", "caches"];
for (const name of WAYS_OUT) Object.defineProperty(self, name, { value: undefined, configurable: false, writable: false });

const isBytes = (value: unknown): boolean => value instanceof Uint8Array;

function requestOf(data: unknown): Request {
  const { election, credential, choices, credentials } = (data ?? {}) as Record<string, unknown>;
  const whole = isBytes(election) && typeof credential === "string" && Array.isArray(choices) && (credentials === undefined || isBytes(credentials));
  if (!whole) throw new Refused("REQUEST");
  return data as Request;
}

function work(data: unknown): Said {
  try {
    return seal(requestOf(data), systemRandom);
  } catch (problem) {
    if (!(problem instanceof Refused)) return { error: "FAULT" };
    return { error: problem.code, ...(problem.question === undefined ? {} : { question: problem.question }) };
  }
}

scope.addEventListener("message", (event) => scope.postMessage(work(event.data)));
