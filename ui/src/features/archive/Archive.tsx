import { Alert, App, Button, Checkbox, Descriptions, Input, Table, Tabs } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Show, useAct, useScreen } from "../../frame/act";
import { Act } from "../../frame/may";
import { Page, PathField } from "../../frame/parts";
import { go, usePlace } from "../../frame/place";
import { useSession } from "../../frame/session";
import { useWork } from "../../frame/work";
import { useInWords } from "../../language";
import { commands, EVENTS, PACKETS, PDFS, type ClosingScreen } from "../../platform";
import { SaveKey } from "../handover/SaveKey";
import { NewPin } from "../operators/Door";
import { alike } from "../operators/pin";
import { wanted } from "../papers/kinds";
import { inFolder } from "../roster/roster";
import { shown } from "../standing/boxes";
import "../practice/practice.css";
import "../operators/operators.css";
import "../standing/standing.css";
import "./archive.css";

const KEYS = [{ name: "age", extensions: ["age", "key", "txt"] }];
const ROOTS = [{ name: "pub", extensions: ["pub", "txt"] }];
const NAMES = ["report", "archive", "delete", "figures"] as const;

/** After the event: the closing report, the archive for the records office, the deletion of personal data. */
export function Archive() {
  const { t } = useTranslation();
  const screen = useScreen(["closing"], commands.closing);
  return <Page title={t("archive.title")}><Show of={screen}>{(now) => <Views screen={now} />}</Show></Page>;
}

function Views({ screen }: { screen: ClosingScreen }) {
  const { t } = useTranslation();
  const { about } = usePlace();
  // Of what is left after a deletion there is nothing to report, archive or delete any more.
  const views = screen.closed === null ? NAMES : (["figures"] as const);
  const view = views.find((name) => name === about["view"]) ?? views[0];
  const pages = { report: <Report />, archive: <Pack screen={screen} />, delete: <Delete screen={screen} />, figures: <Figures screen={screen} /> };
  return (
    <Tabs className="views" activeKey={view} onChange={(key) => go("hq", "archive", { view: key })} destroyOnHidden
      items={views.map((key) => ({ key, label: <span data-view={key}>{t(`archive.view.${key}`)}</span>, children: <div className="view">{pages[key]}</div> }))} />
  );
}

function Report() {
  const { t } = useTranslation();
  const { folder } = useSession();
  const { message } = App.useApp();
  const run = useWork();
  const [out, setOut] = useState(inFolder(folder, t("archive.report.file")));
  const save = async () => {
    if (out.trim() === "") return;
    const done = await run((progress) => commands.savePaper(wanted("closing-report", "", ""), out.trim(), progress).then(() => true));
    if (done !== undefined) void message.success(t("archive.report.saved", { path: out.trim() }));
  };
  return (
    <>
      <p className="soft">{t("archive.report.lead")}</p>
      <div className="row">
        <PathField label={t("frame.file")} kind="save" filters={PDFS} proposed={t("archive.report.file")} value={out} onChange={setOut} onEnter={() => void save()} />
        <Button id="closing-report" type="primary" disabled={out.trim() === ""} onClick={() => void save()}>{t("archive.report.save")}</Button>
      </div>
    </>
  );
}

function Pack({ screen }: { screen: ClosingScreen }) {
  const { t } = useTranslation();
  const { folder } = useSession();
  const { message } = App.useApp();
  const run = useWork();
  const [into, setInto] = useState(folder);
  const make = async () => {
    const path = await run((progress) => commands.makeArchive(into.trim(), progress));
    if (path !== undefined) void message.success(t("archive.make.made", { path }));
  };
  return (
    <>
      {!screen.archive && (
        <>
          <section className="sheet" aria-labelledby="archive-make-head">
            <h2 id="archive-make-head">{t("archive.make.title")}</h2>
            <p className="soft">{t("archive.make.lead")}</p>
            <div className="row">
              <PathField label={t("archive.make.folder")} kind="folder" value={into} onChange={setInto} onEnter={() => void make()} />
              <Act does="makeArchive" id="archive-make" type="primary" disabled={into.trim() === ""} onClick={() => void make()}>{t("archive.make.act")}</Act>
            </div>
          </section>
          <p className="soft">{t("archive.key.lead")}</p>
          <SaveKey kind="archive" />
        </>
      )}
      <OpenOne />
    </>
  );
}

