import type { DemoStage } from "../../platform";

export const CHOICES = ["open", "create", "packet", "demo"] as const;
export type Choice = (typeof CHOICES)[number];

/** The day's stages in their order. */
export const DEMO_STAGES: readonly DemoStage[] = ["before-roster", "seated", "check-in", "marks", "tie", "city-done", "finished"];

/** The stage whose name the demo event's folder bears, followed by when it was made. */
export function demoStageOf(folder: string | null): DemoStage | null {
  const names = (folder ?? "").split(/[\\/]/u);
  return DEMO_STAGES.find((stage) => names.some((name) => name === stage || new RegExp(`^${stage}-\\d`, "u").test(name))) ?? null;
}

/** Words of a packet as the program reads them: any case, with spaces, hyphens, commas or line breaks between. */
export function wordsIn(text: string): string[] {
  return text.toLowerCase().split(/[\s\-,，、.;；]+/u).filter((word) => word !== "");
}

/** What a file dropped on the first screen is for; nothing when the program makes no such file. */
export function choiceOf(path: string): Choice | null {
  const name = path.trim().toLowerCase();
  if (name.endsWith(".kaowu")) return "packet";
  if (name.endsWith(".kaowu-db")) return "open";
  return name.endsWith(".toml") ? "create" : null;
}
