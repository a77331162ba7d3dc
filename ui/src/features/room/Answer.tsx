import { useTranslation } from "react-i18next";
import { useRefusalWords } from "../../frame/act";
import type { Admitted } from "../../platform";
import { timeOf, type Match } from "./door";

export type Answer = { kind: "in"; admitted: Admitted } | { kind: "out"; refusal: unknown };

/** What the invigilator says to the person at the door, to be read from two metres. */
export function AnswerBoard({ answer }: { answer: Answer | null }) {
  const { t } = useTranslation();
  const words = useRefusalWords();
  const refused = answer?.kind === "out" ? words(answer.refusal) : null;
  return (
    <div id="checkin-answer" className={`answer ${answer?.kind ?? "none"}`} role="status" aria-live="assertive" data-answer={answer?.kind ?? "none"} data-code={refused?.code ?? ""}>
      {answer === null && <p className="wait">{t("room.wait")}</p>}
      {answer?.kind === "in" && (
        <>
          <p className="verdict">{t("room.admitted")}</p>
          <p className="seat-line">
            <span>{t("room.seatWord")}</span>
            <strong className="seat" data-seat={answer.admitted.seat}>
              {answer.admitted.seat}
            </strong>
          </p>
          <p className="who">{answer.admitted.name}</p>
          <p className="which">
            {answer.admitted.number}　{answer.admitted.unit}
          </p>
        </>
      )}
      {refused !== null && (
        <>
          <p className="verdict">{t("room.refused")}</p>
          <p className="why">{refused.what}</p>
          {refused.remedy !== "" && <p className="remedy">{refused.remedy}</p>}
        </>
      )}
    </div>
  );
}

/** People who fit what is being typed. Enter takes the one that is marked. */
export function Matches({ matches, chosen, reading, take }: { matches: Match[]; chosen: number; reading: boolean; site: string; take: (match: Match) => void }) {
  const { t } = useTranslation();
  const hint = reading ? t("room.searching") : matches.length === 0 ? t("room.noMatch") : chosen === -1 ? t("room.chooseMatch", { count: matches.length }) : t("room.enterMatch");
  return (
    <div className="matches">
      <p role="status">{hint}</p>
      <ul id="checkin-matches" role="listbox" aria-label={t("room.matches")}>
        {matches.map((match, at) => (
          <li
            key={match.person}
            id={`checkin-match-${at}`}
            role="option"
            aria-selected={at === chosen}
            data-person={match.person}
            data-where={match.where}
            className={match.where}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => take(match)}
          >
            <b>{match.name}</b>
            <span className="figure">{match.number ?? match.masked}</span>
            <span>{match.seat === null ? "" : match.where === "elsewhere" ? t("room.elsewhere", { room: match.room ?? "", seat: match.seat }) : t("room.seatNo", { seat: match.seat })}</span>
            <span className="unit">{match.unit}</span>
            <span>{match.where === "present" ? t("room.where.present", { at: timeOf(match.at) }) : t(`room.where.${match.where}`)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
