import { Channel } from "@tauri-apps/api/core";
import type { Progress } from "./bindings";

export type Watch = (progress: Progress) => void;

/** A channel on which long work says how far it is. */
export function newProgress(watch: Watch): Channel<Progress> {
  const channel = new Channel<Progress>();
  channel.onmessage = watch;
  return channel;
}
