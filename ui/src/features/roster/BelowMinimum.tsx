import { Alert, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useScreen } from "../../frame/act";
import { commands } from "../../platform";

const SHORT = 3;

/** Units that have entered fewer people than the plan asks for. */
export function BelowMinimum({ stage }: { stage: string }) {
  const { t } = useTranslation();
  const [whole, setWhole] = useState(false);
  const rows = useScreen(["belowMinimum", stage], () => commands.belowMinimum(stage)).data ?? [];
  if (rows.length === 0) return null;
  const shown = whole ? rows : rows.slice(0, SHORT);
  return (
    <Alert
      type="warning"
      showIcon
      id="below-minimum"
      title={
        <div className="below-units" tabIndex={whole ? 0 : undefined}>
          <strong>{t("roster.below.title", { units: rows.length })}</strong>
          {shown.map((row) => (
            <span key={row.unit}>{t("roster.below.row", { unit: row.unit, entered: row.entered, minimum: row.minimum })}</span>
          ))}
        </div>
      }
      action={
        rows.length > SHORT && (
          <Button size="small" aria-expanded={whole} onClick={() => setWhole(!whole)}>
            {whole ? t("roster.below.less") : t("roster.below.all")}
          </Button>
        )
      }
    />
  );
}
