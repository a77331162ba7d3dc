// What is published or sent on, from where it is decided: announcements as PDF or workbook, lists of teams.
import { App, Button, Radio } from "antd";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useWork } from "../../frame/work";
import { commands, PDFS, XLSX, type Kinds } from "../../platform";
import { SaveDialog } from "../roster/SaveDialog";
import { wanted } from "./kinds";

type Form = "pdf" | "xlsx";

/** A button, and where to save what it stands for. */
function Published({ button, title, proposed, filters, write, disabled = false, children, ...marks }: {
  button: string; title: string; proposed: string; filters: Kinds; write: (path: string, progress: Parameters<typeof commands.savePaper>[2]) => Promise<unknown>;
  disabled?: boolean; children?: ReactNode; id?: string; "data-action"?: string;
}) {
  const { t } = useTranslation();
  const run = useWork();
  const { message } = App.useApp();
  const [open, setOpen] = useState(false);
  const save = async (path: string) => {
    const saved = await run((progress) => write(path, progress).then(() => true));
    if (saved) void message.success(t("frame.saved", { path }));
    return saved === true;
  };
  return (
    <>
      <Button {...marks} disabled={disabled} onClick={() => setOpen(true)}>{button}</Button>
      <SaveDialog title={title} filters={filters} proposed={open ? proposed : null} save={save} close={() => setOpen(false)}>{children}</SaveDialog>
    </>
  );
}

/** Names, units and candidate numbers; no ID number, no telephone. */
export function Announcement({ of, stage, disabled = false }: { of: "roster" | "selection" | "awards"; stage: string; disabled?: boolean }) {
  const { t } = useTranslation();
  const [form, setForm] = useState<Form>("pdf");
  const title = t(`papers.announce.${of}`);
  return (
    <Published id={`announce-${of}`} button={t("papers.announce.button")} title={title} proposed={`${title}.${form}`} filters={form === "pdf" ? PDFS : XLSX} disabled={disabled}
      write={(path, progress) => (form === "pdf" ? commands.savePaper(wanted(`announcement:${of}`, stage, ""), path, progress) : commands.saveAnnouncement(of, stage, path, progress))}>
      <p className="soft">{t("papers.announce.what")}</p>
      <Radio.Group id={`announce-${of}-form`} aria-label={t("papers.announce.form")} optionType="button" value={form} onChange={(e) => setForm(e.target.value as Form)} options={[{ value: "pdf", label: "PDF" }, { value: "xlsx", label: t("papers.announce.workbook") }]} />
    </Published>
  );
}

export function TeamPaper({ team, title }: { team: string; title: string }) {
  const { t } = useTranslation();
  return (
    <Published data-action="team-paper" button={t("papers.team")} title={t("papers.team")} proposed={`${title}${t("papers.list")}.pdf`} filters={PDFS}
      write={(path, progress) => commands.savePaper(wanted(`team:${team}`, "", ""), path, progress)} />
  );
}
