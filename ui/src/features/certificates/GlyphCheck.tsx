import type { UseQueryResult } from "@tanstack/react-query";
import { Alert } from "antd";
import { useTranslation } from "react-i18next";
import { Show, useRefusalWords, useScreen } from "../../frame/act";
import { useInWords } from "../../language";
import { commands, type CertificateAward, type GlyphFault, type Refusal } from "../../platform";

export function useGlyphs(): UseQueryResult<GlyphFault[], Refusal> {
  return useScreen(["glyphCheck"], commands.glyphCheck);
}

/** Whether the program's fonts can draw every name; if not, nothing is printed. */
export function GlyphCheck({ glyphs, awards }: { glyphs: UseQueryResult<GlyphFault[], Refusal>; awards: CertificateAward[] }) {
  const { t } = useTranslation();
  const inWords = useInWords();
  const words = useRefusalWords();
  const title = (id: string) => {
    const award = awards.find((one) => one.id === id);
    return award === undefined ? id : inWords(award.title);
  };
  return (
    <Show of={glyphs}>
      {(faults) =>
        faults.length === 0 ? (
          <Alert id="glyphs-good" type="success" showIcon title={t("certificates.glyphs.good")} />
        ) : (
          <Alert
            id="glyphs-bad"
            type="error"
            showIcon
            title={t("certificates.glyphs.bad", { names: faults.length })}
            description={
              <>
                <p>{t("certificates.glyphs.blocked")}</p>
                <ul className="cert-glyph-faults" tabIndex={0} aria-label={t("certificates.glyphs.list")}>
                  {faults.map((fault) => (
                    <li key={`${fault.award} ${fault.name}`} data-name={fault.name}>
                      <strong>{fault.name}</strong> {t("certificates.glyphs.of", { award: title(fault.award), what: words(fault.said).what, remedy: words(fault.said).remedy })}
                    </li>
                  ))}
                </ul>
              </>
            }
          />
        )
      }
    </Show>
  );
}
