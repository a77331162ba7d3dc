// Reasons asked for in a dialog: kept with every key, spent by the act they are for.
import { commands, type FormOf } from "../platform";
import { newKeeper } from "./keeper";

/** Reasons that were given and wait for the act they are for; one that is refused keeps its reason. */
const given = new Set<() => void>();

/** Called when an act has gone well: its reason is an entry now. */
export function spendReasons(): void {
  for (const spent of given) spent();
  given.clear();
}

/** What was typed for a reason before, and how to keep it; `give` hands it over to the act that follows. */
export async function keptReason(about: string): Promise<{ begun: string; keep: (text: string) => void; give: () => void }> {
  const of: FormOf = { form: "dialog", about };
  const rows = await commands.drafts(of).catch(() => []);
  // What cannot be kept is still typed and can be given.
  const keeper = newKeeper((_, text) => commands.keepDraft(of, null, text), () => undefined);
  return {
    begun: rows[0]?.text ?? "",
    keep: (text) => keeper.keep("", text),
    give: () => given.add(() => keeper.keep("", "")),
  };
}
