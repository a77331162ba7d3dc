import { App, Button } from "antd";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Show, useAct, useScreen } from "../../frame/act";
import { Act } from "../../frame/may";
import { Ask, Page, ToEntries } from "../../frame/parts";
import { go } from "../../frame/place";
import { useSession } from "../../frame/session";
import { useWork } from "../../frame/work";
import { inWords } from "../../language";
import { commands, PACKETS, type BoardRow, type MergedRow } from "../../platform";
import { useWordsOnce } from "../operators/Protect";
import { FilesField } from "../roster/FilesField";
import { fileName, pathsIn } from "../roster/roster";
import { Conflicts } from "./Conflicts";
import { FolderField } from "./FolderField";
import { countStates, inOrder, outcome, STATES } from "./packet";
import "./packet.css";

const REFRESH = 10_000;
const TINT = { missing: "calm", late: "warn", conflicting: "bad", merged: "good", incomplete: "bad", forked: "bad" } as const;
type Opened = { file: string; merged: MergedRow | null };

/** What has come back from the sites, and what is still awaited. */
export function Board() {
  const { t } = useTranslation();
  const run = useWork();
  const [queue, setQueue] = useState("");
  const [busy, setBusy] = useState(false);
  const [opened, setOpened] = useState<Opened[]>([]);
  const board = useScreen(["board"], commands.board);
  const conflicts = useScreen(["conflicts"], commands.conflicts);
  const { refetch: readBoard } = board;
  const { refetch: readConflicts } = conflicts;
  useEffect(() => {
    const timer = setInterval(() => void Promise.all([readBoard(), readConflicts()]), REFRESH);
    return () => clearInterval(timer);
  }, [readBoard, readConflicts]);
  const waiting = pathsIn(queue);
  const merge = async () => {
    if (busy || waiting.length === 0) return;
    setBusy(true);
    const done: Opened[] = [];
    for (const file of waiting) {
      done.push({ file, merged: (await run((progress) => commands.mergeHandover(file, progress))) ?? null });
    }
    // What was refused stays in the field, to be tried again.
    setQueue(done.filter((one) => one.merged === null).map((one) => one.file).join("\n"));
    setOpened(done);
    setBusy(false);
  };
  return (
    <Page title={t("packet.board.title")}>
      <FilesField id="handover-paths" label={t("packet.board.files")} hint={t("packet.board.filesHint")} filters={PACKETS} value={queue} onChange={setQueue} onEnter={() => void merge()}>
        <Act does="mergeHandover" id="merge-handovers" type="primary" loading={busy} disabled={waiting.length === 0} onClick={() => void merge()}>
          {t("packet.board.merge")}
        </Act>
      </FilesField>
      {opened.length > 0 && <Results rows={opened} />}
      <Show of={board}>{(rows) => <Posts rows={inOrder(rows)} />}</Show>
      <Show of={conflicts}>{(rows) => <Conflicts rows={rows} />}</Show>
    </Page>
  );
}

