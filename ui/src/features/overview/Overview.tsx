import { useTranslation } from "react-i18next";
import seal from "../../../../assets/icons/seal.svg";
import { chooseLanguage, LANGUAGES } from "../../language";
import { DESKS } from "./desks";
import "./overview.css";
import { Version } from "./Version";

export function Overview() {
  const { t, i18n } = useTranslation();
  return (
    <main className="overview">
      <header className="masthead">
        <img src={seal} alt="" width={72} height={72} />
        <div className="title">
          <h1>{t("program.name")}</h1>
          <p>{t("program.tagline")}</p>
        </div>
        <nav aria-label={t("language.label")} className="languages">
          {LANGUAGES.map((language) => (
            <button
              key={language}
              type="button"
              lang={language}
              aria-pressed={i18n.language === language}
              onClick={() => void chooseLanguage(language)}
            >
              {t(`language.${language}`)}
            </button>
          ))}
        </nav>
      </header>

      <section className="notice" role="note">
        <p>{t("overview.notice")}</p>
        <p className="aside">{t("overview.start")}</p>
      </section>

      <section aria-labelledby="desks">
        <h2 id="desks">{t("overview.desks")}</h2>
        <ul className="desks">
          {DESKS.map((desk) => (
            <li key={desk} aria-disabled="true">
              <h3>{t(`desk.${desk}.name`)}</h3>
              <p>{t(`desk.${desk}.what`)}</p>
              <span className="later">{t("overview.later")}</span>
            </li>
          ))}
        </ul>
      </section>

      <Version />
    </main>
  );
}
