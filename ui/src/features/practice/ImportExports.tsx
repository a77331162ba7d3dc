import { Alert, App, Button, Input, Radio } from "antd";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "../../frame/act";
import { Act } from "../../frame/may";
import { ToEntries, useReason } from "../../frame/parts";
import { useWork } from "../../frame/work";
import { commands, WORKBOOKS, type PracticeFileLine, type PracticeKindWord, type PracticeLookScreen, type PracticeScreen } from "../../platform";
import { FaultList } from "../roster/FaultList";
import { FilesField } from "../roster/FilesField";
import { LongList, type Column } from "../roster/LongList";
import { fileName, pathsIn } from "../roster/roster";
import { kindOf, KINDS } from "./practice";

type Seen = { file: string; kind: PracticeKindWord; look: PracticeLookScreen; taken: boolean };

/** The lines of the field are the queue: a file leaves it when it has been imported or passed over. */
export function ImportExports({ screen }: { screen: PracticeScreen }) {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const run = useWork();
  const id = useId();
  const [queue, setQueue] = useState("");
  const [chosen, setChosen] = useState<PracticeKindWord | "by-name">("by-name");
  const [of, setOf] = useState("");
  const [seen, setSeen] = useState<Seen | null>(null);
  const waiting = pathsIn(queue);
  const kindFor = (file: string) => (chosen === "by-name" ? kindOf(fileName(file)) : chosen);

  const lookAt = async (file: string | undefined) => {
    setSeen(null);
    if (file === undefined) return;
    const kind = kindFor(file);
    if (kind === null) {
      modal.warning({ title: t("practice.import.whichKind", { file: fileName(file) }), content: t("practice.import.chooseKind"), okText: t("frame.ok") });
      return;
    }
    const look = await run((progress) => commands.lookAtPractice(kind, of, file, progress));
    if (look !== undefined) setSeen({ file, kind, look, taken: false });
  };
  const next = (done: string) => {
    const rest = waiting.filter((path) => path !== done);
    setQueue(rest.join("\n"));
    void lookAt(rest[0]);
  };
  const take = async (one: Seen, accept: boolean) => {
    const look = await run((progress) => commands.importPractice(one.kind, of, one.file, accept, progress), t("practice.import.done", { file: one.look.source, people: one.look.people }));
    if (look === undefined) return;
    if (look.refused === 0) next(one.file);
    else setSeen({ ...one, look, taken: true });
  };
  const importIt = (one: Seen) => {
    if (!one.look.known) return void take(one, false);
    modal.confirm({
      title: t("practice.import.againTitle", { file: one.look.source }),
      content: t("practice.import.againText"),
      okText: t("practice.import.accept"),
      cancelText: t("frame.cancel"),
      focusable: { autoFocusButton: "cancel" },
      okButtonProps: { id: "practice-accept" },
      onOk: () => void take(one, true),
    });
  };
  /** All of the queue without stopping at each: what is refused stays in the field, the rest is done. */
  const all = async () => {
    setSeen(null);
    for (const file of waiting) {
      const kind = kindFor(file);
      if (kind === null) return void lookAt(file);
      const look = await run((progress) => commands.importPractice(kind, of, file, false, progress));
      if (look === undefined) return;
      setQueue((text) => pathsIn(text).filter((path) => path !== file).join("\n"));
    }
  };
  return (
    <>
      <p className="soft">{t("practice.import.lead", { from: screen.from, to: screen.to })}</p>
      <div className="row">
        <div className="practice-kind">
          <span id={`${id}-kind`}>{t("practice.import.kind")}</span>
          <Radio.Group aria-labelledby={`${id}-kind`} optionType="button" value={chosen} onChange={(e) => setChosen(e.target.value as PracticeKindWord | "by-name")}
            options={[{ value: "by-name", label: t("practice.import.byName") }, ...KINDS.map((kind) => ({ value: kind, label: t(`practice.kind.${kind}`) }))]} />
        </div>
        <div className="practice-kind">
          <label htmlFor={`${id}-of`}>{t("practice.import.of")}</label>
          <Input id={`${id}-of`} className="practice-of" placeholder={t("practice.import.ofHint")} value={of} onChange={(e) => setOf(e.target.value)} spellCheck={false} />
        </div>
      </div>
      <FilesField id="practice-paths" label={t("practice.import.files")} hint={t("roster.filesHint")} filters={WORKBOOKS} value={queue} onChange={setQueue} onEnter={() => void lookAt(waiting[0])}>
        <Button id="practice-look" type={seen === null ? "primary" : "default"} disabled={waiting.length === 0} onClick={() => void lookAt(waiting[0])}>{t("roster.look")}</Button>
        <Act does="importPractice" id="practice-all" disabled={waiting.length === 0} onClick={() => void all()}>{t("practice.import.all", { n: waiting.length })}</Act>
      </FilesField>
      {seen === null ? <Files rows={screen.files} /> : <Look seen={seen} take={() => importIt(seen)} next={() => next(seen.file)} more={waiting.length > 1} />}
    </>
  );
}

