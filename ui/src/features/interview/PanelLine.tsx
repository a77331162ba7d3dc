import { memo } from "react";
import { useTranslation } from "react-i18next";
import { ToEntries } from "../../frame/parts";
import { useSession } from "../../frame/session";
import { padded } from "../../frame/figure";
import { Act } from "../../frame/may";
import { useMay } from "../../frame/useMay";
import type { PanelRow, SheetDifference } from "../../platform";
import { ABSENT, isSettled, shown, stateOf, struck } from "./sheets";

/** A person's line at rest: marks, the struck ones among them, sum and mean. */
export const PanelLine = memo(function PanelLine({
  row, begun, judges, low, step, several, edit, correct,
}: {
  row: PanelRow; begun: boolean; judges: number; low: number; step: string; several: boolean; edit: (person: string) => void; correct: (about: SheetDifference) => void;
}) {
  const { t } = useTranslation();
  const { marks, dropped, sum, published } = shown(row);
  const absent = row.state === "absent" || marks[0] === ABSENT;
  const settled = isSettled(row);
  const does = settled ? "decideSheet" : "keySheet";
  const may = useMay();
  const open = () =>
    settled ? correct({ person: row.person, name: row.name, number: row.number, first: marks, firstBy: "", second: marks, secondBy: "" }) : edit(row.person);
  return (
    <tr data-person={row.person} data-state={row.state} onDoubleClick={() => may(does) === null && open()}>
      {several && <td>{row.panel}</td>}
      <td className="figure iv-order">{row.order ?? "—"}</td>
      <th scope="row" title={`${row.name} ${row.unit}`}>{row.name}</th>
      <td className="figure">{row.number}</td>
      {absent ? (
        <td colSpan={judges} className="iv-absent">{t("interview.state.absent")}</td>
      ) : (
        <Marks marks={marks.map((mark) => padded(mark, step))} dropped={dropped} low={low} judges={judges} />
      )}
      <td className="figure number" data-sum>{padded(sum ?? "", step)}</td>
      <td className="figure number iv-mean" data-mean>{published ?? ""}</td>
      <td><State row={row} begun={begun} /></td>
      <td>
        <span className="iv-two">
        <Act does={does} size="small" data-action={settled ? "correct" : "edit"} aria-label={t(settled ? "interview.sheets.correctOne" : "interview.sheets.editOne", { name: row.name })} onClick={open}>
          {t(settled ? "interview.sheets.correct" : "interview.sheets.edit")}
        </Act>
        <OfRow row={row} />
        </span>
      </td>
    </tr>
  );
});

function Marks({ marks, dropped, low, judges }: { marks: string[]; dropped: number[]; low: number; judges: number }) {
  const { t } = useTranslation();
  const which = struck(marks, dropped, low);
  return Array.from({ length: judges }, (_, n) => {
    const kind = which.get(n);
    return (
      <td key={n} className="figure number" data-judge={n + 1} data-dropped={kind} title={kind && t(`interview.dropped.${kind}`)}>
        {kind === undefined ? (
          marks[n] ?? ""
        ) : (
          <>
            <s className="struck">{marks[n]}</s>
            <small aria-hidden="true">{t(`interview.droppedShort.${kind}`)}</small>
            <span className="iv-only-read">{t(`interview.dropped.${kind}`)}</span>
          </>
        )}
      </td>
    );
  });
}

/** The entries behind a line. Before it is settled only one's own: the other pass stays unseen. */
function OfRow({ row }: { row: PanelRow }) {
  const { operator } = useSession();
  if (isSettled(row)) return <ToEntries person={row.person} />;
  return row.mine === null || operator === null ? null : <ToEntries person={row.person} operator={operator} />;
}

export function State({ row, begun = false }: { row: PanelRow; begun?: boolean }) {
  const { t } = useTranslation();
  if (begun && !isSettled(row)) return <span className="iv-state" data-state="begun">{t("interview.state.begun")}</span>;
  const mine = row.mine !== null && !isSettled(row) && row.state !== "absent" && row.state !== "different";
  return <span className="iv-state" data-state={row.state}>{t(mine ? "interview.state.mine" : `interview.state.${stateOf(row)}`)}</span>;
}
