import { useTranslation } from "react-i18next";
import { inWords } from "../../language";
import type { FaultRow } from "../../platform";
import { LongList, type Column } from "./LongList";

const TINT = { refused: "bad", warning: "warn", cleaned: "calm" } as const;

/** What is wrong in a workbook, row by row, and what to do: of rosters, staff and exports of the practice platform alike. */
export function FaultList({ id, rows, least }: { id: string; rows: FaultRow[]; least?: number }) {
  const { t, i18n } = useTranslation();
  const said = (row: FaultRow) => inWords(row, i18n.language);
  const columns: Column<FaultRow>[] = [
    { key: "row", head: t("roster.fault.row"), width: "72px", cell: (row) => <span className="figure">{row.row}</span> },
    { key: "column", head: t("roster.fault.column"), width: "100px", cell: (row) => row.column },
    { key: "severity", head: t("roster.fault.severity"), width: "124px", cell: (row) => <span className={`state-word is-${TINT[row.severity]}`}>{t(`roster.severity.${row.severity}`)}</span> },
    { key: "what", head: t("roster.fault.what"), width: "minmax(200px, 1fr)", cell: (row) => said(row).what, hint: (row) => said(row).what },
    { key: "remedy", head: t("roster.fault.remedy"), width: "minmax(200px, 1fr)", cell: (row) => said(row).remedy, hint: (row) => said(row).remedy },
  ];
  return (
    <LongList id={id} label={t("roster.fault.title")} className="two-lines" rowHeight={46} {...(least === undefined ? {} : { least })} columns={columns} count={rows.length} rowAt={(at) => rows[at]}
      rowKey={(_, at) => `fault-${at}`} marks={(row) => ({ "data-severity": row.severity, "data-row": String(row.row) })} />
  );
}
