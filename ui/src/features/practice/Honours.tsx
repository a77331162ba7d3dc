import { Alert, App, Button, Input, Select } from "antd";
import { useDeferredValue, useState } from "react";
import { useTranslation } from "react-i18next";
import { Show, useAct, useScreen } from "../../frame/act";
import { Act } from "../../frame/may";
import { Ask } from "../../frame/parts";
import { useInWords } from "../../language";
import { go } from "../../frame/place";
import { useKept } from "../../frame/typed";
import { commands, PDFS, XLSX, type PracticeListScreen, type PracticeScreen } from "../../platform";
import { LongList, type Column } from "../roster/LongList";
import { SaveDialog } from "../roster/SaveDialog";
import { TieList } from "../standing/Ties";
import { columnOf, holds, latest, NUMBERS, WIDTHS } from "./practice";

type Which = "daily" | "weekly" | "monthly" | "year";

/** One list of honours, with what keeps it from being final; a tie is resolved where it is seen. */
export function Honours({ which, screen }: { which: Which; screen: PracticeScreen }) {
  const { t } = useTranslation();
  const inWords = useInWords();
  const periods = which === "weekly" ? screen.weeks : which === "monthly" ? screen.months : [];
  const [of, setOf] = useState(latest(periods));
  const list = useScreen(["practice-list", which, of], () => commands.practiceList(which, of));
  return (
    <>
      {periods.length > 0 && (
        <div className="row">
          <Select className="part-picker" aria-label={t("practice.period")} value={of} onChange={(value) => setOf(value)}
            options={[{ value: "", label: t("practice.all") }, ...periods.map((one) => ({ value: one.id, label: one.there ? inWords(one.name) : t("practice.notThere", { name: inWords(one.name) }) }))]} />
        </div>
      )}
      <Show of={list}>{(found) => <List which={which} of={of} list={found} screen={screen} />}</Show>
    </>
  );
}

function List({ which, of, list, screen }: { which: Which; of: string; list: PracticeListScreen; screen: PracticeScreen }) {
  const { t } = useTranslation();
  const inWords = useInWords();
  const [text, setText] = useState("");
  const [confirming, setConfirming] = useState(false);
  const wanted = useDeferredValue(text);
  const shown = list.rows.filter((row) => holds(row, wanted));
  const final = list.lacks.length === 0 && list.held.length === 0 && list.waiting === 0 && list.differing.length === 0;
  return (
    <>
      <h2>{inWords(list.title)}</h2>
      <Notices list={list} />
      {list.held.length > 0 && <TieList ties={list.held} />}
      <div className="row">
        <Input className="people-search" allowClear aria-label={t("practice.search")} placeholder={t("practice.search")} value={text} onChange={(e) => setText(e.target.value)} spellCheck={false} />
        <span className="figure" role="status" data-total={list.rows.length}>{t("practice.honoured", { n: list.rows.length, people: list.people })}</span>
        <SavePaper which={which} of={of} disabled={list.rows.length === 0} />
        {which === "year" && (
          <Act does="confirmPracticeYear" type={final && screen.yearDocument === null ? "primary" : "default"} data-action="confirm-year" disabled={list.rows.length === 0 || !final} title={final ? undefined : t("practice.year.notFinal")} onClick={() => setConfirming(true)}>{t("practice.year.confirm")}</Act>
        )}
        {which === "year" && screen.yearDocument !== null && <span className="state-word is-good">{t("practice.year.confirmed", { document: screen.yearDocument })}</span>}
      </div>
      <Rows id={`practice-${which}`} list={list} rows={shown} />
      {confirming && <ConfirmYear title={inWords(screen.yearTitle)} close={() => setConfirming(false)} />}
    </>
  );
}

