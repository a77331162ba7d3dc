// Codes that stand for something with a name.
import type { TFunction } from "i18next";

/** A site as lists of the journal show it: headquarters signs with a code of its own. */
export function siteWords(site: string, t: TFunction): string {
  return site === "hq" ? t("frame.headquarters") : site;
}
