import { Button, Input } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import seal from "../../../../assets/icons/seal.svg";
import { RefusalNotice, Show, useAct, useScreen } from "../../frame/act";
import { useMenu } from "../../frame/menu";
import { chooseLanguage, LANGUAGES } from "../../language";
import { commands, type SignInScreen, type Session } from "../../platform";
import { forget, forgetUnlessBy, unsavedNow } from "../packet/issued";
import { alike } from "./pin";
import "./operators.css";

/** A protected event before anybody has signed in, or while its screen is locked: nothing of it is shown. */
export function Door({ locked }: { locked: Session | null }) {
  const { t, i18n } = useTranslation();
  const act = useAct();
  useMenu([]);
  return (
    <main className="gate" id="content">
      <section className="gate-sheet" aria-labelledby="door-title">
        <header>
          <img src={seal} alt="" width={48} height={48} />
          <div>
            <h1 id="door-title">{t(locked === null ? "operators.door" : "operators.locked")}</h1>
            <p>{locked?.title ?? t("operators.doorHint")}</p>
          </div>
          <span className="languages" role="group" aria-label={t("frame.language.label")}>
            {LANGUAGES.map((language) => (
              <button key={language} type="button" lang={language} aria-pressed={i18n.language === language} onClick={() => void chooseLanguage(language)}>
                {t(`frame.language.${language}`)}
              </button>
            ))}
          </span>
        </header>
        <SignInForm proposed={locked?.operator ?? null} />
        <Button id="door-leave" type="link" onClick={() => void act(() => (locked === null ? commands.leaveDoor() : commands.closeEvent()))}>
          {t("operators.leave")}
        </Button>
      </section>
    </main>
  );
}

/** A name and a PIN; after wrong ones the seconds to wait. */
export function SignInForm({ proposed, done }: { proposed: string | null; done?: () => void }) {
  const door = useScreen(["who-signs-in"], commands.whoSignsIn);
  const { refetch } = door;
  // Who could a moment ago may have been withdrawn since.
  useEffect(() => void refetch(), [refetch]);
  return <Show of={door}>{(screen) => (screen === null ? null : <Form screen={screen} proposed={proposed} done={done} again={() => void door.refetch()} />)}</Show>;
}

function Form({ screen, proposed, done, again }: { screen: SignInScreen; proposed: string | null; done: (() => void) | undefined; again: () => void }) {
  const { t } = useTranslation();
  const act = useAct();
  const names = screen.operators.map((one) => one.name);
  const [name, setName] = useState(proposed !== null && names.includes(proposed) ? proposed : (names[0] ?? ""));
  const [pin, setPin] = useState("");
  const [refusal, setRefusal] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [forgotten, setForgotten] = useState(false);
  const wait = useWait(screen.operators.find((one) => one.name === name)?.wait ?? 0);
  const signIn = async () => {
    if (busy || pin === "" || wait > 0) return;
    setBusy(true);
    try {
      await commands.signInWithPin(name, pin);
      forgetUnlessBy(name);
      setRefusal(null);
      setPin("");
      await act(() => Promise.resolve());
      done?.();
    } catch (thrown) {
      setRefusal(thrown);
      setPin("");
      again();
    } finally {
      setBusy(false);
      document.getElementById("door-pin")?.focus();
    }
  };
  if (forgotten) return <Recover name={name} back={() => setForgotten(false)} />;
  return (
    <div className="gate-form">
      {proposed !== null && !names.includes(proposed) && <p className="gate-wide" id="door-no-longer" role="alert">{t("operators.noLonger", { name: proposed })}</p>}
      <label htmlFor="door-operator">{t("operators.who")}</label>
      <Names id="door-operator" names={names} value={name} onChange={setName} />
      <label htmlFor="door-pin">PIN</label>
      <Input.Password id="door-pin" autoFocus visibilityToggle={false} autoComplete="off" value={pin} disabled={busy} onChange={(e) => setPin(e.target.value)} onPressEnter={() => void signIn()} />
      {proposed !== null && name !== proposed && unsavedNow().length > 0 && <p className="gate-wide" id="door-slips">{t("operators.slipsGo", { count: unsavedNow().length, name: proposed })}</p>}
      <div className="gate-wide" role="status" id="door-wait">{wait > 0 && t("operators.wait", { seconds: wait })}</div>
      {refusal !== null && <div className="gate-wide" id="door-refusal"><RefusalNotice refusal={refusal} /></div>}
      <div className="gate-wide row">
        <Button id="door-sign-in" type="primary" loading={busy} disabled={pin === "" || wait > 0} onClick={() => void signIn()}>{t("operators.signIn")}</Button>
        <Button id="door-forgotten" type="link" onClick={() => setForgotten(true)}>{t("operators.forgotten")}</Button>
      </div>
    </div>
  );
}

