import { useTranslation } from "react-i18next";
import { Show, useAct, useScreen } from "../../frame/act";
import { Act } from "../../frame/may";
import { Masked, ToEntries, useReason } from "../../frame/parts";
import { commands, type WithdrawnLine } from "../../platform";
import { LongList, type Column } from "./LongList";

/** Who withdrew, and why; a withdrawal can be taken back until the person's day has begun. */
export function Withdrawn({ stage }: { stage: string }) {
  const { t } = useTranslation();
  const act = useAct();
  const ask = useReason();
  const rows = useScreen(["withdrawn", stage], () => commands.withdrawn(stage));
  const back = async (row: WithdrawnLine) => {
    const reason = await ask(t("roster.withdrawn.backTitle", { name: row.name }), t("roster.withdrawn.backHint", { name: row.name, unit: row.unit }));
    if (reason !== null) await act(() => commands.reinstate(stage, row.person, reason).then(() => true), t("roster.withdrawn.backDone", { name: row.name }));
  };
  const columns: Column<WithdrawnLine>[] = [
    { key: "name", head: t("frame.name"), width: "minmax(100px, 1fr)", cell: (row) => row.name, hint: (row) => row.name },
    { key: "id", head: t("roster.person.id"), width: "206px", cell: (row) => <Masked stage={stage} person={row.person} masked={row.masked} /> },
    { key: "unit", head: t("roster.person.unit"), width: "minmax(120px, 1.3fr)", cell: (row) => row.unit, hint: (row) => row.unit },
    { key: "number", head: t("roster.withdrawn.seat"), width: "140px", cell: (row) => <span className="figure">{row.number ?? "—"}</span> },
    { key: "reason", head: t("frame.reason"), width: "minmax(140px, 1.4fr)", cell: (row) => row.reason, hint: (row) => row.reason },
    { key: "by", head: t("roster.withdrawn.by"), width: "96px", cell: (row) => row.by, hint: (row) => row.at },
    {
      key: "act", head: t("roster.person.act"), width: "150px",
      cell: (row) => (
        <>
          <Act does="reinstate" size="small" data-action="reinstate" data-person={row.person} aria-label={t("roster.withdrawn.backOf", { name: row.name })} onClick={() => void back(row)}>{t("roster.withdrawn.back")}</Act>
          <ToEntries person={row.person} />
        </>
      ),
    },
  ];
  return (
    <Show of={rows}>
      {(all) => <LongList id="withdrawn" label={t("roster.view.withdrawn")} columns={columns} count={all.length} rowAt={(at) => all[at]} rowKey={(row) => row.person} marks={(row) => ({ "data-person": row.person })} />}
    </Show>
  );
}
