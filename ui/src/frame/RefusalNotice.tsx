import { Alert, Button } from "antd";
import { useTranslation } from "react-i18next";
import { useRefusalWords } from "./act";

/** A refusal as a notice inside a page. */
export function RefusalNotice({ refusal, retry }: { refusal: unknown; retry?: () => void }) {
  const { t } = useTranslation();
  const { what, remedy, code } = useRefusalWords()(refusal);
  return (
    <Alert
      type="warning"
      showIcon
      data-code={code}
      title={what}
      description={remedy === "" ? undefined : t("frame.remedy", { remedy })}
      action={retry && <Button onClick={retry}>{t("frame.retry")}</Button>}
    />
  );
}
