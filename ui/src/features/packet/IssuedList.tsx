import { Alert, App } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "../../frame/act";
import { Act } from "../../frame/may";
import { useSession } from "../../frame/session";
import { commands, PDFS } from "../../platform";
import { SaveDialog } from "../roster/SaveDialog";
import { markSaved } from "./issued";
import { unsaved, type Issued } from "./packet";

/** What was issued in this window. The words stand covered: somebody may be looking over the shoulder. */
export function IssuedList({ rows }: { rows: readonly Issued[] }) {
  const { t } = useTranslation();
  const act = useAct();
  const { message } = App.useApp();
  const { path: event } = useSession();
  const [shown, setShown] = useState<string | null>(null);
  const [saving, setSaving] = useState<string | null>(null);
  const open = unsaved(rows);
  const save = async (path: string) => {
    const posts = rows.map((row) => row.post);
    const saved = await act(() => commands.saveSlips(posts, path).then(() => true));
    if (saved !== true) return false;
    markSaved(event, posts);
    void message.success(t("frame.saved", { path }));
    return true;
  };
  return (
    <section aria-labelledby="issued-head" className="issued-packets" id="issued" data-unsaved={open.length}>
      <div className="row issued-head">
        <h2 id="issued-head">{t("packet.issued.title", { count: rows.length })}</h2>
        <span className="wide-field" />
        <Act does="saveSlips" id="save-slips" type={open.length > 0 ? "primary" : "default"} onClick={() => setSaving(`${t("packet.slips.name")}.pdf`)}>
          {t("packet.slips.save")}
        </Act>
      </div>
      <Alert type={open.length > 0 ? "warning" : "info"} showIcon title={open.length > 0 ? t("packet.slips.unsaved", { count: open.length }) : t("packet.slips.saved")} description={t("packet.slips.way")} />
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{t("frame.site")}</th>
            <th scope="col">{t("packet.file")}</th>
            <th scope="col" className="number">{t("packet.people")}</th>
            <th scope="col">{t("packet.checkCode")}</th>
            <th scope="col">{t("packet.words")}</th>
            <th scope="col">{t("packet.slips.state")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const bare = shown === row.post;
            return (
              <tr key={row.post} data-post={row.post}>
                <td>{row.siteName}</td>
                <td className="path-cell">{row.path}</td>
                <td className="number">{row.people}</td>
                <td><code>{row.checkCode}</code></td>
                <td>
                  {bare && <code className="six-words" data-words={row.post}>{row.words}</code>}
                  {row.words === "" ? t("packet.wordsOnSlip") : <Act does="issuePackets" size="small" data-action="show-words" data-post={row.post} aria-label={t(bare ? "packet.hideOf" : "packet.showOf", { site: row.siteName })} onClick={() => setShown(bare ? null : row.post)}>
                    {t(bare ? "packet.hide" : "packet.show")}
                  </Act>}
                </td>
                <td><span className={`state-word is-${row.slipSaved ? "good" : "warn"}`}>{t(row.slipSaved ? "packet.slips.isSaved" : "packet.slips.notSaved")}</span></td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <SaveDialog title={t("packet.slips.save")} filters={PDFS} proposed={saving} save={save} close={() => setSaving(null)}>
        <p>{t("packet.slips.hint")}</p>
      </SaveDialog>
    </section>
  );
}
