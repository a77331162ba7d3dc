import { listen, type EventCallback } from "@tauri-apps/api/event";

function on<T>(name: string, told: EventCallback<T>): () => void {
  const stop = listen<T>(name, told);
  return () => void stop.then((off) => off());
}

/** Calls back with what was chosen in the window's menu: a desk's name, or `close`. */
export function onMenu(chosen: (what: string) => void): () => void {
  return on<string>("go", ({ payload }) => chosen(payload));
}

/** Calls back when the window is to be closed while something would be lost with it: it stays open until told. */
export function onClosing(asked: () => void): () => void {
  return on("closing", asked);
}

/** Calls back when the system hands the program a file: a database it has opened, or a packet that wants its words. */
export function onGiven(opened: () => void, packet: (path: string) => void): () => void {
  const offs = [on("opened", opened), on<string>("packet", ({ payload }) => packet(payload))];
  return () => offs.forEach((off) => off());
}
