import { Alert } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Show, useScreen } from "../../frame/act";
import { ToEntries } from "../../frame/parts";
import { padded } from "../../frame/figure";
import { Act } from "../../frame/may";
import { commands, type PartInfo, type SheetDifference } from "../../platform";
import { DecideSheet } from "./DecideSheet";
import { differing } from "./sheets";

/** Sheets of which the two keyings differ, beside each other with both authors. */
export function Differences({ stage, part, info }: { stage: string; part: string; info: PartInfo }) {
  const { t } = useTranslation();
  const read = useScreen(["sheetDifferences", stage, part], () => commands.sheetDifferences(stage, part));
  const [about, setAbout] = useState<SheetDifference | null>(null);
  return (
    <Show of={read}>
      {(all) => (
        <div className="iv-differences">
          <p id="differences-count" role="status">{t("interview.differences.count", { people: all.length })}</p>
          {all.length === 0 ? (
            <Alert type="success" showIcon title={t("interview.differences.none")} />
          ) : (
            <p className="soft">{t("interview.differences.hint")}</p>
          )}
          {all.map((one) => <Pair key={one.person} one={one} judges={info.judges} step={info.step} decide={() => setAbout(one)} />)}
          <DecideSheet stage={stage} part={part} sheet={info} about={about} close={() => setAbout(null)} />
        </div>
      )}
    </Show>
  );
}

function Pair({ one, judges, step, decide }: { one: SheetDifference; judges: number; step: string; decide: () => void }) {
  const { t } = useTranslation();
  const wrong = new Set(differing(one, judges));
  const line = (which: "first" | "second", marks: string[], by: string) => (
    <tr data-pass={which}>
      <th scope="row">{t("interview.differences.keyedBy", { keying: t(`interview.sheets.${which}`), by })}</th>
      {marks.length === 1 && judges > 1 ? (
        <td colSpan={judges} className="iv-differs">{t("interview.differences.only", { mark: marks[0] ?? "—" })}</td>
      ) : (
        Array.from({ length: judges }, (_, n) => (
          <td key={n} className={wrong.has(n) ? "figure number iv-differs" : "figure number"} data-judge={n + 1}>
            {padded(marks[n] ?? "—", step)}
            {wrong.has(n) && <small>{t("interview.differences.differs")}</small>}
          </td>
        ))
      )}
    </tr>
  );
  return (
    <section className="iv-pair" data-person={one.person}>
      <header>
        <h2>{one.name}</h2>
        <span className="figure">{one.number}</span>
        <ToEntries person={one.person} />
        <Act does="decideSheet" type="primary" data-action="decide" aria-label={t("interview.differences.decideOne", { name: one.name })} onClick={decide}>{t("interview.differences.decide")}</Act>
      </header>
      <table className="iv-panel-grid">
        <thead>
          <tr>
            <th scope="col">{t("interview.differences.keying")}</th>
            {Array.from({ length: judges }, (_, n) => <th key={n} scope="col" className="number">{t("interview.judge", { n: n + 1 })}</th>)}
          </tr>
        </thead>
        <tbody>
          {line("first", one.first, one.firstBy)}
          {line("second", one.second, one.secondBy)}
        </tbody>
      </table>
    </section>
  );
}
