// What is published or sent on, from where it is decided: announcements as PDF or workbook, lists of teams.
import { App, Button, Radio } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useWork } from "../../frame/work";
import { commands, PDFS, XLSX } from "../../platform";
import { SaveDialog } from "../roster/SaveDialog";
import { wanted } from "./kinds";

type Form = "pdf" | "xlsx";

/** Names, units and candidate numbers; no ID number, no telephone. */
export function Announcement({ of, stage, disabled = false }: { of: "roster" | "selection" | "awards"; stage: string; disabled?: boolean }) {
  const { t } = useTranslation();
  const run = useWork();
  const { message } = App.useApp();
  const [open, setOpen] = useState(false);
  const [form, setForm] = useState<Form>("pdf");
  const save = async (path: string) => {
    const saved = await run((progress) => (form === "pdf" ? commands.savePaper(wanted(`announcement:${of}`, stage, ""), path, progress) : commands.saveAnnouncement(of, stage, path, progress)).then(() => true));
    if (saved) void message.success(t("frame.saved", { path }));
    return saved === true;
  };
  return (
    <>
      <Button id={`announce-${of}`} disabled={disabled} onClick={() => setOpen(true)}>{t("papers.announce.button")}</Button>
      <SaveDialog title={t(`papers.announce.${of}`)} filters={form === "pdf" ? PDFS : XLSX} proposed={open ? `${t(`papers.announce.${of}`)}.${form}` : null} save={save} close={() => setOpen(false)}>
        <p className="soft">{t("papers.announce.what")}</p>
        <Radio.Group id={`announce-${of}-form`} aria-label={t("papers.announce.form")} optionType="button" value={form} onChange={(e) => setForm(e.target.value as Form)} options={[{ value: "pdf", label: "PDF" }, { value: "xlsx", label: t("papers.announce.workbook") }]} />
      </SaveDialog>
    </>
  );
}

export function TeamPaper({ team, title }: { team: string; title: string }) {
  const { t } = useTranslation();
  const run = useWork();
  const { message } = App.useApp();
  const [open, setOpen] = useState(false);
  const save = async (path: string) => {
    const saved = await run((progress) => commands.savePaper(wanted(`team:${team}`, "", ""), path, progress).then(() => true));
    if (saved) void message.success(t("frame.saved", { path }));
    return saved === true;
  };
  return (
    <>
      <Button data-action="team-paper" onClick={() => setOpen(true)}>{t("papers.team")}</Button>
      <SaveDialog title={t("papers.team")} filters={PDFS} proposed={open ? `${title}${t("papers.list")}.pdf` : null} save={save} close={() => setOpen(false)} />
    </>
  );
}