/** The seconds left, counted down here; what counts is what the program says when it is asked. */
function useWait(from: number): number {
  const [left, setLeft] = useState(from);
  useEffect(() => {
    setLeft(from);
    if (from === 0) return undefined;
    const timer = setInterval(() => setLeft((now) => Math.max(0, now - 1)), 1000);
    return () => clearInterval(timer);
  }, [from]);
  return left;
}

/** One of the operators. The system's own list: its first letters choose, as everywhere else. */
export function Names({ id, names, value, onChange }: { id: string; names: string[]; value: string; onChange: (name: string) => void }) {
  return (
    <select id={id} className="names" value={value} onChange={(e) => onChange(e.target.value)}>
      {names.map((name) => (
        <option key={name} value={name}>{name}</option>
      ))}
    </select>
  );
}

function Recover({ name, back }: { name: string; back: () => void }) {
  const { t } = useTranslation();
  const act = useAct();
  const [words, setWords] = useState("");
  const [pin, setPin] = useState("");
  const [again, setAgain] = useState("");
  const ready = words.trim() !== "" && alike(pin, again);
  // The event is opened anew: what was issued before is gone from the window.
  const recover = () => ready && void act(() => commands.recover(name, words, pin).then(forget));
  return (
    <div className="gate-form">
      <p className="gate-wide">{t("operators.forgottenHint", { name })}</p>
      <label htmlFor="recover-words">{t("operators.words")}</label>
      <Input id="recover-words" autoFocus autoComplete="off" autoCapitalize="none" spellCheck={false} value={words} onChange={(e) => setWords(e.target.value)} />
      <NewPin pin={pin} again={again} setPin={setPin} setAgain={setAgain} enter={() => void recover()} />
      <div className="gate-wide row">
        <Button id="recover" type="primary" disabled={!ready} onClick={() => void recover()}>{t("operators.recover")}</Button>
        <Button onClick={back}>{t("frame.cancel")}</Button>
      </div>
    </div>
  );
}

/** A PIN that is taken, typed twice. */
export function NewPin({ pin, again, setPin, setAgain, enter, id = "new-pin" }: {
  pin: string; again: string; setPin: (text: string) => void; setAgain: (text: string) => void; enter: () => void; id?: string;
}) {
  const { t } = useTranslation();
  const differ = again !== "" && again !== pin;
  return (
    <>
      <label htmlFor={id}>{t("operators.newPin")}</label>
      <div>
        <Input.Password id={id} visibilityToggle={false} autoComplete="new-password" value={pin} onChange={(e) => setPin(e.target.value)} />
        <p className="soft">{t("operators.newPinHint")}</p>
      </div>
      <label htmlFor={`${id}-again`}>{t("operators.pinAgain")}</label>
      <div>
        <Input.Password id={`${id}-again`} visibilityToggle={false} autoComplete="new-password" status={differ ? "error" : ""} value={again} onChange={(e) => setAgain(e.target.value)} onPressEnter={enter} />
        {differ && <p role="alert" className="wrong">{t("operators.differ")}</p>}
      </div>
    </>
  );
}
