// Where one is in the window: a desk, a tab of it, and what it is about. Kept in the address, so that Back works.
import { useSyncExternalStore } from "react";
import type { DeskName } from "../platform";

export type Place = { desk: DeskName; tab: string; about: Record<string, string> };

const DESKS: readonly DeskName[] = ["overview", "hq", "room", "marks", "interview", "certificates", "handover", "journal"];

export function readPlace(hash: string): Place {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?");
  const [desk = "", tab = ""] = path.split("/");
  const known = DESKS.find((name) => name === desk);
  return { desk: known ?? "overview", tab, about: Object.fromEntries(new URLSearchParams(query)) };
}

export function writePlace({ desk, tab, about }: Place): string {
  const query = new URLSearchParams(about).toString();
  return `#/${desk}${tab === "" ? "" : `/${tab}`}${query === "" ? "" : `?${query}`}`;
}

export function go(desk: DeskName, tab = "", about: Record<string, string> = {}): void {
  location.hash = writePlace({ desk, tab, about });
}

function subscribe(changed: () => void): () => void {
  addEventListener("hashchange", changed);
  return () => removeEventListener("hashchange", changed);
}

export function usePlace(): Place {
  return readPlace(useSyncExternalStore(subscribe, () => location.hash));
}
