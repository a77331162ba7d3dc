// Keying one pass: what is typed but not yet kept, and keeping it.
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { useAct } from "../../frame/act";
import { commands, type MarkRow, type MarkSheet } from "../../platform";
import { meant } from "./sheet";

/** What stands in a field and is not in the journal. */
export type Draft = { text: string; state: "typed" | "saving" | "refused"; refusal: unknown };
export type Drafts = ReadonlyMap<string, Draft>;
export type Pass = 1 | 2;

export type Keying = {
  drafts: Drafts;
  type: (row: MarkRow, text: string) => void;
  drop: (row: MarkRow) => void;
  /** Keeps one mark; whether it was taken. */
  save: (row: MarkRow, text?: string) => Promise<boolean>;
};

export function useKeying(stage: string, part: string, pass: Pass, key: readonly unknown[]): Keying {
  const client = useQueryClient();
  const act = useAct();
  const drafts = useRef<Map<string, Draft>>(new Map());
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
      put(row.person, null);
      return true;
    }
    put(row.person, { text, state: "saving", refusal: null });
    try {
      await send(row.person, value);
      if (drafts.current.get(row.person)?.text === text) put(row.person, null);
      return true;
    } catch (refusal) {
      if (drafts.current.get(row.person)?.text === text) put(row.person, { text, state: "refused", refusal });
      return false;
    }
  };
  const last = useRef({ act, send });
  last.current = { act, send };
  useEffect(
    () => () => {
      // Whoever leaves the page in the middle of a field loses nothing: it is kept. What was refused is said once more,
      // and not sent again: somebody else may be signed in by now.
      const left = [...drafts.current];
      drafts.current = new Map();
      for (const [person, { state, text, refusal }] of left) {
        if (state === "typed" && meant(text) !== "") void last.current.act(() => last.current.send(person, meant(text)));
        if (state === "refused") void last.current.act(() => Promise.reject(refusal));
      }
    },
    [],
  );
  return {
    drafts: seen,
    type: (row, text) => put(row.person, text === (row.value ?? "") ? null : { text, state: "typed", refusal: null }),
    drop: (row) => put(row.person, null),
    save,
  };
}
