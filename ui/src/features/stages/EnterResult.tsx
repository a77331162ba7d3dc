import { Checkbox, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "../../frame/act";
import { Ask } from "../../frame/parts";
import { commands } from "../../platform";
import { asTyped, placeOf, type Typed, type TeamScreen } from "./stages";

/** Results as the document of whoever held the stage gives them. */
export function EnterResult({ team, close }: { team: TeamScreen; close: () => void }) {
  const { t } = useTranslation();
  const act = useAct();
  const [place, setPlace] = useState(team.result === null ? "" : String(team.result.place));
  const [promoted, setPromoted] = useState(team.result?.promoted ?? false);
  const [rows, setRows] = useState<Typed[]>(() => asTyped(team));
  const [document, setDocument] = useState(team.result?.document ?? "");
  const [reason, setReason] = useState("");
  const again = team.result !== null;
  const teamPlace = placeOf(place);
  const members = rows.map((row) => ({ person: row.person, place: placeOf(row.place), result: row.result.trim() }));
  const wrong = teamPlace === "wrong" || members.some((one) => one.place === "wrong");
  const ready = typeof teamPlace === "number" && !wrong && document.trim() !== "" && (!again || reason.trim() !== "");
  const save = async () => {
    if (!ready || typeof teamPlace !== "number") return;
    const said = members.map((one) => ({ ...one, place: one.place === "wrong" ? null : one.place }));
    const results = { place: teamPlace, promoted, members: said, document: document.trim(), reason: reason.trim() };
    if ((await act(() => commands.enterTeamResult(team.id, results).then(() => true), t("stages.resultDone"))) !== undefined) close();
  };
  const put = (at: number, change: Partial<Typed>) => setRows(rows.map((row, n) => (n === at ? { ...row, ...change } : row)));
  return (
    <Ask open wide title={t("stages.resultTitle", { title: team.title })} disabled={!ready} onCancel={close} onOk={() => void save()}>
      <div className="asked">
        <label htmlFor="team-place">{t("stages.teamPlace")}</label>
        <Input id="team-place" className="short" autoFocus inputMode="numeric" value={place} status={teamPlace === "wrong" ? "error" : ""} onChange={(e) => setPlace(e.target.value)} />
        <Checkbox id="team-promoted" checked={promoted} onChange={(e) => setPromoted(e.target.checked)}>{t("stages.goesOn")}</Checkbox>
        <p className="soft">{t("stages.membersHint")}</p>
        {rows.map((row, at) => (
          <div key={row.person} className="member-typed">
            <span>{row.name}</span>
            <Input data-place={at} aria-label={t("stages.placeOf", { name: row.name })} placeholder={t("stages.place")} inputMode="numeric" status={placeOf(row.place) === "wrong" ? "error" : ""} value={row.place} onChange={(e) => put(at, { place: e.target.value })} />
            <Input data-result={at} aria-label={t("stages.wordsOf", { name: row.name })} placeholder={t("stages.words")} value={row.result} onChange={(e) => put(at, { result: e.target.value })} />
          </div>
        ))}
        {wrong && <p className="wrong" role="status">{t("stages.placeWrong")}</p>}
        <label htmlFor="result-document">{t("stages.document")}</label>
        <Input id="result-document" value={document} onChange={(e) => setDocument(e.target.value)} onPressEnter={() => void save()} />
        {again && (
          <>
            <label htmlFor="result-reason">{t("stages.whyAgain")}</label>
            <Input id="result-reason" value={reason} onChange={(e) => setReason(e.target.value)} onPressEnter={() => void save()} />
          </>
        )}
      </div>
    </Ask>
  );
}
