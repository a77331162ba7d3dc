import { App, Button, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSession } from "../../frame/session";
import { useWork } from "../../frame/work";
import { commands, PDFS, type RoomRow } from "../../platform";
import { SaveDialog } from "../roster/SaveDialog";
import { sitesOf } from "./seating";

const KINDS = ["seat-chart", "sign-in", "draw-proof"] as const;
type Kind = (typeof KINDS)[number];

/** Seat charts, sign-in sheets and the proof of the draw, as PDF. */
export function PapersButton({ stage, rooms, drawn }: { stage: string; rooms: RoomRow[]; drawn: boolean }) {
  const { t } = useTranslation();
  const run = useWork();
  const { message } = App.useApp();
  const { stages } = useSession();
  const written = stages.find((one) => one.id === stage)?.parts.filter((one) => !one.interview) ?? [];
  const [open, setOpen] = useState(false);
  const [kind, setKind] = useState<Kind>("seat-chart");
  const [site, setSite] = useState("");
  const sites = sitesOf(rooms);
  const of = sites.some((one) => one.site === site) && kind !== "draw-proof" ? site : null;
  const name = [t(`seating.paper.${kind}`), stages.find((one) => one.id === stage)?.name, sites.find((one) => one.site === of)?.siteName].filter(Boolean).join("-");
  const save = async (path: string) => {
    const saved = await run((progress) => commands.savePaper(kind, stage, written[0]?.id ?? "", of, path, progress).then(() => true));
    if (saved) void message.success(t("frame.saved", { path }));
    return saved === true;
  };
  return (
    <>
      <Button id="seating-papers" disabled={!drawn || written.length === 0} onClick={() => setOpen(true)}>
        {t("seating.paper.button")}
      </Button>
      <SaveDialog title={t("seating.paper.button")} filters={PDFS} proposed={open ? `${name}.pdf` : null} save={save} close={() => setOpen(false)}>
        <label htmlFor="paper-kind">{t("seating.paper.kind")}</label>
        <Select id="paper-kind" value={kind} onChange={setKind} options={KINDS.map((value) => ({ value, label: t(`seating.paper.${value}`) }))} />
        <label htmlFor="paper-site">{t("frame.site")}</label>
        <Select
          id="paper-site"
          disabled={kind === "draw-proof"}
          value={of ?? ""}
          showSearch={{ optionFilterProp: "label" }}
          onChange={setSite}
          options={[{ value: "", label: t("seating.paper.allSites") }, ...sites.map((one) => ({ value: one.site, label: one.siteName }))]}
        />
      </SaveDialog>
    </>
  );
}
