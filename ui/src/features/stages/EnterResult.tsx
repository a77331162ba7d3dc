import { Checkbox, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "../../frame/act";
import { Ask } from "../../frame/parts";
import { commands } from "../../platform";
import { DocumentedFields, useDocumented } from "./Documented";
import { asTyped, placeOf, type Typed, type TeamScreen } from "./stages";

/** Results as the document of whoever held the stage gives them. */
export function EnterResult({ team, close }: { team: TeamScreen; close: () => void }) {
  const { t } = useTranslation();
  const act = useAct();
  const [place, setPlace] = useState(team.result === null ? "" : String(team.result.place));
  const [promoted, setPromoted] = useState(team.result?.promoted ?? false);
  const [rows, setRows] = useState<Typed[]>(() => asTyped(team));
  const documented = useDocumented(team.result !== null, team.result?.document);
  const teamPlace = placeOf(place);
  const members = rows.map((row) => ({ person: row.person, place: placeOf(row.place), result: row.result.trim() }));
  const wrong = teamPlace === "wrong" || members.some((one) => one.place === "wrong");
  const ready = typeof teamPlace === "number" && !wrong && documented.ready;
  const save = async () => {
    if (!ready || typeof teamPlace !== "number") return;
    const said = members.map((one) => ({ ...one, place: one.place === "wrong" ? null : one.place }));
    const results = { place: teamPlace, promoted, members: said, ...documented.said };
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
        <DocumentedFields id="result" of={documented} enter={() => void save()} />
      </div>
    </Ask>
  );
}
