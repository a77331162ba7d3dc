import { Alert, Button, Input, Spin } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Show, useAct, useRefusalWords, useScreen } from "../../frame/act";
import { asBegun } from "../../frame/begun";
import type { Keeper } from "../../frame/keeper";
import { Act, MayNot } from "../../frame/may";
import { Ask, PathField, ToEntries } from "../../frame/parts";
import { useSession } from "../../frame/session";
import { useTyped, WHOLE } from "../../frame/typed";
import { useWork } from "../../frame/work";
import { commands, PDFS, type RecordView, type RoomRecord, type Signed } from "../../platform";
import { wanted } from "../papers/kinds";
import { timeOf } from "./door";
import { usePaused } from "./hooks";
import { asText, complaints, PAPERS, proposed, readRecord, refilled, sameRecord, typedOver, unread, type Count, type RecordText } from "./recordText";
import type { RoomPlace } from "./Room";

/** The record of a room: what does not add up stands beside while it is typed. */
export function Record({ place }: { place: RoomPlace }) {
  const { stage, part, site, room } = place;
  const view = useScreen(["room-record", stage, part, site, room], () => commands.roomRecord(stage, part, site, room));
  const { path, operator } = useSession();
  const { begun, keeper } = useTyped(path, operator, { form: "record", stage, part, site, room });
  return <Show of={view}>{(now) => (begun === undefined ? <Spin /> : <Sheet key={operator ?? ""} place={place} view={now} begun={begun.get(WHOLE)} keeper={keeper} />)}</Show>;
}

const PEOPLE: Count[] = ["expected", "present", "absent", "incidents"];

function Sheet({ place, view, begun, keeper }: { place: RoomPlace; view: RecordView; begun: string | undefined; keeper: Keeper }) {
  const { t } = useTranslation();
  const act = useAct();
  const standing = view.kept === null ? proposed(view) : asText(view.kept);
  const [typed, setTyped] = useState<Partial<RecordText>>(() => typedOver(standing, asBegun(standing, begun)));
  const [asked, setAsked] = useState<"sign" | "pdf" | null>(null);
  const [tried, setTried] = useState(false);
  const [left, setLeft] = useState<ReadonlySet<Count>>(new Set());
  const text = { ...standing, ...typed };
  const wrong = complaints(text, { tried, left, papersKnown: view.papersKnown });
  const record = readRecord(text);
  const unsaved = view.kept === null || record === null || !sameRecord(record, view.kept);
  const edit = (now: RecordText) => {
    const over = typedOver(standing, now);
    keeper.keep(WHOLE, Object.keys(over).length === 0 ? "" : JSON.stringify(over));
    setTyped(over);
  };
  const set = (change: Partial<RecordText>) => edit({ ...text, ...change });
  const save = async () => {
    if (record === null) {
      setTried(true);
      document.getElementById(`record-${unread(text)[0]}`)?.focus();
      return;
    }
    const { stage, part, site, room } = place;
    await keeper.settled(WHOLE);
    if ((await act(() => commands.recordRoom(stage, part, site, room, record), t("room.recordSaved"))) === undefined) return;
    setTyped({});
    setTried(false);
    setLeft(new Set());
  };
  const count = (name: Count) => (
    <div className="field" key={name}>
      <label htmlFor={`record-${name}`}>{t(`room.recordOf.${name}`)}</label>
      <Input
        id={`record-${name}`}
        className="figure"
        inputMode="numeric"
        status={wrong.includes(name) ? "error" : ""}
        aria-invalid={wrong.includes(name)}
        value={text[name]}
        onChange={(e) => set({ [name]: e.target.value })}
        onBlur={() => setLeft((before) => new Set([...before, name]))}
      />
    </div>
  );
  return (
    <div className="record">
      <form
        className="sheet record-form"
        aria-label={t("room.view.record")}
        onSubmit={(e) => {
          e.preventDefault();
          void save();
        }}
      >
        <MayNot does="recordRoom" />
        <h2>{t("room.recordPeople")}</h2>
        <div className="figures">{PEOPLE.map(count)}</div>
        <div className="field">
          <label htmlFor="record-absentNumbers">{t("room.recordOf.absentNumbers")}</label>
          <Input.TextArea id="record-absentNumbers" className="figure" rows={3} value={text.absentNumbers} onChange={(e) => set({ absentNumbers: e.target.value })} />
        </div>
        <h2>{t("room.recordPapers")}</h2>
        {!view.papersKnown && <p className="soft" id="record-papers-later">{t("room.papersLater")}</p>}
        <div className="figures">{PAPERS.map(count)}</div>
        <h2>{t("room.recordInvigilators")}</h2>
        <div className="pair">
          {(["first", "second"] as const).map((which) => (
            <div className="field" key={which}>
              <label htmlFor={`record-${which}`}>{t(which === "first" ? "room.invigilatorOne" : "room.invigilatorTwo")}</label>
              <Input id={`record-${which}`} value={text[which]} onChange={(e) => set({ [which]: e.target.value })} />
            </div>
          ))}
        </div>
        <div className="row centred">
          <Act does="recordRoom" id="record-save" type="primary" htmlType="submit">
            {t("room.recordSave")}
          </Act>
          <Button id="record-fill" onClick={() => edit(refilled(text, view))}>
            {t("room.recordFill")}
          </Button>
          <strong id="record-state" data-unsaved={unsaved} className={!unsaved ? "good" : view.kept === null && !tried ? "soft" : "bad"}>
            {t(unsaved ? (view.kept === null ? "room.recordNever" : "room.recordUnsaved") : "room.recordKept")}
          </strong>
          {Object.keys(typed).length > 0 && unsaved && <span className="soft" id="record-typed">{t("room.typedKept")}</span>}
          <ToEntries text={`${place.stage}/${place.part}/${place.site}/${place.room}`} of={t("room.view.record")} />
        </div>
      </form>
      <div className="record-side">
        {(record !== null || wrong.length > 0) && <Faults place={place} wrong={wrong} record={record} />}
        <SignedOff signed={view.signed} />
        <div className="row centred">
          <Act does="signOff" id="sign-off" disabled={unsaved} onClick={() => setAsked("sign")}>
            {t(view.signed === null ? "room.signOff" : "room.signAgain")}
          </Act>
          <Button id="record-pdf" onClick={() => setAsked("pdf")}>
            {t("room.recordPdf")}
          </Button>
        </div>
        {unsaved && <p className="soft">{t("room.saveFirst")}</p>}
      </div>
      <SignOff open={asked === "sign"} close={() => setAsked(null)} place={place} />
      <SavePdf open={asked === "pdf"} close={() => setAsked(null)} place={place} />
    </div>
  );
}

