import { Alert, Button } from "antd";
import { useTranslation } from "react-i18next";
import { useAct } from "../../frame/act";
import { Act } from "../../frame/may";
import { ToEntries, useReason } from "../../frame/parts";
import { go } from "../../frame/place";
import { inWords } from "../../language";
import { commands, type ConflictRow, type ConflictValue } from "../../platform";

/** Two laptops said two things of one person: both stand here until a third person has looked at the paper. */
export function Conflicts({ rows }: { rows: ConflictRow[] }) {
  const { t, i18n } = useTranslation();
  const elsewhere = rows.some((row) => !row.here);
  return (
    <section aria-labelledby="conflicts-head" className="conflict-list" id="conflicts" data-count={rows.length}>
      <h2 id="conflicts-head">{t("packet.conflict.title", { count: rows.length })}</h2>
      {rows.length === 0 ? (
        <p className="soft">{t("packet.conflict.none")}</p>
      ) : (
        <Alert
          type="warning"
          showIcon
          title={t("packet.conflict.what")}
          description={t("packet.conflict.remedy")}
          action={
            elsewhere && (
              <span className="conflict-ways">
                <Button size="small" onClick={() => go("marks")}>{t("packet.conflict.marks")}</Button>
                <Button size="small" onClick={() => go("interview")}>{t("packet.conflict.interview")}</Button>
              </span>
            )
          }
        />
      )}
      {rows.map((row) => (
        <div key={`${row.topic}/${row.key}`} className="conflict-card" data-topic={row.topic}>
          <h3>
            {inWords(row.about, i18n.language)}
            <ToEntries ids={row.values.map((one) => one.entry)} />
          </h3>
          <div className="conflict-values">
            {row.values.map((one) => <Said key={one.entry} row={row} one={one} />)}
          </div>
        </div>
      ))}
    </section>
  );
}

function Said({ row, one }: { row: ConflictRow; one: ConflictValue }) {
  const { t, i18n } = useTranslation();
  const act = useAct();
  const ask = useReason();
  const settle = async () => {
    const reason = await ask(t("packet.conflict.settleTitle", { by: one.by }), t("packet.conflict.settleHint"));
    if (reason !== null) await act(() => commands.settleConflict(row.topic, row.key, one.entry, reason), t("packet.conflict.settled"));
  };
  return (
    <div data-entry={one.entry}>
      <dl>
        <dt>{t("packet.conflict.value")}</dt>
        <dd className="conflict-said">{inWords(one.value, i18n.language)}</dd>
        <dt>{t("packet.conflict.by")}</dt>
        <dd>{one.by}</dd>
        <dt>{t("packet.conflict.device")}</dt>
        <dd>{one.device}</dd>
        <dt>{t("packet.conflict.at")}</dt>
        <dd className="figure">{one.at}</dd>
      </dl>
      {row.here && <Act does="settleConflict" size="small" data-action="settle" onClick={() => void settle()}>{t("packet.conflict.settle", { by: one.by })}</Act>}
    </div>
  );
}
