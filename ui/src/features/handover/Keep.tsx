import { App, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { RefusalNotice, Show, useAct, useScreen } from "../../frame/act";
import { Code, PathField } from "../../frame/parts";
import { useSession } from "../../frame/session";
import { siteWords } from "../../frame/words";
import { useWork } from "../../frame/work";
import { commands, EVENTS, type Health } from "../../platform";
import { FolderField } from "../packet/FolderField";
import { backupName } from "./carry";

/** A copy of the database, and whether the journal is whole. */
export function Keep() {
  return (
    <>
      <ByThemselves />
      <Backup />
      <Verify />
    </>
  );
}

function ByThemselves() {
  const { t } = useTranslation();
  const act = useAct();
  const places = useScreen(["backupPlaces"], commands.backupPlaces);
  const [folder, setFolder] = useState("");
  const choose = async () => {
    if (folder.trim() === "") return;
    await act(() => commands.setBackupFolder(folder.trim()), t("handover.auto.chosen"));
  };
  return (
    <section className="hand-form" aria-labelledby="hand-auto">
      <h2 id="hand-auto">{t("handover.auto.title")}</h2>
      <Show of={places}>
        {(now) => (
          <>
            <p>{t("handover.auto.hint", { folder: now.folder, stick: now.stickFolder })}</p>
            {now.own && <p className="hand-warn">{t("handover.auto.own")}</p>}
            {now.fault !== null && <RefusalNotice refusal={now.fault} />}
            {now.last.map((one) => <p key={one.file} className="hand-good" data-auto-backup={one.file}>{t("handover.auto.last", { at: one.at, file: one.file, count: one.entries })}</p>)}
          </>
        )}
      </Show>
      <div className="hand-line" data-field="backup-folder">
        <FolderField label={t("handover.auto.folder")} value={folder} onChange={setFolder} onEnter={() => void choose()} />
        <Button id="backup-folder" disabled={folder.trim() === ""} onClick={() => void choose()}>{t("handover.auto.choose")}</Button>
      </div>
    </section>
  );
}

function Backup() {
  const { t } = useTranslation();
  const session = useSession();
  const run = useWork();
  const { message } = App.useApp();
  const [to, setTo] = useState("");
  const [kept, setKept] = useState("");
  const backup = async () => {
    const path = to.trim();
    if (path === "") return;
    if ((await run((progress) => commands.backup(path, progress).then(() => true))) === undefined) return;
    setKept(path);
    void message.success(t("frame.saved", { path }));
  };
  return (
    <section className="hand-form" aria-labelledby="hand-backup">
      <h2 id="hand-backup">{t("handover.backup")}</h2>
      <p>{t("handover.backupHint")}</p>
      <div className="hand-line" data-field="backup-path">
        <PathField label={t("handover.backupTo")} kind="save" filters={EVENTS} proposed={backupName(session.title, session.now)} value={to} onChange={setTo} onEnter={() => void backup()} />
        <Button id="backup" disabled={to.trim() === ""} onClick={() => void backup()}>{t("handover.backupNow")}</Button>
      </div>
      {kept !== "" && <p id="backup-kept" role="status" className="hand-good">{t("frame.saved", { path: kept })}</p>}
    </section>
  );
}

function Verify() {
  const { t } = useTranslation();
  const run = useWork();
  const [health, setHealth] = useState<Health | null>(null);
  const verify = async () => setHealth((await run((progress) => commands.verifyJournal(progress))) ?? null);
  return (
    <section className="hand-form" aria-labelledby="hand-verify">
      <h2 id="hand-verify">{t("handover.verify")}</h2>
      <p>{t("handover.verifyHint")}</p>
      <div>
        <Button id="verify-journal" onClick={() => void verify()}>{t("handover.verifyNow")}</Button>
      </div>
      {health !== null && <HealthSays health={health} />}
    </section>
  );
}

/** Places that are named; the journal has them all. */
const FEW = 5;

function HealthSays({ health }: { health: Health }) {
  const { t } = useTranslation();
  const whole = health.faults.length === 0;
  return (
    <div id="journal-health" data-faults={health.faults.length} role="status">
      <p className={whole ? "hand-good" : "hand-warn"}>
        {whole ? t("handover.whole", { entries: health.entries }) : t("handover.faults", { entries: health.entries, faults: health.faults.length })}
      </p>
      {!whole && (
        <>
          <ul className="hand-says" id="journal-faults">
            {health.faults.map((fault) => <li key={fault}>{fault}</li>)}
          </ul>
          <p>{t("handover.faultsRemedy")}</p>
        </>
      )}
      <div className="hand-list" tabIndex={0} role="group" aria-label={t("handover.feeds")}>
        <table className="hand-table" id="journal-feeds">
          <thead>
            <tr>
              <th scope="col">{t("handover.column.device")}</th>
              <th scope="col">{t("handover.column.site")}</th>
              <th scope="col" className="number">{t("handover.column.entries")}</th>
              <th scope="col">{t("handover.checkCode")}</th>
            </tr>
          </thead>
          <tbody>
            {health.feeds.map((feed) => (
              <tr key={feed.device} data-device={feed.device}>
                <td className="figure">{feed.device}</td>
                <td>{siteWords(feed.site, t)}</td>
                <td className="number">{feed.seq}</td>
                <td className="figure"><b>{feed.checkCode}</b></td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {health.clockFell.length > 0 && (
        <p id="journal-clocks" data-count={health.clockFell.length}>
          {t("handover.clockFell", { count: health.clockFell.length, where: health.clockFell.slice(0, FEW).map((one) => t("handover.clockFellAt", one)).join(t("packet.comma")) })}
        </p>
      )}
      <p className="hand-hash">{t("handover.fingerprint")} <Code id="journal-fingerprint" code={health.fingerprint} /></p>
    </div>
  );
}
