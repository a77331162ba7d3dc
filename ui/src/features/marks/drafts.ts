// Keying one pass: what is typed but not yet kept, and keeping it.
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { useAct } from "../../frame/act";
import type { Keeper } from "../../frame/keeper";
import type { Pass } from "../../frame/pass";
import { commands, type MarkRow, type MarkSheet } from "../../platform";
import { meant } from "./sheet";

/** What stands in a field and is not in the journal. */
export type Draft = { text: string; state: "typed" | "saving" | "refused"; refusal: unknown };
export type Drafts = ReadonlyMap<string, Draft>;

export type Keying = {
  drafts: Drafts;
  type: (row: MarkRow, text: string) => void;
  drop: (row: MarkRow) => void;
  /** Keeps one mark; whether it was taken. */
  save: (row: MarkRow, text?: string) => Promise<boolean>;
};

/** Fields as they stood when the page, or the program, was left. */
export function restored(begun: ReadonlyMap<string, string>): Map<string, Draft> {
  return new Map([...begun].map(([person, text]) => [person, { text, state: "typed", refusal: null }]));
}

export function useKeying(stage: string, part: string, pass: Pass, key: readonly unknown[], begun: ReadonlyMap<string, string>, keeper: Keeper): Keying {
  const client = useQueryClient();
  const act = useAct();
  const drafts = useRef<Map<string, Draft>>(restored(begun));
  const [seen, setSeen] = useState<Drafts>(drafts.current);
  const later = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const put = useCallback((person: string, draft: Draft | null) => {
    const next = new Map(drafts.current);
    if (draft === null) next.delete(person);
    else next.set(person, draft);
    drafts.current = next;
    setSeen(next);
  }, []);
  const send = async (person: string, text: string) => {
    const keyed = await commands.keyMark(stage, part, pass, person, text);
    client.setQueryData<MarkSheet>(key, (sheet) =>
      sheet === undefined ? sheet : { ...sheet, count: keyed.count, sum: keyed.sum, rows: sheet.rows.map((one) => (one.person === person ? { ...one, state: "mine", value: keyed.value } : one)) },
    );
    // The sheet is right already; everything else is read again once the keys rest.
    clearTimeout(later.current);
    later.current = setTimeout(() => void client.invalidateQueries({ predicate: (query) => query.queryKey[0] !== "mark-sheet" }), 800);
  };
  const save = async (row: MarkRow, typed?: string): Promise<boolean> => {
    const draft = drafts.current.get(row.person);
    const text = typed ?? draft?.text;
    if (text === undefined || (draft?.state === "saving" && draft.text === text)) return true;
    const value = meant(text);
    if (value === "" || (row.state === "mine" && value === row.value)) {
      keeper.keep(row.person, "");
      put(row.person, null);
      return true;
    }
    put(row.person, { text, state: "saving", refusal: null });
    try {
      // What is still on its way would come back after the mark has taken its place.
      await keeper.settled(row.person);
      await send(row.person, value);
      if (drafts.current.get(row.person)?.text === text) put(row.person, null);
      return true;
    } catch (refusal) {
      if (drafts.current.get(row.person)?.text === text) put(row.person, { text, state: "refused", refusal });
      return false;
    }
  };
  const last = useRef({ act });
  last.current = { act };
  useEffect(
    () => () => {
      // Whoever leaves the page in the middle of a field finds it so again; what was refused is said once more.
      for (const { state, refusal } of drafts.current.values()) if (state === "refused") void last.current.act(() => Promise.reject(refusal));
    },
    [],
  );
  return {
    drafts: seen,
    type: (row, text) => {
      keeper.keep(row.person, text);
      put(row.person, { text, state: "typed", refusal: null });
    },
    drop: (row) => {
      keeper.keep(row.person, "");
      put(row.person, null);
    },
    save,
  };
}
