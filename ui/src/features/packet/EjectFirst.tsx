import { useTranslation } from "react-i18next";
import type { Stick } from "../../platform";
import "./packet.css";

/** Of a stick whose file system keeps nothing for certain until it is ejected. */
export function EjectFirst({ stick }: { stick: Stick | undefined }) {
  const { t } = useTranslation();
  if (stick === undefined || stick.ejectFirst === "") return null;
  return <p className="stick-eject" role="note" data-eject={stick.ejectFirst}>{t("packet.eject", { system: stick.ejectFirst })}</p>;
}
