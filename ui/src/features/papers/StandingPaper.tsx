// A list that is published, as a paper: from where it is decided straight to the notice board.
import { App, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useWork } from "../../frame/work";
import { useInWords } from "../../language";
import { commands, PDFS, type StandingInfo } from "../../platform";
import { SaveDialog } from "../roster/SaveDialog";
import { wanted } from "./kinds";

export function StandingPaper({ info }: { info: StandingInfo }) {
  const { t } = useTranslation();
  const inWords = useInWords();
  return <PaperOf id="standing-paper" kind={`standing:${info.id}`} stage={info.stage} name={inWords(info.title)} label={t("papers.standing")} />;
}

export function AwardsPaper({ disabled }: { disabled: boolean }) {
  const { t } = useTranslation();
  return <PaperOf id="awards-paper" kind="awards" stage="" name={t("papers.kind.awards")} label={t("papers.awards")} disabled={disabled} />;
}

function PaperOf({ id, kind, stage, name, label, disabled = false }: { id: string; kind: string; stage: string; name: string; label: string; disabled?: boolean }) {
  const { t } = useTranslation();
  const run = useWork();
  const { message } = App.useApp();
  const [open, setOpen] = useState(false);
  const save = async (path: string) => {
    const saved = await run((progress) => commands.savePaper(wanted(kind, stage, ""), path, progress).then(() => true));
    if (saved) void message.success(t("frame.saved", { path }));
    return saved === true;
  };
  return (
    <>
      <Button id={id} disabled={disabled} onClick={() => setOpen(true)}>{label}</Button>
      <SaveDialog title={label} filters={PDFS} proposed={open ? `${name}.pdf` : null} save={save} close={() => setOpen(false)} />
    </>
  );
}
