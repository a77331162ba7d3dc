import { Input, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct, useScreen } from "../../frame/act";
import { Act } from "../../frame/may";
import { Ask } from "../../frame/parts";
import { commands, type StaffLine } from "../../platform";
import { reservesFor } from "./staff";

/** Who invigilates in the room one stands in; one who falls ill is replaced on the spot. */
export function OnDuty({ stage, part, site, room }: { stage: string; part: string; site: string; room: string }) {
  const { t } = useTranslation();
  const screen = useScreen(["staff", stage, part], () => commands.staff(stage, part));
  const [leaves, setLeaves] = useState<StaffLine | null>(null);
  const people = screen.data?.people ?? [];
  const here = people.filter((one) => one.site === site && one.role === "invigilator" && one.standing === "on" && one.room === room);
  if (here.length === 0) return null;
  return (
    <p className="soft" id="on-duty" data-names={here.map((one) => one.name).join(" ")}>
      {t("staff.roomLine", { names: here.map((one) => one.name).join(t("standing.comma")) })}{" "}
      {here.map((one) => (
        <Act does="replaceStaff" key={one.id} size="small" type="text" data-action="replace" onClick={() => setLeaves(one)}>{t("staff.replace.of", { name: one.name })}</Act>
      ))}
      {leaves !== null && <Replace stage={stage} part={part} people={people} leaves={leaves} close={() => setLeaves(null)} />}
    </p>
  );
}

/** Who serves instead, and why. */
export function Replace({ stage, part, people, leaves, close }: { stage: string; part: string; people: readonly StaffLine[]; leaves: StaffLine; close: () => void }) {
  const { t } = useTranslation();
  const act = useAct();
  const reserves = reservesFor(people, leaves);
  const [by, setBy] = useState(reserves[0]?.id ?? "");
  const [reason, setReason] = useState("");
  const ready = by !== "" && reason.trim() !== "";
  const done = async () => {
    if (!ready) return;
    const own = await act(() => commands.replaceStaff(stage, part, leaves.id, by, reason.trim()), t("staff.replace.done", { name: leaves.name, by: people.find((one) => one.id === by)?.name ?? "" }));
    if (own !== undefined) close();
  };
  return (
    <Ask open title={t("staff.replace.title", { name: leaves.name })} onOk={() => void done()} onCancel={close} disabled={!ready}>
      {reserves.length === 0 ? <p>{t("staff.replace.noReserve")}</p> : (
        <div className="save-form">
          <label htmlFor="replace-by">{t("staff.replace.by")}</label>
          <Select id="replace-by" autoFocus value={by} onChange={setBy} options={reserves.map((one) => ({ value: one.id, label: `${one.name}　${one.unit}` }))} />
          <label htmlFor="replace-reason">{t("frame.reason")}</label>
          <Input id="replace-reason" value={reason} onChange={(e) => setReason(e.target.value)} onPressEnter={(e) => { e.preventDefault(); void done(); }} />
        </div>
      )}
    </Ask>
  );
}
