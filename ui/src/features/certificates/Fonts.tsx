import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useAct, useScreen } from "../../frame/act";
import { chooseFile, commands, FONTS } from "../../platform";

/** Font files added for characters that the program's own fonts lack. */
export function Fonts() {
  const { t } = useTranslation();
  const act = useAct();
  const added = useScreen(["addedFonts"], commands.addedFonts);
  const add = async () => {
    const path = await chooseFile(t("certificates.fonts.add"), FONTS);
    if (path !== null) await act(() => commands.addFont(path), t("certificates.fonts.added"));
  };
  return (
    <div className="cert-own" role="group" aria-label={t("certificates.fonts.title")}>
      <div className="cert-own-file">
        <Button size="small" id="font-add" onClick={() => void add()}>{t("certificates.fonts.add")}</Button>
        <span className="soft">{t("certificates.fonts.hint")}</span>
      </div>
      {(added.data ?? []).map((name) => (
        <div key={name} className="cert-own-file">
          <span className="cert-own-name" title={name}>{name}</span>
          <Button size="small" type="text" data-font={name} aria-label={t("certificates.fonts.removeOne", { name })} onClick={() => void act(() => commands.removeFont(name))}>{t("certificates.fonts.remove")}</Button>
        </div>
      ))}
    </div>
  );
}
