import { App, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { UseQueryResult } from "@tanstack/react-query";
import { Show, useScreen } from "../../frame/act";
import { ToEntries } from "../../frame/parts";
import { useWork } from "../../frame/work";
import { commands, WORKBOOKS, type Refusal, type RosterFileRow, type RosterLook } from "../../platform";
import { LateDialog, type Late } from "./Closing";
import { FilesField } from "./FilesField";
import { LongList, type Column } from "./LongList";
import { pathsIn } from "./roster";
import { RosterPreview } from "./RosterPreview";

/** The lines of the field are the queue: a file leaves it when it has been imported or passed over. */
export function ImportRosters({ stage, files }: { stage: string; files: UseQueryResult<RosterFileRow[], Refusal> }) {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const run = useWork();
  const [queue, setQueue] = useState("");
  const [look, setLook] = useState<{ look: RosterLook; taken: boolean } | null>(null);
  const [asked, setAsked] = useState<{ seen: RosterLook; accept: boolean } | null>(null);
  const state = useScreen(["rosterState", stage], () => commands.rosterState(stage)).data;
  const waiting = pathsIn(queue);

  const lookAt = async (file: string | undefined) => {
    if (file === undefined) return;
    setLook(null);
    const seen = await run((progress) => commands.lookAtRoster(stage, file, progress));
    if (seen !== undefined) setLook({ look: { ...seen, file }, taken: false });
  };
  const next = (done: string) => {
    const rest = waiting.filter((path) => path !== done);
    setQueue(rest.join("\n"));
    setLook(null);
    void lookAt(rest[0]);
  };
  const take = async (seen: RosterLook, accept: boolean, late: Late | null = null): Promise<boolean> => {
    // Once the roster is closed, what changes anything asks for a reason and a second person first.
    if (state?.closedAt != null && late === null && !seen.unchanged) {
      setAsked({ seen, accept });
      return false;
    }
    const done = await run((progress) => commands.importRoster(stage, seen.file, accept, late, progress), t("roster.imported", { file: seen.source, taken: seen.taken }));
    if (done === undefined) return false;
    // With refused rows one stays, to save the workbook that goes back to the unit.
    if (seen.refused === 0) next(seen.file);
    else setLook({ look: seen, taken: true });
    return true;
  };
  const importIt = (seen: RosterLook) => {
    if (!seen.known) return void take(seen, false);
    modal.confirm({
      title: t("roster.again.title", { file: seen.source }),
      content: t("roster.again.text", { added: seen.added, changed: seen.changed, withdrawn: seen.withdrawn }),
      okText: t("roster.again.accept"),
      cancelText: t("frame.cancel"),
      focusable: { autoFocusButton: "cancel" },
      okButtonProps: { id: "roster-accept" },
      onOk: () => void take(seen, true),
    });
  };
  return (
    <>
      <FilesField id="roster-paths" label={t("roster.files")} hint={t("roster.filesHint")} filters={WORKBOOKS} value={queue} onChange={setQueue} onEnter={() => void lookAt(waiting[0])}>
        <Button id="roster-look" type={look === null ? "primary" : "default"} disabled={waiting.length === 0} onClick={() => void lookAt(waiting[0])}>
          {t("roster.look")}
        </Button>
      </FilesField>
      {look === null ? (
        <Show of={files}>{(rows) => <RosterFiles rows={rows} />}</Show>
      ) : (
        <RosterPreview stage={stage} look={look.look} taken={look.taken} waiting={waiting.filter((path) => path !== look.look.file).length} take={() => importIt(look.look)} next={() => next(look.look.file)} />
      )}
      <LateDialog open={asked !== null} title={t("roster.closing.lateTitle")} close={() => setAsked(null)}
        what={asked === null ? "" : t("roster.closing.lateWhat", { file: asked.seen.source, added: asked.seen.added, changed: asked.seen.changed, withdrawn: asked.seen.withdrawn })}
        save={async (late) => asked !== null && (await take(asked.seen, asked.accept, late))} />
    </>
  );
}

function RosterFiles({ rows }: { rows: RosterFileRow[] }) {
  const { t } = useTranslation();
  const columns: Column<RosterFileRow>[] = [
    { key: "source", head: t("roster.file.source"), width: "minmax(240px, 2fr)", cell: (row) => row.source, hint: (row) => row.source },
    { key: "rows", number: true, head: t("roster.file.rows"), width: "90px", cell: (row) => <span className="figure">{row.rows}</span> },
    { key: "taken", number: true, head: t("roster.file.taken"), width: "90px", cell: (row) => <span className="figure">{row.taken}</span> },
    { key: "refused", number: true, head: t("roster.file.refused"), width: "110px", cell: (row) => (row.refused === 0 ? <span className="figure">0</span> : <span className="state-word is-bad figure">{t("roster.file.refusedRows", { refused: row.refused })}</span>) },
    { key: "by", head: t("roster.file.by"), width: "minmax(90px, 1fr)", cell: (row) => row.by },
    { key: "at", head: t("roster.file.at"), width: "150px", cell: (row) => <span className="figure">{row.at}</span> },
    { key: "entries", head: t("frame.entries"), width: "72px", cell: (row) => <ToEntries text={row.source} /> },
  ];
  const sum = (of: (row: RosterFileRow) => number) => rows.reduce((all, row) => all + of(row), 0);
  return (
    <>
      <h2>{t("roster.file.title")}</h2>
      <p className="tally" id="roster-sums">
        <span>{t("roster.file.count", { files: rows.length })}</span>
        <span>{t("roster.file.takenSum", { taken: sum((row) => row.taken) })}</span>
        <span>{t("roster.file.refusedSum", { refused: sum((row) => row.refused) })}</span>
      </p>
      <LongList id="roster-files" label={t("roster.file.title")} empty={t("roster.emptyFiles")} columns={columns} count={rows.length} rowAt={(at) => rows[at]} rowKey={(row) => row.source} marks={(row) => ({ "data-source": row.source })} />
    </>
  );
}
