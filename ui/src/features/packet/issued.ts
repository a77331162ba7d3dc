// The packets issued in this window with their words, as long as the event is open: another desk and back must not lose them.
import { useSyncExternalStore } from "react";
import { go, readPlace } from "../../frame/place";
import type { IssuedRow } from "../../platform";
import { unsaved, withIssued, withSaved, type Issued } from "./packet";

/** The button that closes the event: with it the words are gone. */
export const CLOSE = "#close-event";

const NONE: readonly Issued[] = [];
let held: { event: string; by: string | null; rows: readonly Issued[] } = { event: "", by: null, rows: NONE };
const watchers = new Set<() => void>();

function put(event: string, by: string | null, rows: readonly Issued[]): void {
  held = { event, by, rows };
  for (const changed of watchers) changed();
}

const of = (event: string): readonly Issued[] => (held.event === event ? held.rows : NONE);

/** Closing from another desk leads here first, where the question is asked; a closed event is forgotten. */
function closing(event: MouseEvent): void {
  const close = event.target instanceof Element ? event.target.closest(CLOSE) : null;
  if (close === null) return;
  if (unsaved(held.rows).length === 0) return forget();
  const { desk, tab } = readPlace(location.hash);
  if (desk === "hq" && tab === "packet") return;
  event.preventDefault();
  event.stopPropagation();
  go("hq", "packet", { close: "ask" });
}

export function addIssued(event: string, by: string | null, rows: readonly IssuedRow[]): void {
  document.addEventListener("click", closing, true);
  put(event, by, withIssued(of(event), rows));
}

export function markSaved(event: string, posts: readonly string[]): void {
  put(event, held.by, withSaved(of(event), posts));
}

export function forget(): void {
  put("", null, NONE);
}

/** Somebody has signed in with a PIN: words of packets that another person issued are not theirs to see. */
export function forgetUnlessBy(operator: string): void {
  if (held.by !== operator) forget();
}

function subscribe(changed: () => void): () => void {
  watchers.add(changed);
  return () => watchers.delete(changed);
}

/** Packets whose slips are not saved, of whatever event is open. */
export const unsavedNow = (): readonly Issued[] => unsaved(held.rows);

export function useIssued(event: string): readonly Issued[] {
  return useSyncExternalStore(subscribe, () => of(event));
}