/** What does not add up, or cannot be read; nothing while counts are still to come. */
function Faults({ place, wrong, record }: { place: RoomPlace; wrong: Count[]; record: RoomRecord | null }) {
  const { t } = useTranslation();
  const words = useRefusalWords();
  const { stage, part, site, room } = place;
  const asked = usePaused(JSON.stringify(record), 200);
  const faults = useScreen(
    ["check-record", stage, part, site, room, asked],
    async () => {
      const typed: RoomRecord | null = JSON.parse(asked);
      return typed === null ? [] : commands.checkRecord(stage, part, site, room, typed);
    },
    asked !== "null",
  );
  return (
    <section className="sheet faults" aria-labelledby="record-faults-head" aria-live="polite">
      <h2 id="record-faults-head">{t("room.faultsTitle")}</h2>
      {record === null ? (
        <ul id="record-faults" data-faults={wrong.length}>
          {wrong.map((name) => (
            <li key={name} className="fault">
              <p>{t("room.unread", { what: t(`room.recordOf.${name}`) })}</p>
            </li>
          ))}
        </ul>
      ) : (
        <Show of={faults}>
          {(all) =>
            all.length === 0 ? (
              <p id="record-faults" data-faults={0} className="good">
                {t("room.noFaults")}
              </p>
            ) : (
              <ul id="record-faults" data-faults={all.length} tabIndex={0} aria-labelledby="record-faults-head">
                {all.map((fault, at) => (
                  <li key={at} className="fault" data-code={fault.code}>
                    <p>{words(fault).what}</p>
                    <p className="soft">{words(fault).remedy}</p>
                  </li>
                ))}
              </ul>
            )
          }
        </Show>
      )}
    </section>
  );
}

function SignedOff({ signed }: { signed: Signed | null }) {
  const { t } = useTranslation();
  if (signed === null) return null;
  return (
    <section className="sheet signed" aria-labelledby="signed-head">
      <h2 id="signed-head">{t("room.signedTitle")}</h2>
      <p id="room-check-code" className="check-code figure">
        {signed.checkCode}
      </p>
      <p>{t("room.signedBy", { names: signed.signers.join(t("room.comma")), at: timeOf(signed.at) })}</p>
      <p className="soft">{t("room.checkCodeHint")}</p>
    </section>
  );
}

function SignOff({ open, close, place }: { open: boolean; close: () => void; place: RoomPlace }) {
  const { t } = useTranslation();
  const act = useAct();
  const [names, setNames] = useState(["", ""]);
  const sign = async () => {
    close();
    const { stage, part, site, room } = place;
    const signers = names.map((name) => name.trim()).filter((name) => name !== "");
    if ((await act(() => commands.signOff(stage, part, site, room, signers), t("room.signedNow"))) !== undefined) setNames(["", ""]);
  };
  return (
    <Ask open={open} title={t("room.signOff")} onOk={() => void sign()} onCancel={close} disabled={names.every((name) => name.trim() === "")}>
      <Alert type="info" title={t("room.signHint")} />
      {names.map((name, at) => (
        <div className="field" key={at}>
          <label htmlFor={`signer-${at + 1}`}>{t("room.signer", { n: at + 1 })}</label>
          <Input id={`signer-${at + 1}`} autoFocus={at === 0} value={name} onChange={(e) => setNames(names.map((old, n) => (n === at ? e.target.value : old)))} />
        </div>
      ))}
    </Ask>
  );
}

function SavePdf({ open, close, place }: { open: boolean; close: () => void; place: RoomPlace }) {
  const { t } = useTranslation();
  const run = useWork();
  const [path, setPath] = useState("");
  const save = async () => {
    if (path.trim() === "") return;
    close();
    await run((progress) => commands.savePaper(wanted("room-record", place.stage, place.part, place.site), path.trim(), progress), t("frame.saved", { path: path.trim() }));
  };
  return (
    <Ask open={open} title={t("room.recordPdf")} onOk={() => void save()} onCancel={close} disabled={path.trim() === ""}>
      <p>{t("room.pdfHint", { site: place.siteName })}</p>
      <PathField label={t("room.pdfPath")} kind="save" filters={PDFS} proposed={t("room.pdfName", { site: place.siteName })} value={path} onChange={setPath} onEnter={() => void save()} />
    </Ask>
  );
}
