import { Alert, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct, useScreen } from "../../frame/act";
import { Act } from "../../frame/may";
import { useReason } from "../../frame/parts";
import { commands, type BelowMinimumRow } from "../../platform";

const SHORT = 3;

/** Units that have entered fewer people than the plan asks for: each is accepted with a reason, or enters more. */
export function BelowMinimum({ stage }: { stage: string }) {
  const { t } = useTranslation();
  const act = useAct();
  const ask = useReason();
  const [whole, setWhole] = useState(false);
  const rows = useScreen(["belowMinimum", stage], () => commands.belowMinimum(stage)).data ?? [];
  if (rows.length === 0) return null;
  const open = rows.filter((row) => row.accepted === null);
  const inOrder = [...open, ...rows.filter((row) => row.accepted !== null)];
  const shown = whole ? inOrder : inOrder.slice(0, SHORT);
  const accept = async (row: BelowMinimumRow) => {
    const reason = await ask(t("roster.below.acceptTitle", { unit: row.unit }), t("roster.below.acceptHint", { entered: row.entered, minimum: row.minimum }));
    if (reason !== null) await act(() => commands.acceptBelow(stage, row.code, reason).then(() => true), t("roster.below.acceptDone", { unit: row.unit }));
  };
  return (
    <Alert
      type={open.length > 0 ? "warning" : "info"}
      showIcon
      id="below-minimum"
      data-open={open.length}
      title={
        <div className="below-units" tabIndex={whole ? 0 : undefined}>
          <strong>{t("roster.below.title", { units: rows.length, open: open.length })}</strong>
          {shown.map((row) => (
            <span key={row.code} data-unit={row.code}>
              {t("roster.below.row", { unit: row.unit, entered: row.entered, minimum: row.minimum })}
              {row.accepted === null ? (
                <Act does="acceptBelow" type="link" size="small" data-action="accept-below" aria-label={t("roster.below.acceptOf", { unit: row.unit })} onClick={() => void accept(row)}>{t("roster.below.accept")}</Act>
              ) : (
                <span className="soft"> {t("roster.below.accepted", { reason: row.accepted, by: row.by ?? "" })}</span>
              )}
            </span>
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
