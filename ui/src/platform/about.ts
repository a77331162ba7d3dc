// This folder is the only place that knows Tauri.
import { invoke } from "@tauri-apps/api/core";

/** Same shape as `About` in src-tauri/src/about.rs. */
export interface About {
  readonly name: string;
  readonly version: string;
}

export function about(): Promise<About> {
  return invoke<About>("about");
}