/** What keeps a list from being final, each in its own line. */
export function Notices({ list }: { list: PracticeListScreen }) {
  const { t } = useTranslation();
  const inWords = useInWords();
  const lines = [
    ...(list.held.length > 0 ? [t("practice.notice.held", { n: list.held.length })] : []),
    ...(list.lacks.length > 0 ? [t("practice.notice.lacks", { what: list.lacks.join(t("standing.comma")) })] : []),
    ...(list.waiting > 0 ? [t("practice.notice.waiting", { n: list.waiting })] : []),
    ...(list.differing.length > 0 ? [t("practice.notice.differing", { who: list.differing.map(inWords).join(t("standing.comma")) })] : []),
  ];
  if (lines.length === 0) return null;
  return <Alert type="warning" showIcon className="practice-notice" title={t("practice.notice.title")} description={<ul className="plain-list">{lines.map((line) => <li key={line}>{line}</li>)}</ul>} />;
}

/** The rows of a list of practice, its columns as the program names them. */
export function Rows({ id, list, rows }: { id: string; list: PracticeListScreen; rows: string[][] }) {
  const { t } = useTranslation();
  const inWords = useInWords();
  const columns: Column<string[]>[] = list.columns.map((key, at) => {
    const known = columnOf(key);
    return {
      key,
      number: NUMBERS.has(key),
      head: known === null ? list.headers[at] : t(`practice.column.${known}`),
      width: WIDTHS[key] ?? "minmax(90px, 1fr)",
      cell: (row) => <span className="figure">{row[at]}</span>,
      hint: (row) => row[at] ?? "",
    };
  });
  return <LongList id={id} label={inWords(list.title)} columns={columns} empty={list.rows.length === 0 ? <>{t("practice.empty")} <Button size="small" data-action="to-import" onClick={() => go("hq", "practice", { view: "import" })}>{t("practice.toImport")}</Button></> : t("roster.nobodyFits")} count={rows.length} rowAt={(at) => rows[at]} rowKey={(row, at) => `${at}/${row.join("/")}`} />;
}

export function SavePaper({ which, of, disabled }: { which: Which | "participation"; of: string; disabled: boolean }) {
  const { t } = useTranslation();
  const act = useAct();
  const { message } = App.useApp();
  const [saving, setSaving] = useState<"paper" | "workbook" | null>(null);
  const save = async (path: string) => {
    const work = saving === "workbook" ? commands.savePracticeWorkbook(path).then(() => true) : commands.savePracticePaper(which, of, path).then(() => true);
    const saved = await act(() => work);
    if (saved) void message.success(t("frame.saved", { path }));
    return saved === true;
  };
  const name = t(`practice.view.${which}`);
  return (
    <>
      <Button data-action="save-paper" disabled={disabled} onClick={() => setSaving("paper")}>{t("practice.save.paper")}</Button>
      <Button data-action="save-workbook" onClick={() => setSaving("workbook")}>{t("practice.save.workbook")}</Button>
      <SaveDialog title={t(saving === "workbook" ? "practice.save.workbook" : "practice.save.paper")} filters={saving === "workbook" ? XLSX : PDFS}
        proposed={saving === null ? null : saving === "workbook" ? `${t("practice.title")}.xlsx` : `${name}${of === "" ? "" : `-${of}`}.pdf`} save={save} close={() => setSaving(null)} />
    </>
  );
}

function ConfirmYear({ title, close }: { title: string; close: () => void }) {
  const { t } = useTranslation();
  const act = useAct();
  const [{ document }, put, spent] = useKept("practice-year", { document: "" });
  const confirm = async () => {
    if (document.trim() === "") return;
    const done = await act(() => commands.confirmPracticeYear(document.trim()).then(() => true), t("standing.awards.done"));
    if (done !== true) return;
    spent();
    close();
  };
  return (
    <Ask open title={t("standing.awards.confirmTitle", { title })} disabled={document.trim() === ""} onCancel={close} onOk={() => void confirm()}>
      <div className="asked">
        <p>{t("practice.year.what")}</p>
        <label htmlFor="year-document">{t("standing.awards.document")}</label>
        <Input id="year-document" autoFocus placeholder={t("standing.awards.documentHint")} value={document} onChange={(e) => put({ document: e.target.value })} onPressEnter={() => void confirm()} />
      </div>
    </Ask>
  );
}
