import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { commands, type DeskName } from "../platform";

/** The window's menu, in the language of the window: the desks of the open event and the way to close it, where one is open. */
export function useMenu(desks: readonly DeskName[]): void {
  const { t, i18n } = useTranslation();
  const names = desks.join();
  useEffect(() => {
    void commands.sayMenu({
      file: t("frame.file"),
      close: desks.length > 0 ? t("frame.close") : null,
      quit: t("frame.quit"),
      go: t("frame.desks"),
      desks: desks.map((desk) => ({ desk, text: t(`frame.desk.${desk}`) })),
    });
    // The names say all of the list, which is made anew each time.
  }, [names, i18n.language]);
}
