import type { UseQueryResult } from "@tanstack/react-query";
import { Alert } from "antd";
import { useTranslation } from "react-i18next";
import { Show, useRefusalWords, useScreen } from "../../frame/act";
import { commands, type CertificateAward, type GlyphFault, type Refusal } from "../../platform";

export function useGlyphs(): UseQueryResult<GlyphFault[], Refusal> {
  return useScreen(["glyphCheck"], commands.glyphCheck);
}

/** Whether the program's fonts can draw every name; if not, nothing is printed. */
export function GlyphCheck({ glyphs, awards }: { glyphs: UseQueryResult<GlyphFault[], Refusal>; awards: CertificateAward[] }) {
  const { t } = useTranslation();
  const words = useRefusalWords();
  const title = (id: string) => awards.find((award) => award.id === id)?.title ?? id;
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
                      <strong>{fault.name}</strong>（{title(fault.award)}）：{words(fault.said).what} {words(fault.said).remedy}
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
