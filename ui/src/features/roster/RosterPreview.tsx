import { Alert, App, Button, Radio } from "antd";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "../../frame/act";
import { Act } from "../../frame/may";
import { commands, XLSX, type ChangeRow, type RosterLook } from "../../platform";
import { FaultList } from "./FaultList";
import { LongList, type Column } from "./LongList";
import { markedName } from "./roster";
import { SaveDialog } from "./SaveDialog";

const CHANGE = { added: "good", changed: "warn", withdrawn: "bad" } as const;

/** What a roster would change and what is wrong in it. Nothing is written until it is imported. */
export function RosterPreview({ stage, look, taken, waiting, take, next }: { stage: string; look: RosterLook; taken: boolean; waiting: number; take: () => void; next: () => void }) {
  const { t } = useTranslation();
  const act = useAct();
  const { message } = App.useApp();
  const main = useRef<HTMLButtonElement>(null);
  const [saving, setSaving] = useState<string | null>(null);
  const [view, setView] = useState<"faults" | "changes">(look.faults.length > 0 ? "faults" : "changes");
  // Enter goes on: a reader of thirteen files needs no mouse. The curtain must have given the focus back first.
  useEffect(() => {
    const timer = setTimeout(() => main.current?.focus(), 50);
    return () => clearTimeout(timer);
  }, [look.file, taken]);
  const save = async (path: string) => {
    const saved = await act(() => commands.saveMarkedRoster(stage, look.file, path).then(() => true));
    if (saved) void message.success(t("frame.saved", { path }));
    return saved === true;
  };
  const changed = look.added + look.changed + look.withdrawn;
  const settled = taken || look.unchanged;
  return (
    <section className="roster-preview" aria-label={t("roster.preview.title", { file: look.source })} data-source={look.source}>
      <div className="roster-preview-head">
        <h2>{t("roster.preview.title", { file: look.source })}</h2>
        <span className="soft">{t("roster.preview.sheet", { sheet: look.sheet })}</span>
        <span className="wide-field" />
        {waiting > 0 && <span className="soft">{t("roster.preview.waiting", { files: waiting })}</span>}
        {look.faults.length > 0 && (
          <Button id="roster-save-marked" onClick={() => setSaving(markedName(look.file, t("roster.preview.markedWord")))}>
            {t("roster.preview.save")}
          </Button>
        )}
        {!settled && (
          <Button id="roster-skip" onClick={next}>
            {t("roster.preview.skip")}
          </Button>
        )}
        {settled ? (
          <Button id="roster-next" ref={main} type="primary" onClick={next}>
            {waiting > 0 ? t("roster.preview.next") : t("roster.preview.close")}
          </Button>
        ) : (
          <Act does="importRoster" id="roster-import" ref={main} type="primary" disabled={look.taken === 0 && look.withdrawn === 0} onClick={take}>
            {t("roster.preview.import", { taken: look.taken })}
          </Act>
        )}
      </div>
      {taken && <Alert type="warning" showIcon title={t("roster.preview.taken", { taken: look.taken, refused: look.refused })} />}
      {!taken && look.unchanged && <Alert type="info" showIcon title={t("roster.preview.unchanged")} />}
      {!taken && !look.unchanged && look.known && <Alert type="warning" showIcon title={t("roster.preview.known")} />}
      <dl className="roster-counts" id="roster-counts">
        {(["rows", "taken", "refused", "added", "changed", "withdrawn"] as const).map((key) => (
          <div key={key} data-count={key} data-value={look[key]} className={(key === "refused" || key === "withdrawn") && look[key] > 0 ? "is-alert" : ""}>
            <dt>{t(`roster.count.${key}`)}</dt>
            <dd>{look[key]}</dd>
          </div>
        ))}
      </dl>
      <Radio.Group
        id="roster-preview-view"
        aria-label={t("roster.preview.view")}
        optionType="button"
        value={view}
        onChange={(e) => setView(e.target.value as "faults" | "changes")}
        options={[
          { value: "faults", label: t("roster.preview.faults", { count: look.faults.length }) },
          { value: "changes", label: t("roster.preview.changes", { count: changed }) },
        ]}
      />
      {view === "changes" && look.changes.length < changed && <p className="soft">{t("roster.preview.first", { count: look.changes.length })}</p>}
      {view === "faults" ? <FaultList id="roster-faults" rows={look.faults} /> : <Changes rows={look.changes} />}
      <SaveDialog title={t("roster.preview.save")} filters={XLSX} proposed={saving} save={save} close={() => setSaving(null)} />
    </section>
  );
}

function Changes({ rows }: { rows: ChangeRow[] }) {
  const { t } = useTranslation();
  const columns: Column<ChangeRow>[] = [
    { key: "what", head: t("roster.change.what"), width: "110px", cell: (row) => <span className={`state-word is-${CHANGE[row.what]}`}>{t(`roster.changed.${row.what}`)}</span> },
    { key: "name", head: t("frame.name"), width: "minmax(120px, 1fr)", cell: (row) => row.name, hint: (row) => row.name },
    { key: "masked", head: t("roster.person.id"), width: "190px", cell: (row) => <span className="figure">{row.masked}</span> },
    { key: "unit", head: t("roster.person.unit"), width: "minmax(160px, 1.4fr)", cell: (row) => row.unit, hint: (row) => row.unit },
    { key: "fields", head: t("roster.change.fields"), width: "minmax(140px, 1.4fr)", cell: (row) => row.fields.join(t("roster.comma")), hint: (row) => row.fields.join(t("roster.comma")) },
  ];
  return (
    <LongList id="roster-changes" label={t("roster.change.title")} columns={columns} count={rows.length} rowAt={(at) => rows[at]}
      rowKey={(_, at) => `change-${at}`} marks={(row) => ({ "data-change": row.what })} />
  );
}