/** An archive into a database that is read only: under the reader's PIN, or for anybody to read where that is said. */
function OpenOne() {
  const { t } = useTranslation();
  const { operator } = useSession();
  const act = useAct();
  const [file, setFile] = useState("");
  const [opener, setOpener] = useState("");
  const [words, setWords] = useState("");
  const [root, setRoot] = useState("");
  const [db, setDb] = useState("");
  const { modal } = App.useApp();
  const [name, setName] = useState(operator ?? "");
  const [pin, setPin] = useState("");
  const [again, setAgain] = useState("");
  const [plain, setPlain] = useState(false);
  const ready = file.trim() !== "" && opener.trim() !== "" && db.trim() !== "" && (plain || (name.trim() !== "" && alike(pin, again)));
  const open = async () => {
    if (!ready) return;
    const who = plain ? null : { operator: name.trim(), pin };
    const opened = await act(() => commands.openArchive(file.trim(), { file: opener.trim(), words: words.trim(), root: root.trim() }, db.trim(), who, plain), t("archive.open.done"));
    if (opened === undefined) return;
    go("overview");
    if (!opened.rootKnown)
      modal.info({
        title: t("archive.open.rootTitle"),
        okText: t("frame.ok"),
        content: (
          <div data-dialog="archive-root">
            <p>{t("archive.open.rootUnknown")}</p>
            <p className="figure" id="root-code">{opened.rootCode}</p>
          </div>
        ),
      });
  };
  return (
    <section className="sheet" aria-labelledby="archive-open-head">
      <h2 id="archive-open-head">{t("archive.open.title")}</h2>
      <p className="soft">{t("archive.open.lead")}</p>
      <div className="archive-files">
        <PathField label={t("archive.open.file")} kind="open" filters={PACKETS} value={file} onChange={setFile} />
        <PathField label={t("archive.open.key")} kind="open" filters={KEYS} value={opener} onChange={setOpener} />
        <PathField label={t("archive.open.root")} kind="open" filters={ROOTS} value={root} onChange={setRoot} />
        <PathField label={t("archive.open.db")} kind="save" filters={EVENTS} proposed="archive.kaowu-db" value={db} onChange={setDb} />
      </div>
      <div className="gate-form">
        <label htmlFor="archive-words">{t("archive.open.words")}</label>
        <Input id="archive-words" value={words} onChange={(e) => setWords(e.target.value)} spellCheck={false} autoComplete="off" />
        {!plain && (
          <>
            <label htmlFor="archive-reader">{t("archive.open.reader")}</label>
            <Input id="archive-reader" value={name} onChange={(e) => setName(e.target.value)} />
            <NewPin id="archive-pin" pin={pin} again={again} setPin={setPin} setAgain={setAgain} enter={() => void open()} />
          </>
        )}
        <Checkbox id="archive-plain" className="gate-wide" checked={plain} onChange={(e) => setPlain(e.target.checked)}>{t("archive.open.plain")}</Checkbox>
        <div className="gate-wide row">
          <Button id="archive-open" disabled={!ready} onClick={() => void open()}>{t("archive.open.act")}</Button>
        </div>
      </div>
    </section>
  );
}

