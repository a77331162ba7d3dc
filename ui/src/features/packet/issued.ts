// The packets issued in this window with their words, as long as the event is open: another desk and back must not lose them.
import { useSyncExternalStore } from "react";
import type { IssuedRow } from "../../platform";
import { withIssued, withSaved, type Issued } from "./packet";

let held: { event: string; rows: readonly Issued[] } = { event: "", rows: [] };
const NONE: readonly Issued[] = [];
const watchers = new Set<() => void>();

function put(event: string, rows: readonly Issued[]): void {
  held = { event, rows };
  for (const changed of watchers) changed();
}

const of = (event: string): readonly Issued[] => (held.event === event ? held.rows : NONE);

export function addIssued(event: string, rows: readonly IssuedRow[]): void {
  put(event, withIssued(of(event), rows));
}

export function markSaved(event: string, posts: readonly string[]): void {
  put(event, withSaved(of(event), posts));
}

function subscribe(changed: () => void): () => void {
  watchers.add(changed);
  return () => watchers.delete(changed);
}

export function useIssued(event: string): readonly Issued[] {
  return useSyncExternalStore(subscribe, () => of(event));
}
