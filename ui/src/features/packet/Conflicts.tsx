import { Alert, Button } from "antd";
import { useTranslation } from "react-i18next";
import { ToEntries } from "../../frame/parts";
import { go } from "../../frame/place";
import { inWords } from "../../language";
import type { ConflictRow } from "../../platform";

/** Two laptops said two things of one person: both stand here until a third person has looked at the paper. */
export function Conflicts({ rows }: { rows: ConflictRow[] }) {
  const { t, i18n } = useTranslation();
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
            <span className="conflict-ways">
              <Button size="small" onClick={() => go("marks")}>{t("packet.conflict.marks")}</Button>
              <Button size="small" onClick={() => go("interview")}>{t("packet.conflict.interview")}</Button>
            </span>
          }
        />
      )}
      {rows.map((row, at) => (
        <div key={`${row.topic}/${at}`} className="conflict-card" data-topic={row.topic}>
          <h3>
            {inWords(row.about, i18n.language)}
            <ToEntries ids={row.values.map((one) => one.entry)} />
          </h3>
          <div className="conflict-values">
            {row.values.map((one) => (
              <dl key={one.entry} data-entry={one.entry}>
                <dt>{t("packet.conflict.value")}</dt>
                <dd className="conflict-said">{one.value}</dd>
                <dt>{t("packet.conflict.by")}</dt>
                <dd>{one.by}</dd>
                <dt>{t("packet.conflict.device")}</dt>
                <dd>{one.device}</dd>
                <dt>{t("packet.conflict.at")}</dt>
                <dd className="figure">{one.at}</dd>
              </dl>
            ))}
          </div>
        </div>
      ))}
    </section>
  );
}
