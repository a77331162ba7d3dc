import { Checkbox, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "../../frame/act";
import { Ask } from "../../frame/parts";
import { commands } from "../../platform";
import type { TeamScreen } from "./stages";

/** Others than those with the lowest composite become the substitutes; the reason stays beside it. */
export function Substitutes({ team, close }: { team: TeamScreen; close: () => void }) {
  const { t } = useTranslation();
  const act = useAct();
  const [chosen, setChosen] = useState<string[]>(team.members.filter((one) => one.substitute).map((one) => one.person));
  const [reason, setReason] = useState("");
  const ready = chosen.length === team.substitutes && reason.trim() !== "";
  const save = async () => {
    if (ready && (await act(() => commands.nameSubstitutes(team.id, chosen, reason.trim()).then(() => true), t("stages.substitutesDone"))) !== undefined) close();
  };
  return (
    <Ask open title={t("stages.substitutesTitle", { title: team.title })} disabled={!ready} onCancel={close} onOk={() => void save()}>
      <div className="asked">
        <p>{t("stages.substitutesWhat", { n: team.substitutes })}</p>
        <Checkbox.Group className="team-choice" value={chosen} onChange={setChosen} options={team.members.map((one) => ({ value: one.person, label: `${one.name}　${one.unit}` }))} />
        <label htmlFor="substitute-reason">{t("frame.reason")}</label>
        <Input id="substitute-reason" value={reason} onChange={(e) => setReason(e.target.value)} onPressEnter={() => void save()} />
      </div>
    </Ask>
  );
}
