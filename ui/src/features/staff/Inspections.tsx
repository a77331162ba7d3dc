import { Input, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "../../frame/act";
import { Act } from "../../frame/may";
import { commands, type StaffScreen } from "../../platform";
import { LongList, type Column } from "../roster/LongList";

/** What inspectors note: a record beside everything, which changes nothing. */
export function Inspections({ stage, part, screen }: { stage: string; part: string; screen: StaffScreen }) {
  const { t } = useTranslation();
  const act = useAct();
  const [site, setSite] = useState(screen.sites[0]?.site ?? "");
  const [room, setRoom] = useState("");
  const [inspector, setInspector] = useState("");
  const [seen, setSeen] = useState("");
  const ready = site !== "" && inspector.trim() !== "" && seen.trim() !== "";
  const note = async () => {
    if (!ready) return;
    if ((await act(() => commands.inspectRoom(stage, part, site, room.trim(), inspector.trim(), seen.trim()).then(() => true), t("staff.inspect.done"))) === undefined) return;
    setSeen("");
    setRoom("");
  };
  const columns: Column<StaffScreen["inspections"][number]>[] = [
    { key: "at", head: t("staff.col.at"), width: "150px", cell: (row) => <span className="figure">{row.at}</span> },
    { key: "site", head: t("frame.site"), width: "minmax(160px, 1fr)", cell: (row) => `${row.siteName} ${row.room}`, hint: (row) => row.siteName },
    { key: "inspector", head: t("staff.col.inspector"), width: "110px", cell: (row) => row.inspector },
    { key: "seen", head: t("staff.col.seen"), width: "minmax(260px, 2fr)", cell: (row) => row.seen, hint: (row) => row.seen },
  ];
  return (
    <>
      <p className="soft">{t("staff.inspect.lead")}</p>
      <div className="row">
        <Select id="inspect-site" className="part-picker" aria-label={t("staff.inspect.site")} value={site} onChange={setSite} showSearch={{ optionFilterProp: "label" }} options={screen.sites.map((one) => ({ value: one.site, label: one.name }))} />
        <Input id="inspect-room" className="practice-of" aria-label={t("staff.inspect.room")} placeholder={t("staff.inspect.room")} value={room} onChange={(e) => setRoom(e.target.value)} spellCheck={false} />
        <Input id="inspect-who" className="practice-of" aria-label={t("staff.inspect.inspector")} placeholder={t("staff.inspect.inspector")} value={inspector} onChange={(e) => setInspector(e.target.value)} />
        <Input id="inspect-seen" className="people-search" aria-label={t("staff.inspect.seen")} placeholder={t("staff.inspect.seen")} value={seen} onChange={(e) => setSeen(e.target.value)} onPressEnter={(e) => { e.preventDefault(); void note(); }} />
        <Act does="inspectRoom" id="inspect" type="primary" disabled={!ready} onClick={() => void note()}>{t("staff.inspect.act")}</Act>
      </div>
      {screen.inspections.length === 0 ? <p className="soft">{t("staff.inspect.none")}</p> : (
        <LongList id="inspections" label={t("staff.view.inspections")} columns={columns} count={screen.inspections.length} rowAt={(at) => screen.inspections[at]} rowKey={(_, at) => `note-${at}`} />
      )}
    </>
  );
}
