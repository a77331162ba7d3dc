import { Alert, App, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "../../frame/act";
import { Act } from "../../frame/may";
import { useSession } from "../../frame/session";
import { commands } from "../../platform";
import { NewPin } from "./Door";
import { alike } from "./pin";
import { Slip } from "./Slip";
import "./operators.css";

/** Shows six words once; those of the safe, unless `said` has other words around them. */
export function useWordsOnce(): (words: string, said?: { title: string; hint: string; ok: string }) => void {
  const { modal } = App.useApp();
  const { t } = useTranslation();
  return (words, said) =>
    void modal.info({
      title: said?.title ?? t("operators.wordsTitle"),
      okText: said?.ok ?? t("operators.wordsWritten"),
      okButtonProps: { id: "words-written" },
      keyboard: false,
      width: 560,
      content: (
        <div className="words-once" id="words-once">
          <ol>
            {words.split(" ").map((word, at) => (
              <li key={`${at}-${word}`}>{word}</li>
            ))}
          </ol>
          <p>{said?.hint ?? t("operators.wordsHint")}</p>
          {said === undefined && <Slip opens="event" words={words} />}
        </div>
      ),
    });
}

/** The first operator of headquarters, in an event that is open so far. */
export function Protect() {
  const { t } = useTranslation();
  const act = useAct();
  const session = useSession();
  const showWords = useWordsOnce();
  const [name, setName] = useState(session.operator ?? "");
  const [pin, setPin] = useState("");
  const [again, setAgain] = useState("");
  const ready = name.trim() !== "" && alike(pin, again);
  const protect = async () => {
    if (!ready) return;
    const made = await act(() => commands.protectEvent(name.trim(), pin));
    if (made !== undefined) showWords(made.words);
  };
  return (
    <div className="view">
      <Alert type={session.drill ? "info" : "warning"} showIcon data-protection="open" title={t("operators.open")} description={t("operators.openHint")} />
      <section className="sheet" aria-labelledby="protect-title">
        <h2 id="protect-title">{t("operators.protect")}</h2>
        <p>{t("operators.protectHint")}</p>
        <div className="gate-form">
          <label htmlFor="protect-name">{t("operators.first")}</label>
          <Input id="protect-name" value={name} onChange={(e) => setName(e.target.value)} />
          <NewPin pin={pin} again={again} setPin={setPin} setAgain={setAgain} enter={() => void protect()} />
        </div>
        <div className="row">
          <Act does="protectEvent" id="protect" type="primary" disabled={!ready} onClick={() => void protect()}>{t("operators.protect")}</Act>
        </div>
      </section>
    </div>
  );
}
