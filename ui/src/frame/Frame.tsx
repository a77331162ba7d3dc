import { useEffect, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import seal from "../../../assets/icons/seal.svg";
import { useLock } from "../features/operators/idle";
import { placeOf } from "../features/overview/day";
import { Overview } from "../features/overview/Overview";
import { useClosing } from "../features/packet/useStay";
import { chooseLanguage, LANGUAGES } from "../language";
import { commands, onMenu, type DeskName, type Session } from "../platform";
import { useAct } from "./act";
import { Button } from "./Button";
import { clockText, moved } from "./clock";
import { desksOf } from "./desks";
import type { Asked } from "./Dialogs";
import { later, laterInKit } from "./later";
import { useMenu } from "./menu";
import { useMay } from "./useMay";
import { go, usePlace } from "./place";

// The window is usable with the overview, which does without Ant Design; each other desk is read when one first goes there.
const InKit = later(() => import("./Kit").then((m) => m.Kit));
const Dialogs = laterInKit(() => import("./Dialogs").then((m) => m.Dialogs), null);
const Headquarters = later(() => import("./Headquarters").then((m) => m.Headquarters));
const Room = later(() => import("../features/room/Room").then((m) => m.Room));
const Marks = later(() => import("../features/marks/Marks").then((m) => m.Marks));
const Interview = later(() => import("../features/interview/Interview").then((m) => m.Interview));
const Certificates = later(() => import("../features/certificates/Certificates").then((m) => m.Certificates));
const Handover = later(() => import("../features/handover/Handover").then((m) => m.Handover));
const Journal = later(() => import("../features/journal/Journal").then((m) => m.Journal));

const PAGES: Record<Exclude<DeskName, "overview" | "hq">, ReactNode> = {
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
  useMenu(desks);
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
          {desk === "overview" ? (
            <Overview />
          ) : (
            <InKit>{desk === "hq" ? <Headquarters tab={place.tab} practice={session.practice} teams={session.teams} /> : PAGES[desk]}</InKit>
          )}
        </main>
      </div>
    </div>
  );
}

function Top({ session }: { session: Session }) {
  const { t, i18n } = useTranslation();
  const act = useAct();
  const [asked, setAsked] = useState<Asked>(session.operator === null && session.sealed === null ? "operator" : null);
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
      <Dialogs session={session} asked={asked} ask={setAsked} />
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

function CopyNotice() {
  const { t } = useTranslation();
  const act = useAct();
  return (
    <div className="copy-notice" role="alert">
      <p>{t("frame.copy")}</p>
      <Button kind="primary" why={useMay()("continueCopy")} data-does="device.continued" onClick={() => void act(() => commands.continueCopy())}>
        {t("frame.continueCopy")}
      </Button>
    </div>
  );
}
