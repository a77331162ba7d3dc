import { Button, Checkbox } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Show, useAct, useScreen } from "../../frame/act";
import { Act } from "../../frame/may";
import { PathField } from "../../frame/parts";
import { go } from "../../frame/place";
import { useInWords } from "../../language";
import { commands, type BoardRow } from "../../platform";

type Written = { post: string; path: string };

/** Headquarters answers each post whose handover is merged. */
export function WriteReceipts() {
  const { t } = useTranslation();
  const board = useScreen(["board"], commands.board);
  return (
    <>
      <div className="hand-pointer">
        <p>{t("handover.mergeHint")}</p>
        <Button id="handover-to-board" onClick={() => go("hq", "board")}>{t("handover.toBoard")}</Button>
      </div>
      <Show of={board}>{(rows) => (rows.length === 0 ? <p className="soft">{t("handover.noPosts")}</p> : <Posts rows={rows} />)}</Show>
    </>
  );
}

function Posts({ rows }: { rows: BoardRow[] }) {
  const { t } = useTranslation();
  const inWords = useInWords();
  const act = useAct();
  const [folder, setFolder] = useState("");
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const [written, setWritten] = useState<Written[]>([]);
  const answerable = rows.filter((row) => row.devices.length > 0);
  const chosen = answerable.filter((row) => ticked.has(row.post));
  const tick = (post: string, on: boolean) => {
    const next = new Set(ticked);
    if (on) next.add(post);
    else next.delete(post);
    setTicked(next);
  };
  const write = async () => {
    if (folder.trim() === "" || chosen.length === 0) return;
    const out: Written[] = [];
    for (const { post } of chosen) {
      const path = await act(() => commands.writeReceipt(post, folder.trim()));
      // What was refused has been said; the posts after it wait for an answer to that.
      if (path === undefined) break;
      out.push({ post, path });
    }
    setWritten(out);
    setTicked(new Set(chosen.slice(out.length).map((row) => row.post)));
  };
  return (
    <section className="hand-form" aria-labelledby="hand-receipts">
      <h2 id="hand-receipts">{t("handover.tab.receipts")}</h2>
      <div className="hand-list" tabIndex={0} role="group" aria-label={t("handover.posts")}>
        <table className="hand-table">
          <thead>
            <tr>
              <th scope="col">
                <Checkbox
                  id="receipts-all"
                  aria-label={t("handover.allPosts")}
                  disabled={answerable.length === 0}
                  checked={answerable.length > 0 && chosen.length === answerable.length}
                  onChange={(e) => setTicked(new Set(e.target.checked ? answerable.map((row) => row.post) : []))}
                />
              </th>
              <th scope="col">{t("handover.column.site")}</th>
              <th scope="col">{t("handover.column.post")}</th>
              <th scope="col" className="number">{t("handover.column.people")}</th>
              <th scope="col">{t("handover.column.state")}</th>
              <th scope="col">{t("handover.column.devices")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.post} data-post={row.post} data-state={row.state}>
                <td>
                  <Checkbox aria-label={t("handover.choosePost", { post: row.siteName })} disabled={row.devices.length === 0} checked={ticked.has(row.post)} onChange={(e) => tick(row.post, e.target.checked)} />
                </td>
                <td>{row.siteName}</td>
                <td>{inWords(row.of)}</td>
                <td className="number">{row.people}</td>
                <td><span className={`hand-state ${row.state}`}>{t(`handover.state.${row.state}`)}</span></td>
                <td className="figure">{row.devices.map((one) => t("handover.device", { device: one.device.slice(0, 8), seq: one.seq, code: one.checkCode })).join(t("handover.semicolon"))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="hand-line" data-field="receipts-folder">
        <PathField label={t("handover.receiptsFolder")} kind="folder" value={folder} onChange={setFolder} onEnter={() => void write()} />
        <Act does="writeReceipt" id="receipts-write" type="primary" disabled={chosen.length === 0 || folder.trim() === ""} onClick={() => void write()}>{t("handover.writeReceipts", { posts: chosen.length })}</Act>
      </div>
      {written.length > 0 && (
        <div id="receipts-written" role="status">
          <p>{t("handover.receiptsWritten", { posts: written.length })}</p>
          <ul className="hand-says">
            {written.map((one) => <li key={one.path} data-post={one.post}>{one.path}</li>)}
          </ul>
        </div>
      )}
    </section>
  );
}