function Results({ rows }: { rows: Opened[] }) {
  const { t, i18n } = useTranslation();
  return (
    <div id="merge-results" role="status">
      <ul className="merge-results">
        {rows.map(({ file, merged }, at) => (
          <li key={at} data-post={merged?.post ?? ""} data-outcome={merged === null ? "refused" : outcome(merged)}>
            <p>
              <span className={`state-word is-${merged === null ? "bad" : outcome(merged) === "new" ? "good" : "calm"}`}>{t(`packet.outcome.${merged === null ? "refused" : outcome(merged)}`)}</span>{" "}
              <strong>{fileName(file)}</strong>{" "}
              {merged === null ? t("packet.board.refused") : t("packet.board.result", { post: inWords(merged.of, i18n.language), added: merged.added, known: merged.known, seq: merged.seq, code: merged.checkCode })}
            </p>
            {merged !== null && merged.notes.map((note, n) => <p key={n}>{inWords(note, i18n.language)}</p>)}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Posts({ rows }: { rows: BoardRow[] }) {
  const { t, i18n } = useTranslation();
  const [receipt, setReceipt] = useState<BoardRow | null>(null);
  const counts = countStates(rows);
  return (
    <section aria-labelledby="board-head" className="merge-board">
      <h2 id="board-head">{t("packet.board.posts", { count: rows.length })}</h2>
      <dl className="board-states" id="board-counts">
        {STATES.map((state) => (
          <div key={state} data-state={state} data-value={counts[state]}>
            <dt><span className={`state-word is-${counts[state] === 0 ? "calm" : TINT[state]}`}>{t(`packet.states.${state}`)}</span></dt>
            <dd>{counts[state]}</dd>
          </div>
        ))}
      </dl>
      {rows.length === 0 ? (
        <p className="row centred-row">
          <span className="soft">{t("packet.board.none")}</span>
          <Button data-action="to-packets" onClick={() => go("hq", "packet")}>{t("packet.board.toPackets")}</Button>
        </p>
      ) : (
        <table className="plain-table" id="board">
          <thead>
            <tr>
              <th scope="col">{t("packet.state")}</th>
              <th scope="col">{t("frame.site")}</th>
              <th scope="col">{t("packet.post")}</th>
              <th scope="col" className="number">{t("packet.people")}</th>
              <th scope="col">{t("packet.board.devices")}</th>
              <th scope="col">{t("packet.board.receipt")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.post} data-post={row.post} data-state={row.state}>
                <td><span className={`state-word is-${TINT[row.state]}`} title={t(`packet.stateMeans.${row.state}`)}>{t(`packet.states.${row.state}`)}</span></td>
                <td>{row.siteName}</td>
                <td>{inWords(row.of, i18n.language)}</td>
                <td className="number">{row.people}</td>
                <td>
                  {row.devices.length === 0 && "—"}
                  {row.devices.map((one) => (
                    <div key={one.device} data-device={one.device} data-superseded={one.goesOnAs !== null}>
                      {t("packet.board.device", { device: one.device, seq: one.seq, code: one.checkCode })}
                      {one.goesOnAs !== null && <span className="soft"> {t("packet.board.goesOn", { device: one.goesOnAs })}</span>}
                    </div>
                  ))}
                  {row.strangers.length > 0 && <div data-strangers><span className="state-word is-bad">{t("packet.board.strangers")}</span> {row.strangers.join(t("standing.comma"))}</div>}
                  {row.state !== "merged" && row.state !== "missing" && <div className="soft">{t(`packet.stateMeans.${row.state}`)}</div>}
                </td>
                <td>
                  <Act does="writeReceipt" size="small" data-action="receipt" data-post={row.post} disabled={row.devices.length === 0} aria-label={t("packet.board.receiptOf", { site: row.siteName })} onClick={() => setReceipt(row)}>
                    {t("packet.board.write")}
                  </Act>
                  <TellRecovery row={row} />
                  {row.devices.length > 0 && <ToEntries kind="handover.merged" text={row.post} of={row.siteName} />}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <ReceiptDialog row={receipt} close={() => setReceipt(null)} />
    </section>
  );
}

/** For a site head who has forgotten the PIN: words that headquarters keeps, told on the telephone. */
function TellRecovery({ row }: { row: BoardRow }) {
  const { t } = useTranslation();
  const act = useAct();
  const { modal } = App.useApp();
  const session = useSession();
  const show = useWordsOnce();
  if (!session.protected || !session.may.includes("recovery.told")) return null;
  const site = row.siteName;
  const tell = async () => {
    const words = await act(() => commands.tellRecovery(row.post));
    if (words !== undefined) show(words, { title: t("operators.tellTitle", { site }), hint: t("operators.tellHint"), ok: t("frame.ok") });
  };
  const ask = () =>
    modal.confirm({
      title: t("operators.tellOf", { site }),
      content: t("operators.tellAsk"),
      okText: t("operators.tell"),
      okButtonProps: { id: "tell-sure" },
      cancelText: t("frame.cancel"),
      focusable: { autoFocusButton: "cancel" },
      onOk: () => void tell(),
    });
  return (
    <Act does="tellRecovery" size="small" type="link" data-action="tell-recovery" data-post={row.post} aria-label={t("operators.tellOf", { site })} onClick={ask}>
      {t("operators.tell")}
    </Act>
  );
}

function ReceiptDialog({ row, close }: { row: BoardRow | null; close: () => void }) {
  const { t } = useTranslation();
  const act = useAct();
  const { folder: home } = useSession();
  const [folder, setFolder] = useState(home);
  const [written, setWritten] = useState<{ post: string; site: string; path: string } | null>(null);
  const form = useRef<HTMLDivElement>(null);
  const open = row !== null;
  useEffect(() => {
    const timer = open ? setTimeout(() => form.current?.querySelector<HTMLElement>(".path-field input")?.focus(), 60) : undefined;
    return () => clearTimeout(timer);
  }, [open]);
  const write = async () => {
    if (row === null || folder.trim() === "") return;
    const path = await act(() => commands.writeReceipt(row.post, folder.trim()));
    if (path === undefined) return;
    setWritten({ post: row.post, site: row.siteName, path });
    close();
  };
  return (
    <>
      {written !== null && <p role="status" id="receipt-written" data-post={written.post}>{t("packet.board.written", { post: written.site, path: written.path })}</p>}
      <Ask open={open} title={t("packet.board.receiptOf", { site: row?.siteName ?? "" })} onOk={() => void write()} onCancel={close} disabled={folder.trim() === ""}>
        <div ref={form} className="save-form" data-field="receipt-folder">
          <p>{t("packet.board.receiptHint")}</p>
          <FolderField label={t("frame.folder")} value={folder} onChange={setFolder} onEnter={() => setTimeout(write)} />
        </div>
      </Ask>
    </>
  );
}
