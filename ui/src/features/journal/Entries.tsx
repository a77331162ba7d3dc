import type { KeyboardEvent, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { siteWords } from "../../frame/words";
import { inWords } from "../../language";
import type { EntryRow } from "../../platform";

/** Up and down go from entry to entry, Enter opens one. */
function walk(event: KeyboardEvent<HTMLElement>) {
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  const opens = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-action="open"]')];
  const at = opens.findIndex((one) => one === document.activeElement);
  const next = opens[at + step];
  if (step === 0 || at < 0 || next === undefined) return;
  event.preventDefault();
  next.focus();
}

export function Entries({ rows, empty, open, children }: { rows: EntryRow[]; empty: string; open: (row: EntryRow) => void; children: ReactNode }) {
  const { t, i18n } = useTranslation();
  return (
    <div className="log-list" role="group" aria-label={t("journal.title")} tabIndex={rows.length === 0 ? undefined : 0} onKeyDown={walk}>
      <table className="log-table" id="journal-entries">
        <thead>
          <tr>
            <th scope="col">{t("journal.column.at")}</th>
            <th scope="col">{t("journal.column.what")}</th>
            <th scope="col">{t("journal.column.about")}</th>
            <th scope="col">{t("journal.column.by")}</th>
            <th scope="col">{t("journal.column.where")}</th>
            <th scope="col">{t("journal.column.state")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id} data-entry={row.id} data-kind={row.kind} data-live={row.live} onClick={() => open(row)}>
              <td className="figure">{row.at.slice(0, 19).replace("T", " ")}</td>
              <td>
                <button type="button" data-action="open" onClick={(e) => { e.stopPropagation(); open(row); }}>{inWords(row.title, i18n.language)}</button>
              </td>
              <td className="log-about" title={inWords(row.about, i18n.language)}>{inWords(row.about, i18n.language)}</td>
              <td className="log-by">{row.by}</td>
              <td className="figure log-where">{[siteWords(row.site, t), row.device, row.seq].filter((one) => one !== "").join(" · ")}</td>
              <td className={row.live ? "log-live" : "log-replaced"}>{t(row.live ? "journal.live" : "journal.replaced")}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length === 0 && <p className="log-none soft">{empty}</p>}
      <div className="log-more">{children}</div>
    </div>
  );
}
