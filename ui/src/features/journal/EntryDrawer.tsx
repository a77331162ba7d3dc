import { Drawer } from "antd";
import { useTranslation } from "react-i18next";
import { Show, useScreen } from "../../frame/act";
import { siteWords } from "../../frame/words";
import { inWords } from "../../language";
import { commands, type EntryRow } from "../../platform";

/** One entry as it is stored. */
export function EntryDrawer({ row, close }: { row: EntryRow | null; close: () => void }) {
  const { t, i18n } = useTranslation();
  return (
    <Drawer open={row !== null} onClose={close} size={680} destroyOnHidden title={row === null ? "" : inWords(row.title, i18n.language)} closable={{ "aria-label": t("journal.close") }}>
      {row !== null && (
        <div className="log-entry" id="journal-entry">
          <dl>
            <dt>{t("journal.column.at")}</dt>
            <dd className="figure">{row.at.slice(0, 19).replace("T", " ")}</dd>
            <dt>{t("journal.column.by")}</dt>
            <dd>{row.by}</dd>
            <dt>{t("journal.column.where")}</dt>
            <dd className="figure">{t("journal.place", { site: siteWords(row.site, t), device: row.device, seq: row.seq })}</dd>
            <dt>{t("journal.column.state")}</dt>
            <dd>{t(row.live ? "journal.liveLong" : "journal.replacedLong")}</dd>
            <dt>{t("journal.id")}</dt>
            <dd className="log-id">{row.id}</dd>
          </dl>
          <Line id={row.id} />
        </div>
      )}
    </Drawer>
  );
}

function Line({ id }: { id: string }) {
  const { t } = useTranslation();
  const line = useScreen(["entry", id], () => commands.entry(id));
  return (
    <Show of={line}>
      {(text) => (
        <>
          <h2>{t("journal.stored")}</h2>
          <pre className="log-line" tabIndex={0} aria-label={t("journal.stored")} role="group">{text}</pre>
        </>
      )}
    </Show>
  );
}
