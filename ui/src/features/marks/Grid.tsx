import { useCallback, useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { useRefusalWords } from "../../frame/act";
import { ToEntries } from "../../frame/parts";
import { padded } from "../../frame/figure";
import { useSession } from "../../frame/session";
import type { MarkRow, MarkSheet } from "../../platform";
import type { Draft, Keying } from "./drafts";
import type { MarksPlace } from "./Marks";
import { beside, fits, inSight, kept, nextOpen, open, scrollTo } from "./sheet";

/** The height of a row; the style sheet says the same. */
const ROW = 36;

/** Rows to be keyed. Only those in sight are drawn: a part may have thousands. */
export function Grid({ place, sheet, rows, keying, locked, goTo, gone }: { place: MarksPlace; sheet: MarkSheet; rows: MarkRow[]; keying: Keying; locked: boolean; goTo: string | null; gone: () => void }) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const fields = useRef(new Map<string, HTMLInputElement>());
  const wanted = useRef<string | null>(null);
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(400);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const watch = new ResizeObserver(() => setHeight(element.clientHeight));
    watch.observe(element);
    setHeight(element.clientHeight);
    return () => watch.disconnect();
  }, []);
  const move = useCallback(
    (at: number) => {
      const row = rows[at];
      const element = box.current;
      if (row === undefined || element === null) return;
      const to = scrollTo(at, element.scrollTop, element.clientHeight - ROW, ROW);
      wanted.current = row.person;
      if (to !== null) {
        element.scrollTop = to;
        setTop(to);
      }
      focusWanted(wanted, fields.current);
    },
    [rows],
  );
  useEffect(() => focusWanted(wanted, fields.current));
  useEffect(() => {
    if (locked) return;
    const first = rows.findIndex((row) => open(row));
    if (first !== -1) move(first);
    // Only when the page opens: later the person moves.
  }, []);
  useEffect(() => {
    const at = goTo === null ? -1 : rows.findIndex((row) => row.person === goTo);
    if (at === -1) return;
    move(at);
    gone();
  }, [goTo, rows, move, gone]);

  const keys = async (event: KeyboardEvent, at: number) => {
    if (event.nativeEvent.isComposing) return;
    const row = rows[at];
    if (row === undefined) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(beside(rows, at, event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Escape") {
      keying.drop(row);
    } else if (event.key === "Enter") {
      event.preventDefault();
      const draft = keying.drafts.get(row.person);
      const onward = () => move(draft === undefined && row.state === "empty" ? beside(rows, at, 1) : nextOpen(rows, at, (one) => one.person === row.person || keying.drafts.has(one.person)));
      if (draft === undefined) onward();
      else if (fits(draft.text, sheet.full, sheet.step)) {
        void keying.save(row);
        onward();
      } else {
        const field = fields.current.get(row.person);
        const taken = await keying.save(row);
        if (document.activeElement !== field) return;
        // What was refused is marked, so that typing again replaces it.
        if (taken) onward();
        else field?.select();
      }
    }
  };
  const { first, last } = inSight(rows.length, top, height, ROW);
  return (
    <div className="mark-grid" ref={box} tabIndex={0} onScroll={(e) => setTop(e.currentTarget.scrollTop)}>
      <table aria-rowcount={rows.length + 1} aria-label={t("marks.gridOf", { part: place.info.whole, pass: t(place.pass === 1 ? "marks.pass1" : "marks.pass2") })}>
        <colgroup>
          <col className="room-col" />
          <col className="seat-col" />
          <col className="number-col" />
          <col className="value-col" />
          <col />
        </colgroup>
        <thead>
          <tr>
            <th scope="col">{t("marks.room")}</th>
            <th scope="col" className="number">{t("marks.seat")}</th>
            <th scope="col">{t("marks.number")}</th>
            <th scope="col" className="number">{t("marks.value")}</th>
            <th scope="col">{t("marks.state")}</th>
          </tr>
        </thead>
        <tbody>
          {first > 0 && <Gap rows={first} />}
          {rows.slice(first, last).map((row, n) => (
            <Line
              key={row.person}
              row={row}
              at={first + n}
              draft={keying.drafts.get(row.person)}
              keying={keying}
              locked={locked}
              step={sheet.step}
              keys={(event) => void keys(event, first + n)}
              field={(element) => (element === null ? fields.current.delete(row.person) : fields.current.set(row.person, element))}
            />
          ))}
          {last < rows.length && <Gap rows={rows.length - last} />}
        </tbody>
      </table>
      {rows.length === 0 && <p className="none">{t("marks.noRows")}</p>}
    </div>
  );
}

