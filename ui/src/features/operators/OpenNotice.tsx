import { Alert, Button } from "antd";
import { useTranslation } from "react-i18next";
import { go } from "../../frame/place";
import { useSession } from "../../frame/session";

/** Says of a live event in which nobody was named that it lies open, and where that is mended. */
export function OpenNotice() {
  const { t } = useTranslation();
  const session = useSession();
  if (session.protected || session.drill) return null;
  const hq = session.role === "hq";
  return (
    <Alert
      type="warning"
      showIcon
      data-protection="open"
      title={t("operators.open")}
      action={hq && <Button id="to-protect" onClick={() => go("hq", "operators")}>{t("operators.protect")}</Button>}
    />
  );
}
