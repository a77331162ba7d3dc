// Forms that outlive a crash: what was begun is read when a form opens, what is typed is on disk at once.
import { App } from "antd";
import { useContext, useEffect, useState } from "react";
import { commands, type FormOf } from "../platform";
import { useRefusalWords } from "./act";
import { asBegun } from "./begun";
import { newKeeper, type Keeper } from "./keeper";
import { SessionContext } from "./session";

/** The line of a form that has one only. */
export const WHOLE = "";

/** One keeper a form and person who types: a form opened again waits for what its last visit was still sending. */
const keepers = new Map<string, { keeper: Keeper; failed: (why: unknown) => void }>();

function keeperOf(name: string, of: FormOf): { keeper: Keeper; failed: (why: unknown) => void } {
  const known = keepers.get(name);
  if (known !== undefined) return known;
  const made = {
    keeper: newKeeper((line, text) => commands.keepDraft(of, line === WHOLE ? null : line, text), (why) => made.failed(why)),
    failed: (_: unknown) => undefined as void,
  };
  keepers.set(name, made);
  return made;
}

/** Lines that were begun, by person, undefined while they are read; and how to keep more. */
export function useTyped(path: string, operator: string | null, of: FormOf): { begun: ReadonlyMap<string, string> | undefined; keeper: Keeper } {
  const { message } = App.useApp();
  const words = useRefusalWords();
  const name = JSON.stringify([path, operator, of]);
  const [begun, setBegun] = useState<{ name: string; lines: ReadonlyMap<string, string> }>();
  const kept = keeperOf(name, of);
  kept.failed = (why) => void message.error(words(why).what);
  useEffect(() => {
    let here = true;
    const read = async () => {
      await kept.keeper.all();
      const rows = await commands.drafts(of).catch((why: unknown) => {
        kept.failed(why);
        return [];
      });
      if (here) setBegun({ name, lines: new Map(rows.map((row) => [row.person ?? WHOLE, row.text])) });
    };
    void read();
    return () => {
      here = false;
    };
    // What else is named follows from the name.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [name]);
  return { begun: begun?.name === name ? begun.lines : undefined, keeper: kept.keeper };
}

/** A form in a dialog: as it was begun, kept with every key under what it is about, and given up once it is done. */
export function useKept<T extends object>(about: string, empty: T): [T, (change: Partial<T>) => void, () => void] {
  const session = useContext(SessionContext);
  const operator = session?.operator ?? null;
  const { begun, keeper } = useTyped(session?.path ?? "", operator, { form: "dialog", about });
  // What was typed about another thing, or by another person, is not of this form.
  const of = `${operator ?? ""}/${about}`;
  const [typed, setTyped] = useState<{ of: string; form: T } | null>(null);
  const now = typed?.of === of ? typed.form : asBegun(empty, begun?.get(WHOLE));
  const keep = (text: string) => {
    // Whoever is nobody is refused when it counts, not with every key.
    if (operator !== null) keeper.keep(WHOLE, text);
  };
  const change = (part: Partial<T>) => {
    const next = { ...now, ...part };
    setTyped({ of, form: next });
    keep(JSON.stringify(next));
  };
  const done = () => {
    setTyped({ of, form: empty });
    keep("");
  };
  return [now, change, done];
}
