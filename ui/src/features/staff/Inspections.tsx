import { Input, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Show, useAct, useScreen } from "../../frame/act";
import { Act } from "../../frame/may";
import { useInWords } from "../../language";
import { commands, type StaffScreen } from "../../platform";
import { LongList, type Column } from "../roster/LongList";

type InRoom = { site: string; room: string };

/** The form where inspectors come to: at a site, in a room. */
export function InspectionsHere({ stage, part, at }: { stage: string; part: string; at?: InRoom }) {
  const screen = useScreen(["staff", stage, part], () => commands.staff(stage, part));
  return <Show of={screen}>{(now) => <div className="view"><Inspections key={at?.room} stage={stage} part={part} screen={now} at={at} /></div>}</Show>;
}

/** What inspectors note: a record beside everything, which changes nothing. */
export function Inspections({ stage, part, screen, at }: { stage: string; part: string; screen: StaffScreen; at?: InRoom | undefined }) {
  const { t } = useTranslation();
  const inWords = useInWords();
  const act = useAct();
  const [site, setSite] = useState(at?.site ?? screen.sites[0]?.site ?? "");
  const [room, setRoom] = useState(at?.room ?? "");
  const [inspector, setInspector] = useState("");
  const [seen, setSeen] = useState("");
  const ready = site !== "" && inspector.trim() !== "" && seen.trim() !== "";
  const note = async () => {
    if (!ready) return;
    if ((await act(() => commands.inspectRoom(stage, part, site, room.trim(), inspector.trim(), seen.trim()).then(() => true), t("staff.inspect.done"))) === undefined) return;
    setSeen("");
    setRoom(at?.room ?? "");
  };
  const columns: Column<StaffScreen["inspections"][number]>[] = [
    { key: "at", head: t("staff.col.at"), width: "150px", cell: (row) => <span className="figure">{row.at}</span> },
    { key: "site", head: t("frame.site"), width: "minmax(160px, 1fr)", cell: (row) => `${row.siteName} ${inWords(row.room)}`, hint: (row) => `${row.siteName} ${inWords(row.room)}` },
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
