// This folder is the only place that knows Tauri.
export { commands } from "./bindings";
export type * from "./bindings";
export * from "./files";
export { newProgress, type Watch } from "./progress";
export { isRefusal } from "./refusal";
