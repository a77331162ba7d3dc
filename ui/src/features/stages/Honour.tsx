import { Checkbox, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "../../frame/act";
import { Ask } from "../../frame/parts";
import { commands } from "../../platform";
import type { TeamScreen } from "./stages";

/** Members found outstanding by people, or those whose places the plan honours: with the number of the document. */
export function Honour({ team, close }: { team: TeamScreen; close: () => void }) {
  const { t } = useTranslation();
  const act = useAct();
  const to = team.award?.to ?? 0;
  const byPlace = to > 0;
  const placed = team.members.filter((one) => one.place !== null && one.place <= to);
  const [chosen, setChosen] = useState<string[]>([]);
  const [document, setDocument] = useState("");
  const ready = document.trim() !== "" && (byPlace ? placed.length > 0 : chosen.length > 0);
  const save = async () => {
    if (ready && (await act(() => commands.honourMembers(team.id, byPlace ? [] : chosen, document.trim()).then(() => true), t("stages.honourDone"))) !== undefined) close();
  };
  return (
    <Ask open title={t("stages.honourTitle", { title: team.award?.title ?? "" })} disabled={!ready} onCancel={close} onOk={() => void save()}>
      <div className="asked">
        {byPlace ? (
          <>
            <p>{t(placed.length === 0 ? "stages.nobodyPlaced" : "stages.applyWhat", { to })}</p>
            <ul className="plain-list">{placed.map((one) => <li key={one.person}>{t("stages.placed", { name: one.name, place: one.place ?? 0 })}</li>)}</ul>
          </>
        ) : (
          <>
            <p>{t("stages.honourWhat")}</p>
            <Checkbox.Group className="team-choice" value={chosen} onChange={setChosen} options={team.members.map((one) => ({ value: one.person, label: [one.name, one.place === null ? "" : t("stages.placeShort", { place: one.place }), one.result].filter(Boolean).join("　") }))} />
          </>
        )}
        <label htmlFor="honour-document">{t("stages.document")}</label>
        <Input id="honour-document" value={document} onChange={(e) => setDocument(e.target.value)} onPressEnter={() => void save()} />
      </div>
    </Ask>
  );
}
