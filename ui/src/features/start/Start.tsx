import { useEffect, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import seal from "../../../../assets/icons/seal.svg";
import { useScreen } from "../../frame/act";
import { useMenu } from "../../frame/menu";
import { chooseLanguage, LANGUAGES } from "../../language";
import { commands, onDrop } from "../../platform";
import { CreateEvent } from "./CreateEvent";
import { Demo } from "./Demo";
import { OpenEvent } from "./OpenEvent";
import { OpenPacket } from "./OpenPacket";
import { choiceOf, CHOICES, type Choice } from "./start";
import "./start.css";

/** The first screen: no event is open yet. */
export function Start() {
  const { t } = useTranslation();
  useMenu([]);
  const [choice, setChoice] = useState<Choice>("open");
  // A file dropped goes to whatever opens such files, wherever one is.
  const [dropped, setDropped] = useState<{ choice: Choice; path: string } | null>(null);
  useEffect(
    () =>
      onDrop(([path]) => {
        const meant = path === undefined ? null : choiceOf(path);
        if (path === undefined || meant === null) return;
        setDropped({ choice: meant, path });
        setChoice(meant);
      }),
    [],
  );
  // A packet the system handed over waits here for its words; a database it could not open, for the reason.
  const offered = useScreen(["offered"], commands.offeredPacket).data;
  useEffect(() => {
    if (typeof offered !== "string") return;
    const meant = choiceOf(offered) ?? "open";
    setDropped({ choice: meant, path: offered });
    setChoice(meant);
  }, [offered]);
  const file = dropped?.choice === choice ? dropped.path : "";
  const pages: Record<Choice, ReactNode> = {
    open: <OpenEvent key={file} file={file} toDemo={() => setChoice("demo")} />,
    create: <CreateEvent key={file} file={file} />,
    packet: <OpenPacket key={file} file={file} />,
    demo: <Demo />,
  };
  return (
    <div className="start">
      <StartTop />
      <div className="start-middle">
        <nav className="start-choices" aria-label={t("start.choices")}>
          {CHOICES.map((one) => (
            <button key={one} type="button" data-choice={one} aria-current={one === choice ? "page" : undefined} onClick={() => setChoice(one)}>
              <b>{t(`start.choice.${one}`)}</b>
              <span>{t(`start.choiceWhat.${one}`)}</span>
            </button>
          ))}
        </nav>
        <main className="start-page" id="content">
          <h2>{t(`start.choice.${choice}`)}</h2>
          {pages[choice]}
        </main>
      </div>
    </div>
  );
}

function StartTop() {
  const { t, i18n } = useTranslation();
  const about = useScreen(["about"], commands.about);
  return (
    <header className="start-top">
      <img src={seal} alt="" width={48} height={48} />
      <div>
        <h1>
          {t("start.program")}
          {about.data !== undefined && <span id="program-version" className="start-version figure">{t("start.version", { version: about.data.version })}</span>}
        </h1>
        <p>{t("start.what")}</p>
      </div>
      <span className="languages" role="group" aria-label={t("frame.language.label")}>
        {LANGUAGES.map((language) => (
          <button key={language} type="button" lang={language} data-language={language} aria-pressed={i18n.language === language} onClick={() => void chooseLanguage(language)}>
            {t(`frame.language.${language}`)}
          </button>
        ))}
      </span>
    </header>
  );
}
