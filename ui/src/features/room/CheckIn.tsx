import { useQueryClient } from "@tanstack/react-query";
import { Button, Input, type InputRef } from "antd";
import { useRef, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { RefusalNotice, Show, useAct, useScreen } from "../../frame/act";
import { MayNot } from "../../frame/may";
import { useReason } from "../../frame/parts";
import { commands, type AtSeat, type Door } from "../../platform";
import { ClockNotices } from "../overview/ClockNotices";
import { AnswerBoard, Matches, type Answer } from "./Answer";
import { isWhole, lastIn, letIn, matchesOf, NO_TALLY, numbersOf, pace, plain, preselect, pressed, step, type Match } from "./door";
import { DoorSide } from "./DoorSide";
import { findPeople } from "./find";
import { useEverywhere, usePaused } from "./hooks";
import type { RoomPlace } from "./Room";

/** The door of a room: one input, one big answer, who is still missing. */
export function CheckIn({ place }: { place: RoomPlace }) {
  const { stage, part, site, room } = place;
  const door = useScreen(["door", stage, part, site, room], () => commands.door(stage, part, site, room));
  return <Show of={door}>{(now) => <AtDoor place={place} door={now} />}</Show>;
}

const SILENT = new Set(["Shift", "Control", "Alt", "Meta", "CapsLock", "Tab", "AltGraph"]);

function AtDoor({ place, door }: { place: RoomPlace; door: Door }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const act = useAct();
  const ask = useReason();
  const field = useRef<InputRef>(null);
  const asked = useRef(0);
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState<{ text: string; at: number } | null>(null);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [tally, setTally] = useState(NO_TALLY);
  const [mine, setMine] = useState<string[]>([]);

  const wanted = plain(text);
  const whole = isWhole(wanted, numbersOf(door));
  const paused = usePaused(wanted, 120);
  const searching = wanted !== "" && !whole;
  const find = { key: ["find-people", place.stage, wanted], read: () => findPeople(place.stage, wanted) };
  const found = useScreen(find.key, find.read, searching && paused === wanted);
  const current = found.data !== undefined && !found.isPlaceholderData && paused === wanted;
  const matches = searching ? matchesOf(wanted, door, current ? found.data : []) : [];
  const at = chosen?.text === wanted ? Math.min(chosen.at, matches.length - 1) : current ? preselect(matches) : -1;

  const focus = () => field.current?.focus();
  const checkIn = async (document: string) => {
    const turn = ++asked.current;
    setText("");
    setChosen(null);
    let next: Answer;
    try {
      const admitted = await commands.checkIn(place.stage, place.part, place.site, place.room, document);
      next = { kind: "in", admitted };
      setTally((now) => letIn(now, Date.now()));
      setMine((now) => [...now, admitted.person]);
      void client.invalidateQueries();
    } catch (refusal) {
      next = { kind: "out", refusal };
    }
    if (turn === asked.current) setAnswer(next);
  };
  const take = (match: Match) => checkIn(match.number ?? match.person);
  const enter = async () => {
    if (wanted === "") return;
    if (whole) return checkIn(wanted);
    const ready = current || chosen?.text === wanted ? matches : await read(wanted);
    const at_ = chosen?.text === wanted ? chosen.at : preselect(ready);
    const match = ready[at_];
    if (match !== undefined) return take(match);
    if (ready.length === 0) return checkIn(wanted);
    return undefined;
  };
  const read = async (words: string): Promise<Match[]> => {
    try {
      return matchesOf(words, door, await client.fetchQuery({ queryKey: find.key, queryFn: find.read, staleTime: 5_000 }));
    } catch {
      // The refusal of the search stands on the page, from the query itself.
      return matchesOf(words, door, []);
    }
  };
  const keys = (event: KeyboardEvent) => {
    if (!SILENT.has(event.key)) setTally((now) => pressed(now, Date.now()));
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter") {
      event.preventDefault();
      void enter();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      setChosen({ text: wanted, at: step(at, event.key === "ArrowDown" ? 1 : -1, matches.length) });
    } else if (event.key === "Escape") {
      setText("");
    }
  };
  const undo = async (who: AtSeat | null) => {
    if (who === null) return;
    const reason = await ask(t("room.undoTitle", { name: who.name, seat: who.seat ?? "" }), t("room.undoHint"));
    if (reason !== null && (await act(() => commands.undoCheckIn(place.stage, place.part, who.person, reason), t("room.undone", { name: who.name }))) !== undefined) setAnswer(null);
    setTimeout(focus, 0);
  };
  useEverywhere(
    () => field.current?.input ?? null,
    (key) => {
      setTally((now) => pressed(now, Date.now()));
      setText((now) => now + key);
    },
    () => void undo(lastIn(door.present, mine)),
  );

  const speed = pace(tally);
  return (
    <div className="door">
      <div className="door-main">
        <MayNot does="checkIn" />
        <ClockNotices at="door" />
        <div className="door-input">
          <label htmlFor="checkin-input">{t("room.input")}</label>
          <Input
            id="checkin-input"
            ref={field}
            autoFocus
            autoComplete="off"
            spellCheck={false}
            role="combobox"
            aria-expanded={matches.length > 0}
            aria-controls="checkin-matches"
            aria-autocomplete="list"
            {...(at >= 0 ? { "aria-activedescendant": `checkin-match-${at}` } : {})}
            placeholder={t("room.inputHint")}
            value={text}
            onChange={(e) => setText(e.target.value)}
            onKeyDown={keys}
          />
        </div>
        {searching && found.isError && <RefusalNotice refusal={found.error} />}
        {searching ? (
          <Matches matches={matches} chosen={at} reading={!current} site={place.site} take={(match) => void take(match).then(focus)} />
        ) : (
          <div id="checkin-matches" role="listbox" aria-label={t("room.matches")} hidden />
        )}
        {!searching && <AnswerBoard answer={answer} />}
        {/* Nobody wants to be measured before the first one is in. */}
        <p id="checkin-pace" className="pace figure" hidden={speed.people === 0} data-people={speed.people} data-keys={tally.keys}>
          <span>{t("room.pace", { people: speed.people, minutes: speed.minutes, seconds: speed.seconds, keys: speed.keys })}</span>
          {speed.thirty !== null && <span className="soft">{t("room.paceThirty", { minutes: speed.thirty })}</span>}
          <Button id="tally-reset" size="small" onClick={() => setTally(NO_TALLY)}>
            {t("room.paceReset")}
          </Button>
        </p>
      </div>
      <DoorSide place={place} door={door} undo={(who) => void undo(who)} />
    </div>
  );
}
