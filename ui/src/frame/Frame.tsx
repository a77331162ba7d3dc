import { Button, Input, Modal } from "antd";
import { lazy, Suspense, useEffect, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import seal from "../../../assets/icons/seal.svg";
import { SignInForm } from "../features/operators/Door";
import { useLock } from "../features/operators/idle";
import { placeOf } from "../features/overview/day";
import { Overview } from "../features/overview/Overview";
import { useClosing } from "../features/packet/useStay";
import { chooseLanguage, LANGUAGES } from "../language";
import { commands, onMenu, type DeskName, type Session } from "../platform";
import { Reading, useAct } from "./act";
import { clockText, fieldText, fromField, moved } from "./clock";
import { desksOf } from "./desks";
import { Act } from "./may";
import { go, usePlace } from "./place";

// The window is usable with the overview; each other desk is read when one first goes there.
const Headquarters = lazy(() => import("./Headquarters"));
const Room = lazy(() => import("../features/room/Room").then((m) => ({ default: m.Room })));
const Marks = lazy(() => import("../features/marks/Marks").then((m) => ({ default: m.Marks })));
const Interview = lazy(() => import("../features/interview/Interview").then((m) => ({ default: m.Interview })));
const Certificates = lazy(() => import("../features/certificates/Certificates").then((m) => ({ default: m.Certificates })));
const Handover = lazy(() => import("../features/handover/Handover").then((m) => ({ default: m.Handover })));
const Journal = lazy(() => import("../features/journal/Journal").then((m) => ({ default: m.Journal })));

const Operators = lazy(() => import("../features/operators/Operators").then((m) => ({ default: m.Operators })));

const PAGES: Record<Exclude<DeskName, "hq">, ReactNode> = {
  overview: <Overview />,
  room: <Room />,
  marks: <Marks />,
  interview: <Interview />,
  certificates: <Certificates />,
  handover: <Handover />,
  journal: <Journal />,
};

/** The window once an event is open: the desks at the left, who and when at the top. */
export function Frame({ session }: { session: Session }) {
  const { t } = useTranslation();
  const place = usePlace();
  const desks = desksOf(session);
  const desk = desks.includes(place.desk) ? place.desk : "overview";
  useClosing();
  useEffect(
    () =>
      onMenu((chosen) => {
        const wanted = desks.find((name) => name === chosen);
        if (wanted !== undefined) go(wanted);
        if (chosen === "close") document.getElementById("close-event")?.click();
      }),
    [desks],
  );
  useEffect(() => {
    const keys = (event: KeyboardEvent) => {
      const wanted = event.ctrlKey && !event.altKey ? desks[Number(event.key) - 1] : undefined;
      if (wanted === undefined) return;
      event.preventDefault();
      go(wanted);
    };
    addEventListener("keydown", keys);
    return () => removeEventListener("keydown", keys);
  });
  return (
    <div className={session.drill ? "window drill" : "window"}>
      <a className="skip" href="#content" onClick={(e) => { e.preventDefault(); document.getElementById("content")?.focus(); }}>
        {t("frame.skip")}
      </a>
      {session.drill && (
        <div className="drill-band" role="note">
          {t("frame.drill")}　{t("frame.drillLong")}
        </div>
      )}
      <Top session={session} />
      <div className="middle">
        <nav className="desks" aria-label={t("frame.desks")}>
          {desks.map((name, at) => (
            <button key={name} type="button" className="desk" data-desk={name} aria-current={name === desk ? "page" : undefined} onClick={() => go(name)}>
              {t(`frame.desk.${name}`)}
              <kbd aria-hidden="true">{at + 1}</kbd>
            </button>
          ))}
        </nav>
        <main id="content" tabIndex={-1}>
          {session.sealed !== null && <p className="copy-notice" role="note" data-sealed={session.sealed}>{t(`archive.sealed.${session.sealed}`)}</p>}
          {session.isCopy && <CopyNotice />}
          <Suspense fallback={<Reading />}>{desk === "hq" ? <Headquarters tab={place.tab} practice={session.practice} teams={session.teams} /> : PAGES[desk]}</Suspense>
        </main>
      </div>
    </div>
  );
}

function Top({ session }: { session: Session }) {
  const { t, i18n } = useTranslation();
  const act = useAct();
  const [asked, setAsked] = useState<"operator" | "clock" | "people" | null>(session.operator === null && session.sealed === null ? "operator" : null);
  const lock = useLock(session.protected, session.idleMinutes);
  return (
    <header className="top">
      <img src={seal} alt="" width={36} height={36} />
      <div className="event">
        <strong>{session.title}</strong>
        <span>{session.role === "hq" ? t("frame.hq") : `${t("frame.site")} ${session.siteName ?? ""} · ${placeOf(session, session)}`}</span>
      </div>
      <Clock session={session} change={() => setAsked("clock")} />
      {/* Where nothing is written, nobody has to say who they are. */}
      {(session.sealed === null || session.operator !== null) && (
        <Button id="operator" className={session.operator === null ? "nobody" : ""} onClick={() => setAsked("operator")}>
          {session.operator === null ? t("frame.nobody") : t("frame.operator", { name: session.operator })}
        </Button>
      )}
      {session.protected && <Button id="lock" onClick={lock}>{t("operators.lock")}</Button>}
      <span className="languages" role="group" aria-label={t("frame.language.label")}>
        {LANGUAGES.map((language) => (
          <button key={language} type="button" lang={language} aria-pressed={i18n.language === language} onClick={() => void chooseLanguage(language)}>
            {t(`frame.language.${language}`)}
          </button>
        ))}
      </span>
      <Button id="close-event" onClick={() => void act(async () => { await commands.closeEvent(); go("overview"); })}>{t("frame.close")}</Button>
      {session.protected ? (
        <Modal open={asked === "operator"} title={t("operators.switch")} onCancel={() => setAsked(null)} footer={null} destroyOnHidden>
          <SignInForm proposed={null} done={() => setAsked(null)} />
          <Button id="people" type="link" onClick={() => setAsked("people")}>{t("operators.people")}</Button>
        </Modal>
      ) : (
        <SignIn open={asked === "operator"} close={() => setAsked(null)} />
      )}
      <Modal open={asked === "people"} title={t("operators.people")} onCancel={() => setAsked(null)} footer={null} width={960} destroyOnHidden>
        <Suspense fallback={<Reading />}><Operators /></Suspense>
      </Modal>
      <SetClock open={asked === "clock"} close={() => setAsked(null)} session={session} />
    </header>
  );
}

/** The clock that counts. It ticks on from what the program last said. */
function Clock({ session, change }: { session: Session; change: () => void }) {
  const { t } = useTranslation();
  const [read, setRead] = useState(() => Date.now());
  const [, tick] = useState(0);
  useEffect(() => setRead(Date.now()), [session.now]);
  useEffect(() => {
    const timer = setInterval(() => tick((n) => n + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  const text = clockText(moved(session.now, Date.now() - read));
  return session.drill ? (
    <Button id="clock" onClick={change} title={t("frame.setClock")}>
      {text}
      {session.clockSet && t("frame.clockSet")}
    </Button>
  ) : (
    <time className="clock">{text}</time>
  );
}

function SignIn({ open, close }: { open: boolean; close: () => void }) {
  const { t } = useTranslation();
  const act = useAct();
  const [name, setName] = useState("");
  const done = async () => {
    if (name.trim() === "") return;
    if ((await act(() => commands.signIn(name.trim()))) !== undefined) {
      setName("");
      close();
    }
  };
  return (
    <Modal open={open} title={t("frame.signIn")} onCancel={close} onOk={() => void done()} okText={t("frame.ok")} cancelText={t("frame.cancel")} okButtonProps={{ disabled: name.trim() === "" }} destroyOnHidden>
      <p>{t("frame.signInHint")}</p>
      <Input id="operator-name" autoFocus aria-label={t("frame.name")} placeholder={t("frame.name")} value={name} onChange={(e) => setName(e.target.value)} onPressEnter={(e) => { e.preventDefault(); void done(); }} />
    </Modal>
  );
}

function SetClock({ open, close, session }: { open: boolean; close: () => void; session: Session }) {
  const { t } = useTranslation();
  const act = useAct();
  const [at, setAt] = useState("");
  useEffect(() => {
    if (open) setAt(fieldText(session.now));
  }, [open, session.now]);
  const set = async (to: string | null) => {
    if ((await act(() => commands.setClock(to))) !== undefined) close();
  };
  const starts = session.stages.flatMap((stage) => stage.parts.map((part) => ({ label: part.whole, at: part.start })));
  return (
    <Modal open={open} title={t("frame.setClock")} onCancel={close} onOk={() => void set(fromField(at, session.now))} okText={t("frame.ok")} cancelText={t("frame.cancel")} destroyOnHidden>
      <p>{t("frame.setClockHint")}</p>
      <Input id="clock-at" placeholder="2020-07-04 08:45" autoFocus aria-label={t("frame.clock")} value={at} onChange={(e) => setAt(e.target.value)} onPressEnter={(e) => { e.preventDefault(); void set(fromField(at, session.now)); }} />
      <p className="starts">
        {starts.map((start) => (
          <Button key={start.label} size="small" onClick={() => setAt(fieldText(moved(start.at, -15 * 60_000)))}>
            {start.label} −15′
          </Button>
        ))}
      </p>
      <Button onClick={() => void set(null)}>{t("frame.followClock")}</Button>
    </Modal>
  );
}

function CopyNotice() {
  const { t } = useTranslation();
  const act = useAct();
  return (
    <div className="copy-notice" role="alert">
      <p>{t("frame.copy")}</p>
      <Act does="continueCopy" type="primary" onClick={() => void act(() => commands.continueCopy())}>
        {t("frame.continueCopy")}
      </Act>
    </div>
  );
}
