import { Button, Input } from "antd";
import { useState, type ClipboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "../../frame/act";
import { Ask } from "../../frame/parts";
import { useInWords } from "../../language";
import { useKept } from "../../frame/typed";
import { commands, type AwardRow } from "../../platform";
import { asWinners, fault, fromSheet, type Typed } from "./winners";

type Documented = { document: string; setDocument: (document: string) => void; close: () => void };

function DocumentField({ document, setDocument, enter }: { document: string; setDocument: (document: string) => void; enter: () => void }) {
  const { t } = useTranslation();
  return (
    <>
      <label htmlFor="award-document">{t("standing.awards.document")}</label>
      <Input id="award-document" autoFocus placeholder={t("standing.awards.documentHint")} value={document} onChange={(e) => setDocument(e.target.value)} onPressEnter={enter} />
    </>
  );
}

/** One award with its document; one that people decide comes with its winners typed in. */
export function ConfirmAward({ award, document, setDocument, close }: { award: AwardRow } & Documented) {
  const { t } = useTranslation();
  const inWords = useInWords();
  const act = useAct();
  const [empty] = useState(() => ({ winners: award.winners.length > 0 ? award.winners.map(({ name, winner, masked }): Typed => ({ name, winner, masked: masked ?? null, kept: true })) : [{ name: "", winner: "" }] }));
  const [{ winners: typed }, put, spent] = useKept<{ winners: Typed[] }>(`award/${award.id}`, empty);
  const wrong = award.byPeople ? fault(typed) : null;
  const ready = document.trim() !== "" && wrong === null;
  const confirm = async () => {
    if (!ready) return;
    const winners = award.byPeople ? asWinners(typed) : award.winners;
    if ((await act(() => commands.confirmAward(award.id, document.trim(), winners), t("standing.awards.done"))) === undefined) return;
    spent();
    close();
  };
  return (
    <Ask open wide={award.byPeople} title={t("standing.awards.confirmTitle", { title: inWords(award.title) })} disabled={!ready} onCancel={close} onOk={() => void confirm()}>
      <div className="asked">
        <p>{award.document === null ? t("standing.awards.confirmWhat") : t("standing.awards.againWhat", { document: award.document })}</p>
        {award.byPeople ? <TypedWinners rows={typed} onChange={(winners) => put({ winners })} /> : <ul className="plain-list">{award.winners.map((one) => <li key={one.winner}>{one.name}</li>)}</ul>}
        {wrong !== null && <p className="wrong" role="status">{t(`standing.awards.fault.${wrong}`)}</p>}
        <DocumentField document={document} setDocument={setDocument} enter={() => void confirm()} />
      </div>
    </Ask>
  );
}

function TypedWinners({ rows, onChange }: { rows: Typed[]; onChange: (rows: Typed[]) => void }) {
  const { t } = useTranslation();
  const put = (at: number, change: Partial<Typed>) => onChange(rows.map((row, n) => (n === at ? { ...row, ...change } : row)));
  const paste = (at: number) => (event: ClipboardEvent) => {
    const pasted = fromSheet(event.clipboardData.getData("text/plain"));
    if (pasted === null || rows[at]?.kept === true) return;
    event.preventDefault();
    onChange([...rows.slice(0, at), ...pasted, ...rows.slice(at + 1)]);
  };
  return (
    <div className="asked">
      <p className="soft">{t("standing.awards.typeHint")}</p>
      {rows.map((row, at) => (
        <div key={at} className="typed">
          <Input data-winner-name={at} aria-label={t("standing.awards.rowName", { n: at + 1 })} placeholder={t("standing.awards.who")} value={row.name} readOnly={row.kept === true} onPaste={paste(at)} onChange={(e) => put(at, { name: e.target.value })} />
          <Input data-winner-id={at} aria-label={t("standing.awards.rowWinner", { n: at + 1 })} placeholder={t("standing.awards.winner")} value={row.kept === true ? (row.masked ?? row.winner) : row.winner} readOnly={row.kept === true} spellCheck={false} onChange={(e) => put(at, { winner: e.target.value })} />
          <Button aria-label={t("standing.awards.remove", { n: at + 1 })} disabled={rows.length === 1 && row.kept !== true} onClick={() => onChange(rows.length === 1 ? [{ name: "", winner: "" }] : rows.filter((_, n) => n !== at))}>{t("standing.awards.removeShort")}</Button>
        </div>
      ))}
      <div><Button data-action="add-winner" onClick={() => onChange([...rows, { name: "", winner: "" }])}>{t("standing.awards.add")}</Button></div>
    </div>
  );
}

/** All that follow from standings under one number: one act, done whole or refused whole. */
export function ConfirmAll({ awards, document, setDocument, close }: { awards: AwardRow[] } & Documented) {
  const { t } = useTranslation();
  const inWords = useInWords();
  const act = useAct();
  // Those confirmed leave the list while the work goes on; the dialog keeps what was asked.
  const [asked] = useState(awards);
  const confirm = async () => {
    if (document.trim() === "") return;
    const ids = asked.map((award) => award.id);
    if ((await act(() => commands.confirmAwards(ids, document.trim()), t("standing.awards.doneMany", { n: ids.length }))) !== undefined) close();
  };
  return (
    <Ask open title={t("standing.awards.confirmAllTitle", { n: asked.length })} disabled={document.trim() === ""} onCancel={close} onOk={() => void confirm()}>
      <div className="asked">
        <p>{t("standing.awards.confirmAllWhat")}</p>
        <ul className="plain-list">
          {asked.map((award) => (
            <li key={award.id}>{t("standing.awards.whoWins", { award: inWords(award.title), names: award.winners.map((one) => one.name).join(t("standing.comma")) })}</li>
          ))}
        </ul>
        <p className="soft">{t("standing.awards.confirmAllNot")}</p>
        <DocumentField document={document} setDocument={setDocument} enter={() => void confirm()} />
      </div>
    </Ask>
  );
}
