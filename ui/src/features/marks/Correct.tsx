import { Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { RefusalNotice, useScreen } from "../../frame/act";
import { Act } from "../../frame/may";
import { Ask, ToEntries } from "../../frame/parts";
import type { MarkDifference, Person } from "../../platform";
import { findPeople } from "../room/find";
import { Decide } from "./Decide";
import type { MarksPlace } from "./Marks";

/** A mark that stands already, corrected by two people with a reason. */
export function Correct({ place }: { place: MarksPlace }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const [wanted, setWanted] = useState("");
  const [who, setWho] = useState<Person | null>(null);
  const words = wanted.trim();
  const found = useScreen(["find-people", place.stage, words], () => findPeople(place.stage, words), asking && words !== "");
  const people = words === "" ? [] : (found.data ?? []).slice(0, 8);
  const begin = () => {
    setWanted("");
    setWho(null);
    setAsking(true);
  };
  const only = people.length === 1 ? people[0] : undefined;
  return (
    <>
      <Act does="decideMark" data-action="correct-mark" onClick={begin}>{t("marks.correct.button")}</Act>
      <Ask open={asking && who === null} title={t("marks.correct.button")} disabled={only === undefined} onCancel={() => setAsking(false)} onOk={() => only !== undefined && setWho(only)}>
        <div className="decide">
          <p>{t("marks.correct.hint")}</p>
          <div className="field">
            <label htmlFor="correct-who">{t("marks.candidate")}</label>
            <Input id="correct-who" autoFocus autoComplete="off" spellCheck={false} placeholder={t("marks.correct.who")} value={wanted} onChange={(e) => setWanted(e.target.value)} onPressEnter={() => only !== undefined && setWho(only)} />
          </div>
          {found.isError && <RefusalNotice refusal={found.error} />}
          <ul className="plain-list" id="correct-found">
            {people.map((one) => (
              <li key={one.person}>
                <Button size="small" onClick={() => setWho(one)}>{one.name}</Button> <span className="figure soft">{one.number}</span> {one.unit}
                <ToEntries person={one.person} of={one.name} />
              </li>
            ))}
          </ul>
        </div>
      </Ask>
      {asking && who !== null && <Decide key={who.person} place={place} row={settled(who)} settled close={() => setAsking(false)} />}
    </>
  );
}

/** Both passes are behind: what is to hold is read from the paper alone. */
function settled(who: Person): MarkDifference {
  return { person: who.person, name: who.name, number: who.number ?? "", room: who.room ?? "", seat: who.seat ?? 0, first: null, firstBy: null, second: null, secondBy: null, contradictsRoom: false, voidUnruled: false };
}
