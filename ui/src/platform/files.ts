// Native dialogs and files dropped on the window.
import { getCurrentWebview } from "@tauri-apps/api/webview";
import { open, save } from "@tauri-apps/plugin-dialog";

export type Kinds = { name: string; extensions: string[] }[];

export const WORKBOOKS: Kinds = [{ name: "xlsx · xls · ods · csv", extensions: ["xlsx", "xls", "ods", "csv"] }];
export const XLSX: Kinds = [{ name: "xlsx", extensions: ["xlsx"] }];
export const PACKETS: Kinds = [{ name: "kaowu", extensions: ["kaowu"] }];
export const EVENTS: Kinds = [{ name: "kaowu-db", extensions: ["kaowu-db"] }];
export const PDFS: Kinds = [{ name: "pdf", extensions: ["pdf"] }];

export const PNGS: Kinds = [{ name: "png", extensions: ["png"] }];
export const TEMPLATES: Kinds = [{ name: "toml", extensions: ["toml"] }];
export const FONTS: Kinds = [{ name: "ttf · otf", extensions: ["ttf", "otf"] }];

/** A file, or null when the person changed their mind. */
export async function chooseFile(title: string, filters: Kinds): Promise<string | null> {
  return open({ title, filters, multiple: false, directory: false });
}

export async function chooseFolder(title: string): Promise<string | null> {
  return open({ title, multiple: false, directory: true });
}

export async function chooseTarget(title: string, filters: Kinds, proposed: string): Promise<string | null> {
  return save({ title, filters, defaultPath: proposed });
}

/** Calls back with the paths of files dropped anywhere on the window; returns how to stop. */
export function onDrop(taken: (paths: string[]) => void): () => void {
  const stop = getCurrentWebview().onDragDropEvent(({ payload }) => {
    if (payload.type === "drop") taken(payload.paths);
  });
  return () => void stop.then((off) => off());
}
