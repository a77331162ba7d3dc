import type { DayStep, ReceiptRow, Session } from "../../platform";

export const SITE_TABS = ["write", "receipt", "takeover", "inspect", "keep"] as const;
export const HQ_TABS = ["receipts", "keys", "inspect", "keep"] as const;
export type HandoverTab = (typeof SITE_TABS)[number] | (typeof HQ_TABS)[number];

export const tabsOf = (role: Session["role"]): readonly HandoverTab[] => (role === "site" ? SITE_TABS : HQ_TABS);

/** The tab an address names, or the first of the role. */
export function tabAt(role: Session["role"], tab: string): HandoverTab {
  const tabs = tabsOf(role);
  return tabs.find((one) => one === tab) ?? tabs[0] ?? "inspect";
}

/** How much of this laptop's journal the last handover held. */
export function lastHandover(steps: DayStep[]): { held: number; all: number; since: number } | null {
  const step = steps.find((one) => one.step === "handover");
  return step === undefined ? null : { held: step.done, all: step.total, since: Math.max(0, step.total - step.done) };
}

export function receiptSays(receipt: ReceiptRow): "whole" | "behind" {
  return receipt.notYet === 0 ? "whole" : "behind";
}

/** Name proposed for a backup; no sign in it that a file system refuses. */
export function backupName(title: string, now: string): string {
  const event = title.replace(/[\\/:*?"<>|\s]+/gu, "").slice(0, 40);
  return `${event === "" ? "kaowu" : event}-${now.slice(0, 16).replace(/[-:]/gu, "").replace("T", "-")}.kaowu-db`;
}

export function roomOnStick(freeMb: number): string {
  return freeMb >= 1024 ? `${(freeMb / 1024).toFixed(1)} GB` : `${freeMb} MB`;
}
