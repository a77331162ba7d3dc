import { Input } from "antd";
import { useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { RefusalNotice, useScreen } from "../../frame/act";
import type { Door } from "../../platform";
import { isWhole, matchesOf, numbersOf, plain, step, type Match } from "./door";
import { findPeople } from "./find";
import { usePaused } from "./hooks";

/** Names a person by any document, or by choosing one who fits. `value` is what the program is asked with. */
export function PersonField({ id, label, stage, door, value, onChange }: { id: string; label: string; stage: string; door: Door; value: string; onChange: (document: string) => void }) {
  const { t } = useTranslation();
  const [at, setAt] = useState(-1);
  const wanted = plain(value);
  const people = [...door.awaited, ...door.present, ...door.absent];
  const known = people.find((one) => one.number === wanted);
  const [taken, setTaken] = useState<Match | null>(null);
  const named = known ?? (taken?.number === wanted ? taken : undefined);
  const searching = wanted !== "" && named === undefined && !isWhole(wanted, numbersOf(door));
  const paused = usePaused(wanted, 120);
  const found = useScreen(["find-people", stage, wanted], () => findPeople(stage, wanted), searching && paused === wanted);
  const matches = searching ? matchesOf(wanted, door, found.isPlaceholderData ? [] : (found.data ?? [])) : [];
  const take = (match: Match | undefined) => {
    if (match === undefined) return;
    setTaken(match);
    setAt(-1);
    onChange(match.number ?? match.person);
  };
  const keys = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter") take(matches[matches.length === 1 ? 0 : at]);
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    setAt(step(at, event.key === "ArrowDown" ? 1 : -1, matches.length));
  };
  return (
    <div className="field person-field">
      <label htmlFor={id}>{label}</label>
      <Input
        id={id}
        autoComplete="off"
        spellCheck={false}
        role="combobox"
        aria-expanded={matches.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        {...(at >= 0 && at < matches.length ? { "aria-activedescendant": `${id}-${at}` } : {})}
        placeholder={t("room.incidentWhoHint")}
        value={value}
        onKeyDown={keys}
        onChange={(e) => {
          setAt(-1);
          onChange(e.target.value);
        }}
      />
      {named !== undefined && (
        <p className="named" data-person={named.person}>
          {named.name}　{t("room.seatNo", { seat: named.seat ?? "—" })}　<span className="soft">{named.unit}</span>
        </p>
      )}
      {searching && found.isError && <RefusalNotice refusal={found.error} />}
      <ul id={`${id}-list`} role="listbox" aria-label={t("room.matches")} className="options" hidden={matches.length === 0}>
        {matches.map((match, n) => (
          <li key={match.person} id={`${id}-${n}`} role="option" aria-selected={n === at} data-person={match.person} onMouseDown={(e) => e.preventDefault()} onClick={() => take(match)}>
            <b>{match.name}</b>
            <span className="figure">{match.number ?? match.masked}</span>
            <span>{match.seat === null ? "" : match.where === "elsewhere" ? t("room.elsewhere", { room: match.room ?? "", seat: match.seat }) : t("room.seatNo", { seat: match.seat })}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
