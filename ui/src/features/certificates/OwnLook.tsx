import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useAct } from "../../frame/act";
import { chooseFile, commands, PNGS, TEMPLATES, type LookChoice } from "../../platform";
import { fileName } from "./printing";

export type OwnFiles = LookChoice;
const FILES = [["template", TEMPLATES], ["seal", PNGS], ["background", PNGS]] as const;

/** The office's own files: a template in place of the program's, a picture of the seal, a background. */
export function OwnLook({ own, change }: { own: OwnFiles; change: (own: OwnFiles) => void }) {
  const { t } = useTranslation();
  const act = useAct();
  const choose = async (what: keyof OwnFiles, kinds: typeof TEMPLATES) => {
    const path = await chooseFile(t(`certificates.own.${what}`), kinds);
    if (path === null) return;
    // A template with a fault is refused here, with its line, and the one before stays.
    if (what === "template" && (await act(() => commands.ownTemplate(path))) === undefined) return;
    change({ ...own, [what]: path });
  };
  return (
    <div className="cert-own" role="group" aria-label={t("certificates.own.title")}>
      {FILES.map(([what, kinds]) => {
        const path = own[what];
        return (
          <div key={what} className="cert-own-file">
            <Button size="small" id={`own-${what}`} onClick={() => void choose(what, kinds)}>{t(`certificates.own.${what}`)}</Button>
            {path !== null && (
              <>
                <span className="cert-own-name" title={path}>{fileName(path)}</span>
                <Button size="small" type="text" data-clear={what} aria-label={t("certificates.own.clearOne", { what: t(`certificates.own.${what}`) })} onClick={() => change({ ...own, [what]: null })}>{t("certificates.own.clear")}</Button>
              </>
            )}
          </div>
        );
      })}
      <p className="soft">{t("certificates.own.hint")}</p>
    </div>
  );
}