function Look({ seen, take, next, more }: { seen: Seen; take: () => void; next: () => void; more: boolean }) {
  const { t } = useTranslation();
  const { look } = seen;
  const settled = seen.taken || look.unchanged;
  return (
    <section className="roster-preview" aria-label={t("roster.preview.title", { file: look.source })} data-source={look.source}>
      <div className="roster-preview-head">
        <h2>{t("roster.preview.title", { file: look.source })}</h2>
        <span className="soft">{t("practice.import.what", { kind: t(`practice.kind.${seen.kind}`), sheet: look.sheet, covers: covers(look.covers) })}</span>
        <span className="wide-field" />
        {!settled && <Button id="practice-skip" onClick={next}>{t("roster.preview.skip")}</Button>}
        {settled ? (
          <Button id="practice-next" type="primary" autoFocus onClick={next}>{more ? t("roster.preview.next") : t("roster.preview.close")}</Button>
        ) : (
          <Act does="importPractice" id="practice-import" type="primary" autoFocus onClick={take}>{t("practice.import.take", { people: look.people })}</Act>
        )}
      </div>
      {seen.taken && <Alert type="warning" showIcon title={t("practice.import.taken", { people: look.people, refused: look.refused })} />}
      {!seen.taken && look.unchanged && <Alert type="info" showIcon title={t("roster.preview.unchanged")} />}
      {!settled && look.known && <Alert type="warning" showIcon title={t("roster.preview.known")} />}
      <dl className="roster-counts practice-counts">
        {(["rows", "refused", "people", "unnamed"] as const).map((key) => (
          <div key={key} data-count={key} data-value={look[key]} className={key === "refused" && look[key] > 0 ? "is-alert" : ""}>
            <dt>{t(`practice.count.${key}`)}</dt>
            <dd>{look[key]}</dd>
          </div>
        ))}
      </dl>
      {look.said > look.faults.length && <p className="soft">{t("practice.import.first", { shown: look.faults.length, all: look.said })}</p>}
      {look.faults.length > 0 && <FaultList id="practice-faults" rows={look.faults} />}
    </section>
  );
}

function covers(all: readonly string[]): string {
  return all.length < 2 ? (all[0] ?? "") : `${all[0] ?? ""} … ${all[all.length - 1] ?? ""}`;
}

function Files({ rows }: { rows: PracticeFileLine[] }) {
  const { t } = useTranslation();
  const act = useAct();
  const ask = useReason();
  const remove = async (row: PracticeFileLine) => {
    const reason = await ask(t("practice.file.removeTitle", { file: row.source }), t("practice.file.removeHint"));
    if (reason !== null) await act(() => commands.removePractice(row.kind, row.source, reason), t("practice.file.removed", { file: row.source }));
  };
  const columns: Column<PracticeFileLine>[] = [
    { key: "kind", head: t("practice.file.kind"), width: "90px", cell: (row) => t(`practice.kind.${row.kind}`) },
    { key: "source", head: t("roster.file.source"), width: "minmax(220px, 2fr)", cell: (row) => row.source, hint: (row) => row.source },
    { key: "covers", head: t("practice.file.covers"), width: "210px", cell: (row) => <span className="figure">{row.covers}</span>, hint: (row) => row.covers },
    { key: "people", number: true, head: t("practice.count.people"), width: "84px", cell: (row) => <span className="figure">{row.people}</span> },
    { key: "refused", number: true, head: t("roster.file.refused"), width: "110px", cell: (row) => (row.refused === 0 ? <span className="figure">0</span> : <span className="state-word is-bad figure">{t("roster.file.refusedRows", { refused: row.refused })}</span>) },
    { key: "by", head: t("roster.file.by"), width: "minmax(80px, 1fr)", cell: (row) => row.by },
    { key: "at", head: t("roster.file.at"), width: "150px", cell: (row) => <span className="figure">{row.at}</span> },
    { key: "act", head: t("practice.file.act"), width: "120px", cell: (row) => <><Act does="removePractice" size="small" data-action="remove" aria-label={t("practice.file.removeOf", { file: row.source })} onClick={() => void remove(row)}>{t("practice.file.remove")}</Act><ToEntries text={row.source} /></> },
  ];
  return (
    <>
      <h2>{t("practice.file.title", { n: rows.length })}</h2>
      <LongList id="practice-files" label={t("practice.file.title", { n: rows.length })} columns={columns} count={rows.length} rowAt={(at) => rows[at]} rowKey={(row) => `${row.kind}/${row.source}`} marks={(row) => ({ "data-source": row.source })} />
    </>
  );
}
