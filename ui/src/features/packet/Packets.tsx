import { Alert, App, Button, Checkbox } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Show, useScreen } from "../../frame/act";
import { Act } from "../../frame/may";
import { Page, ToEntries, usePart } from "../../frame/parts";
import { go, usePlace } from "../../frame/place";
import { useSession } from "../../frame/session";
import { useWork } from "../../frame/work";
import { commands, type PostRow } from "../../platform";
import { LongList, type Column } from "../roster/LongList";
import { FolderField } from "./FolderField";
import { addIssued, CLOSE, useIssued } from "./issued";
import { IssuedList } from "./IssuedList";
import { issuedBefore, issuedMeanwhile, stateOf, unsaved } from "./packet";
import { useStay } from "./useStay";
import "./packet.css";

/** Site packets: who gets one, issued to a stick, and the slips with the words that open them. */
export function Packets() {
  const { t } = useTranslation();
  const { stage, part, picker } = usePart();
  const { path } = useSession();
  const issued = useIssued(path);
  const open = unsaved(issued);
  useStay(open.length > 0, t("packet.slips.unsavedTitle"), t("packet.slips.unsavedText", { count: open.length }));
  const closing = usePlace().about["close"] === "ask";
  useEffect(() => {
    if (!closing) return;
    go("hq", "packet");
    document.querySelector<HTMLElement>(CLOSE)?.click();
  }, [closing]);
  const posts = useScreen(["posts", stage, part], () => commands.posts(stage, part), stage !== "");
  return (
    <Page title={t("packet.title")} extra={picker}>
      <Show of={posts}>{(rows) => <Posts key={`${stage}/${part}`} stage={stage} part={part} rows={rows} short={issued.length > 0} />}</Show>
      {issued.length > 0 && <IssuedList rows={issued} />}
    </Page>
  );
}

const TINT = { isIssued: "good", notIssued: "calm", isOutdated: "warn" } as const;

function Posts({ stage, part, rows, short }: { stage: string; part: string; rows: PostRow[]; short: boolean }) {
  const { t } = useTranslation();
  const { path, operator, folder: home, stages } = useSession();
  const name = stages.find((one) => one.id === stage)?.parts.find((one) => one.id === part)?.whole ?? "";
  const { modal } = App.useApp();
  const run = useWork();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [folder, setFolder] = useState(home);
  const sites = rows.filter((row) => chosen.has(row.site)).map((row) => row.site);
  const choose = (site: string, wanted: boolean) => {
    const next = new Set(chosen);
    if (wanted) next.add(site);
    else next.delete(site);
    setChosen(next);
  };
  const issue = async () => {
    const done = await run((progress) => commands.issuePackets(stage, part, sites, folder.trim(), progress), t("packet.issued.done"));
    if (done === undefined) {
      const after = await commands.posts(stage, part).catch(() => rows);
      const some = issuedMeanwhile(rows, after);
      if (some.length > 0) addIssued(path, operator, some);
      return;
    }
    addIssued(path, operator, done);
    setChosen(new Set());
    setTimeout(() => document.getElementById("save-slips")?.focus(), 60);
  };
  // Begun by Enter it waits for the stroke to end, or the question would be answered by the same stroke.
  const begin = () => {
    if (sites.length === 0 || folder.trim() === "") return;
    const again = issuedBefore(rows, chosen);
    if (again.length === 0) return void issue();
    modal.confirm({
      title: t("packet.again.title", { count: again.length }),
      content: t("packet.again.text", { sites: again.slice(0, 5).map((row) => row.siteName).join(t("packet.comma")), count: again.length }),
      okText: t("packet.again.ok"),
      focusable: { autoFocusButton: "cancel" },
      okButtonProps: { id: "issue-again" },
      cancelText: t("frame.cancel"),
      onOk: () => void issue(),
    });
  };
  const outdated = rows.filter((row) => row.outdated);
  const all = rows.length > 0 && sites.length === rows.length;
  const columns: Column<PostRow>[] = [
    {
      key: "chosen", width: "40px",
      head: <Checkbox id="select-all" aria-label={t("packet.selectAll")} checked={all} indeterminate={sites.length > 0 && !all} onChange={(e) => setChosen(new Set(e.target.checked ? rows.map((row) => row.site) : []))} />,
      cell: (row) => <Checkbox data-action="select" data-site={row.site} aria-label={t("packet.select", { site: row.siteName })} checked={chosen.has(row.site)} onChange={(e) => choose(row.site, e.target.checked)} />,
    },
    { key: "site", head: t("frame.site"), width: "minmax(220px, 2fr)", cell: (row) => row.siteName, hint: (row) => row.siteName },
    { key: "post", head: t("packet.post"), width: "minmax(180px, 1.4fr)", cell: () => name, hint: () => name },
    { key: "people", number: true, head: t("packet.people"), width: "80px", cell: (row) => <span className="figure">{row.people}</span> },
    { key: "issued", head: t("packet.state"), width: "110px", cell: (row) => <span className={`state-word is-${TINT[stateOf(row)]}`} title={row.outdated ? t("packet.outdated.remedy") : undefined}>{t(`packet.${stateOf(row)}`)}</span> },
    { key: "at", head: t("packet.issuedAt"), width: "160px", cell: (row) => <span className="figure">{row.issuedAt === null ? "—" : row.issuedAt}</span> },
    { key: "entries", head: t("frame.entries"), width: "72px", cell: (row) => (row.entry === null ? null : <ToEntries ids={[row.entry]} of={row.siteName} />) },
  ];
  return (
    <>
      {outdated.length > 0 && (
        <Alert
          id="packets-outdated"
          data-outdated={outdated.length}
          type="warning"
          showIcon
          title={t("packet.outdated.title", { count: outdated.length, sites: outdated.slice(0, 5).map((row) => row.siteName).join(t("packet.comma")) })}
          description={t("packet.outdated.remedy")}
          action={<Button size="small" id="select-outdated" onClick={() => setChosen(new Set(outdated.map((row) => row.site)))}>{t("packet.outdated.select")}</Button>}
        />
      )}
      <p className="tally" id="posts-sums">
        <span>{t("packet.sums", { posts: rows.length, issued: rows.filter((row) => row.issued).length })}</span>
        {rows.some((row) => !row.issued) && (
          <Button size="small" id="select-open" onClick={() => setChosen(new Set(rows.filter((row) => !row.issued).map((row) => row.site)))}>
            {t("packet.selectOpen")}
          </Button>
        )}
        <span className="soft" role="status">{t("packet.chosen", { count: sites.length })}</span>
      </p>
      <LongList id="posts" label={t("packet.posts")} below={(short ? 420 : 110) + (outdated.length > 0 ? 90 : 0)} least={184} columns={columns} count={rows.length} rowAt={(at) => rows[at]} empty={<>{t("packet.emptyPosts")} <Button size="small" data-action="to-seating" onClick={() => go("hq", "seating", { stage })}>{t("packet.toSeats")}</Button></>} rowKey={(row) => row.post} marks={(row) => ({ "data-post": row.post, "data-site": row.site, "data-issued": String(row.issued), "data-outdated": String(row.outdated) })} />
      <div className="row">
        <div className="wide-field" data-field="packets-folder">
          <FolderField label={t("packet.folder")} value={folder} onChange={setFolder} onEnter={() => setTimeout(begin)} />
        </div>
        <Act does="issuePackets" id="issue-packets" type="primary" disabled={sites.length === 0 || folder.trim() === ""} onClick={begin}>
          {t("packet.issue", { count: sites.length })}
        </Act>
      </div>
    </>
  );
}