function focusWanted(wanted: { current: string | null }, fields: Map<string, HTMLInputElement>): void {
  const field = wanted.current === null ? undefined : fields.get(wanted.current);
  if (field === undefined) return;
  wanted.current = null;
  field.focus({ preventScroll: true });
  field.select();
}

function Gap({ rows }: { rows: number }) {
  return (
    <tr aria-hidden="true" className="gap">
      <td colSpan={5} style={{ height: rows * ROW }} />
    </tr>
  );
}

function Line({ row, at, draft, keying, locked, step, keys, field }: { row: MarkRow; at: number; draft: Draft | undefined; keying: Keying; locked: boolean; step: string; keys: (event: KeyboardEvent) => void; field: (element: HTMLInputElement | null) => void }) {
  const { t } = useTranslation();
  const words = useRefusalWords();
  const { operator } = useSession();
  // What stands there with its decimals is what was kept. Short of them somebody may still be typing.
  const type = (text: string) => (text === padded(row.value ?? "", step) ? keying.drop(row) : keying.type(row, text));
  const fixed = locked || row.state === "other";
  const refused = draft?.state === "refused" ? words(draft.refusal) : null;
  const state = draft?.state ?? row.state;
  return (
    <tr data-person={row.person} data-number={row.number} data-state={state} aria-rowindex={at + 2} className={`line ${state}`}>
      <td>{row.room}</td>
      <td className="seat number">{row.seat}</td>
      <td>{row.number}</td>
      <td className="number">
        {fixed ? (
          <span className="fixed">{row.state === "mine" ? padded(row.value ?? "", step) : "—"}</span>
        ) : (
          <input
            ref={field}
            className="mark-input"
            data-mark={row.person}
            inputMode="decimal"
            autoComplete="off"
            spellCheck={false}
            aria-label={t("marks.markOf", { number: row.number, seat: row.seat })}
            aria-invalid={refused !== null}
            aria-describedby={`state-${row.person}`}
            value={draft?.text ?? padded(row.value ?? "", step)}
            onChange={(e) => type(composing(e.nativeEvent) ? e.target.value : kept(e.target.value))}
            onCompositionEnd={(e) => type(kept(e.currentTarget.value))}
            onFocus={(e) => e.currentTarget.select()}
            // A click puts a caret into what it had just selected: what is typed then must replace, not join.
            onClick={(e) => e.currentTarget.select()}
            onBlur={() => draft?.state === "typed" && void keying.save(row)}
            onKeyDown={keys}
          />
        )}
      </td>
      <td id={`state-${row.person}`} className="says" role={refused === null ? undefined : "alert"} data-code={refused?.code}>
        {refused !== null ? (
          <strong className="bad" title={`${refused.what} ${refused.remedy}`}>
            {t("marks.stateOf.refused", { what: refused.what })} <span className="remedy">{refused.remedy}</span>
          </strong>
        ) : draft !== undefined ? (
          t(draft.state === "saving" ? "marks.stateOf.saving" : "marks.stateOf.typed")
        ) : row.state === "empty" && row.absent ? (
          t("marks.stateOf.absent")
        ) : (
          <>
            {t(`marks.stateOf.${row.state}`)}
            {/* Only one's own: the other pass stays unseen. */}
            {row.state === "mine" && operator !== null && <ToEntries person={row.person} operator={operator} of={row.number} />}
          </>
        )}
      </td>
    </tr>
  );
}

function composing(event: Event): boolean {
  return event instanceof InputEvent && event.isComposing;
}