function Delete({ screen }: { screen: ClosingScreen }) {
  const { t } = useTranslation();
  const { folder } = useSession();
  const { modal } = App.useApp();
  const act = useAct();
  const [second, setSecond] = useState("");
  const [document, setDocument] = useState("");
  const [certificate, setCertificate] = useState(inFolder(folder, t("archive.delete.file")));
  const ready = screen.mayDelete && !screen.archive && second.trim() !== "" && document.trim() !== "" && certificate.trim() !== "";
  const state = screen.keptUntil === null ? t("archive.delete.noPlan") : t(screen.mayDelete ? "archive.delete.due" : "archive.delete.kept", { until: screen.keptUntil });
  const ask = () =>
    modal.confirm({
      title: t("archive.delete.sureTitle"),
      content: t("archive.delete.sure"),
      okText: t("archive.delete.act"),
      cancelText: t("frame.cancel"),
      focusable: { autoFocusButton: "cancel" },
      okButtonProps: { danger: true, id: "delete-sure" },
      onOk: () => void act(() => commands.deletePersonal(second.trim(), document.trim(), certificate.trim()), t("archive.delete.done", { path: certificate.trim() })),
    });
  return (
    <>
      <p className="soft">{t("archive.delete.lead")}</p>
      <Alert type={screen.mayDelete ? "warning" : "info"} showIcon id="retention" data-due={screen.mayDelete} title={state} description={t("archive.delete.elsewhere")} />
      <div className="sheet save-form archive-delete">
        <label htmlFor="delete-second">{t("archive.delete.second")}</label>
        <Input id="delete-second" disabled={!screen.mayDelete} value={second} onChange={(e) => setSecond(e.target.value)} />
        <label htmlFor="delete-document">{t("archive.delete.document")}</label>
        <Input id="delete-document" disabled={!screen.mayDelete} value={document} onChange={(e) => setDocument(e.target.value)} />
        <PathField label={t("archive.delete.certificate")} kind="save" filters={PDFS} proposed={t("archive.delete.file")} disabled={!screen.mayDelete} value={certificate} onChange={setCertificate} />
        <div className="row">
          <Act does="deletePersonal" id="delete-personal" danger disabled={!ready} onClick={ask}>{t("archive.delete.act")}</Act>
        </div>
      </div>
    </>
  );
}

function Figures({ screen }: { screen: ClosingScreen }) {
  const { t } = useTranslation();
  const inWords = useInWords();
  const number = { className: "number", width: 100 };
  const { closed } = screen;
  return (
    <>
      {closed !== null && (
        <Descriptions id="closed" size="small" bordered column={2} items={[
          { key: "by", label: t("archive.closed.by"), children: closed.by.join(t("standing.comma")) },
          { key: "document", label: t("archive.closed.document"), children: closed.document },
          { key: "at", label: t("archive.closed.at"), children: closed.at },
          { key: "entries", label: t("archive.closed.entries"), children: t("archive.closed.entriesOf", { n: closed.entries }) },
        ]} />
      )}
      {screen.parts.length === 0 && <p className="soft">{t("archive.figures.none")}</p>}
      {screen.parts.map((part) => (
        <section key={part.title.zh} aria-label={inWords(part.title)}>
          <h2>{t("archive.figures.turnout", { title: inWords(part.title) })}</h2>
          <Table size="small" pagination={{ pageSize: 15, hideOnSinglePage: true, showSizeChanger: false }} rowKey="unit" dataSource={part.units} columns={[
            { title: t("archive.figures.unit"), dataIndex: "unit", rowScope: "row" },
            { title: t("archive.figures.expected"), dataIndex: "expected", ...number },
            { title: t("archive.figures.present"), dataIndex: "present", ...number },
            { title: t("archive.figures.absent"), dataIndex: "absent", ...number },
            { title: t("archive.figures.void"), dataIndex: "void", ...number },
          ]} />
          {part.spreads.length > 0 && (
            <>
              <h2>{t("archive.figures.spread", { title: inWords(part.title) })}</h2>
              <Table className="spread-table" size="small" pagination={false} rowKey="unit" dataSource={part.spreads} columns={[
                { title: t("archive.figures.unit"), dataIndex: "unit", rowScope: "row", width: 200 },
                { title: t("standing.spread.people"), dataIndex: "n", ...number },
                ...(["min", "q1", "median", "q3", "max"] as const).map((key) => ({ title: t(`standing.spread.${key}`), dataIndex: key, ...number, render: (value: number | null) => (value === null ? "" : shown(value)) })),
              ]} />
            </>
          )}
        </section>
      ))}
      {screen.lists.map((list) => (
        <section key={list.title.zh} aria-label={inWords(list.title)}>
          <h2>{t("archive.figures.anonymous", { title: inWords(list.title) })}</h2>
          <Table size="small" pagination={{ pageSize: 15, hideOnSinglePage: true, showSizeChanger: false }} rowKey={(row) => `${row.rank}/${row.unit}/${row.total}`} dataSource={list.rows} columns={[
            { title: t("archive.figures.rank"), dataIndex: "rank", ...number },
            { title: t("archive.figures.unit"), dataIndex: "unit" },
            { title: t("archive.figures.total"), dataIndex: "total", ...number },
          ]} />
        </section>
      ))}
    </>
  );
}
