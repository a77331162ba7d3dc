// What the lists of these pages share: a search, the height that is left, the arrow keys.
import { Input, Select, type TableRef } from "antd";
import { useDeferredValue, useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode, type RefObject } from "react";
import { useTranslation } from "react-i18next";
import { RefusalNotice, useScreen } from "../../frame/act";
import { useAsked } from "../../frame/parts";
import { usePlace } from "../../frame/place";
import { useSession } from "../../frame/session";
import { commands, type StageInfo } from "../../platform";
import { forProgram } from "./order";

const NOBODY: ReadonlySet<string> = new Set();
const MOST = 1000;

/** A search field; what letters and digits mean is looked up by the program, `known` are those whom it found. */
export function useSearch(stage: string, id: string): { wanted: string; known: ReadonlySet<string>; box: ReactNode } {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const wanted = useDeferredValue(text);
  const asks = forProgram(wanted) && stage !== "";
  const found = useScreen(["people", stage, wanted], () => commands.people(stage, wanted.trim(), 0, MOST), asks);
  const known = asks && found.data !== undefined ? new Set(found.data.rows.map((row) => row.person)) : NOBODY;
  const hint = stage === "" ? t("standing.searchShort") : t("standing.searchHint");
  const box = (
    <>
      <Input.Search id={id} className="list-search" allowClear aria-label={hint} placeholder={hint} value={text} onChange={(e) => setText(e.target.value)} spellCheck={false} />
      {asks && found.isError && <RefusalNotice refusal={found.error} retry={() => void found.refetch()} />}
    </>
  );
  return { wanted, known, box };
}

const LEAST = 240;

/** Height for the rows of a table that should end where the desk ends. */
export function useHeightLeft(below = 0): { ref: RefObject<HTMLDivElement | null>; height: number } {
  const ref = useRef<HTMLDivElement | null>(null);
  const [height, setHeight] = useState(LEAST);
  useLayoutEffect(() => {
    const measure = () => {
      const box = ref.current;
      const desk = box?.closest("main");
      if (box === null || desk === null || desk === undefined) return;
      const top = box.getBoundingClientRect().top - desk.getBoundingClientRect().top + desk.scrollTop;
      const head = box.querySelector(".ant-table-thead")?.getBoundingClientRect().height ?? 40;
      setHeight(Math.max(LEAST, Math.floor(desk.clientHeight - top - head - 16 - below)));
    };
    measure();
    addEventListener("resize", measure);
    return () => removeEventListener("resize", measure);
  });
  return { ref, height };
}

/** Rows drawn as they come into sight; an empty table has nothing to scroll. */
export function rolling(rows: number, width: number, height: number): { virtual?: boolean; scroll?: { x: number; y: number } } {
  return rows === 0 ? {} : { virtual: true, scroll: { x: width, y: height } };
}

/** Arrow keys from the search field into the rows and from row to row; a row's button carries `data-at`. */
export function useRowKeys(rows: number): { table: RefObject<TableRef | null>; onKeyDown: (event: KeyboardEvent<HTMLElement>) => void } {
  const table = useRef<TableRef | null>(null);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if ((event.key !== "ArrowDown" && event.key !== "ArrowUp") || !(event.target instanceof HTMLElement)) return;
    const at = event.target.dataset["at"];
    const searching = event.target.classList.contains("ant-input");
    if (at === undefined && !searching) return;
    const to = at === undefined ? 0 : Number(at) + (event.key === "ArrowDown" ? 1 : -1);
    if (to < 0 || to >= rows || (searching && event.key === "ArrowUp")) return;
    event.preventDefault();
    const box = event.currentTarget;
    table.current?.scrollTo({ index: to });
    // The row may have to be drawn first.
    requestAnimationFrame(() => requestAnimationFrame(() => box.querySelector<HTMLElement>(`[data-at="${to}"]`)?.focus()));
  };
  return { table, onKeyDown };
}

/** Which of the stages that fit one works on. */
export function useStageOf(fits: (stage: StageInfo) => boolean): { stage: StageInfo | null; picker: ReactNode } {
  const session = useSession();
  const { t } = useTranslation();
  const { about } = usePlace();
  const [chosen, setChosen] = useAsked(about["stage"] ?? null);
  const all = session.stages.filter(fits);
  const stage = all.find((s) => s.id === chosen) ?? all[0] ?? null;
  const picker =
    all.length < 2 ? null : (
      <Select className="part-picker" aria-label={t("frame.stage")} value={stage?.id ?? ""} onChange={(value) => setChosen(value)} options={all.map((s) => ({ value: s.id, label: s.name }))} />
    );
  return { stage, picker };
}
