import { Alert, Button, Input, Tabs } from "antd";
import { useDeferredValue, useState } from "react";
import { useTranslation } from "react-i18next";
import { Show, useAct, useScreen } from "../../frame/act";
import { Act } from "../../frame/may";
import { Page, PathField, usePart, useReason } from "../../frame/parts";
import { go, usePlace } from "../../frame/place";
import { useInWords } from "../../language";
import { commands, WORKBOOKS, type StaffLine, type StaffLook, type StaffScreen } from "../../platform";
import { ON_DUTY } from "../papers/kinds";
import { PapersButton } from "../papers/PapersButton";
import { FaultList } from "../roster/FaultList";
import { LongList, type Column } from "../roster/LongList";
import "../practice/practice.css";
import "../standing/standing.css";
import { Inspections } from "./Inspections";
import { Replace } from "./OnDuty";
import { Recusals } from "./Recusals";
import { found } from "./staff";

const NAMES = ["people", "draw", "recusals", "inspections"] as const;
const STATE = { on: "good", reserve: "calm", left: "warn" } as const;
type Of = { stage: string; part: string; screen: StaffScreen };

/** People on duty: their list, the draw of invigilators, recusals of judges, what inspectors note. */
export function Staff() {
  const { t } = useTranslation();
  const { about } = usePlace();
  const { stage, part, picker } = usePart();
  const screen = useScreen(["staff", stage, part], () => commands.staff(stage, part));
  return (
    <Page title={t("staff.title")} extra={picker}>
      <Show of={screen}>
        {(now) => {
          // Invigilators serve at written papers, judges at interviews.
          const views = NAMES.filter((name) => name !== (now.interview ? "draw" : "recusals"));
          const view = views.find((name) => name === about["view"]) ?? "people";
          const of = { stage, part, screen: now };
          const pages = { people: <People {...of} />, draw: <Draw {...of} />, recusals: <Recusals {...of} />, inspections: <Inspections {...of} /> };
          return (
            <Tabs className="views" activeKey={view} onChange={(key) => go("hq", "staff", { view: key })} destroyOnHidden
              items={views.map((key) => ({ key, label: <span data-view={key}>{t(`staff.view.${key}`)}</span>, children: <div className="view">{pages[key]}</div> }))} />
          );
        }}
      </Show>
    </Page>
  );
}

function People({ stage, part, screen }: Of) {
  const { t } = useTranslation();
  const inWords = useInWords();
  const remark = useRemark();
  const [text, setText] = useState("");
  const [leaves, setLeaves] = useState<StaffLine | null>(null);
  const wanted = useDeferredValue(text);
  const shown = screen.people.filter((one) => found(one, wanted));
  const columns: Column<StaffLine>[] = [
    { key: "site", head: t("frame.site"), width: "minmax(150px, 1fr)", cell: (row) => (row.site === "" ? t("staff.everywhere") : row.siteName), hint: (row) => row.siteName },
    { key: "role", head: t("staff.col.role"), width: "112px", cell: (row) => t(`staff.role.${row.role}`) },
    { key: "place", head: t("staff.col.place"), width: "124px", cell: (row) => inWords(row.place), hint: (row) => inWords(row.place) },
    { key: "name", head: t("frame.name"), width: "minmax(90px, 0.7fr)", cell: (row) => row.name },
    { key: "unit", head: t("staff.col.unit"), width: "minmax(140px, 1fr)", cell: (row) => row.unit, hint: (row) => row.unit },
    { key: "standing", head: t("staff.col.standing"), width: "96px", cell: (row) => <span className={`state-word is-${STATE[row.standing]}`}>{t(`staff.standing.${row.standing}`)}</span> },
    { key: "remark", head: t("staff.col.remark"), width: "minmax(120px, 1fr)", cell: remark, hint: remark },
    { key: "act", head: t("staff.col.act"), width: "92px", cell: (row) => row.standing === "on" && <Act does="replaceStaff" size="small" data-action="replace" aria-label={t("staff.replace.of", { name: row.name })} onClick={() => setLeaves(row)}>{t("staff.replace.act")}</Act> },
  ];
  return (
    <>
      <ImportStaff stage={stage} />
      <div className="row">
        <Input className="people-search" allowClear aria-label={t("staff.search")} placeholder={t("staff.search")} value={text} onChange={(e) => setText(e.target.value)} spellCheck={false} />
        <PapersButton id="staff-papers" kinds={ON_DUTY} stage={stage} part={part} sites={screen.sites.map(({ site, name }) => ({ site, siteName: name }))} disabled={screen.people.length === 0} />
      </div>
      {screen.people.length === 0 ? <p className="soft">{t("staff.none")}</p> : (
        <LongList id="staff-list" label={t("staff.view.people")} columns={columns} count={shown.length} rowAt={(at) => shown[at]} rowKey={(row) => row.id} marks={(row) => ({ "data-staff": row.id, "data-standing": row.standing })} />
      )}
      {leaves !== null && <Replace stage={stage} part={part} people={screen.people} leaves={leaves} close={() => setLeaves(null)} />}
    </>
  );
}

/** Who serves instead of somebody, or in whose places they serve. */
function useRemark(): (one: StaffLine) => string {
  const { t } = useTranslation();
  return ({ replacedBy, reason, standsFor }) =>
    replacedBy !== null ? t("staff.replacedBy", { by: replacedBy, reason }) : standsFor.length > 0 ? t("staff.standsFor", { names: standsFor.join(t("standing.comma")) }) : "";
}

function ImportStaff({ stage }: { stage: string }) {
  const { t } = useTranslation();
  const act = useAct();
  const [file, setFile] = useState("");
  const [seen, setSeen] = useState<StaffLook | null>(null);
  const look = async () => setSeen((await act(() => commands.lookAtStaff(stage, file.trim()))) ?? null);
  const take = async () => {
    if (seen === null) return;
    const done = await act(() => commands.importStaff(stage, file.trim()), t("staff.import.done", { file: seen.source, n: seen.taken }));
    if (done === undefined) return;
    setSeen(null);
    setFile("");
  };
  return (
    <>
      <p className="soft">{t("staff.import.lead")}</p>
      <div className="row">
        <PathField label={t("staff.import.file")} kind="open" filters={WORKBOOKS} value={file} onChange={(path) => { setFile(path); setSeen(null); }} onEnter={() => void look()} />
        <Button id="staff-look" disabled={file.trim() === ""} onClick={() => void look()}>{t("staff.import.look")}</Button>
        {seen !== null && seen.taken > 0 && <Act does="importStaff" id="staff-import" type="primary" autoFocus onClick={() => void take()}>{t("staff.import.take", { n: seen.taken })}</Act>}
      </div>
      {seen !== null && <Seen look={seen} />}
    </>
  );
}

function Seen({ look }: { look: StaffLook }) {
  const { t } = useTranslation();
  return (
    <>
      <Alert type={look.refused > 0 ? "warning" : "success"} showIcon id="staff-seen" data-taken={look.taken} title={t("staff.import.counts", { rows: look.rows, taken: look.taken, refused: look.refused })} />
      {look.faults.length > 0 && <FaultList id="staff-faults" rows={look.faults} least={160} />}
    </>
  );
}

function Draw({ stage, part, screen }: Of) {
  const { t } = useTranslation();
  const act = useAct();
  const ask = useReason();
  const [seed, setSeed] = useState("");
  const [how, setHow] = useState("");
  const [wrong, setWrong] = useState<string[] | null>(null);
  const drawn = screen.draws.length > 0;
  const draw = async () => {
    if (seed.trim() === "") return;
    const reason = drawn ? await ask(t("staff.draw.againTitle"), t("staff.draw.againHint")) : "";
    if (reason === null) return;
    if ((await act(() => commands.drawInvigilators(stage, part, seed.trim(), how.trim(), reason).then(() => true), t("staff.draw.done"))) === undefined) return;
    setSeed("");
    setHow("");
    setWrong(null);
  };
  const verify = async () => setWrong((await act(() => commands.verifyDuties(stage, part))) ?? null);
  const columns: Column<StaffScreen["draws"][number]>[] = [
    { key: "site", head: t("frame.site"), width: "minmax(170px, 1fr)", cell: (row) => row.siteName, hint: (row) => row.siteName },
    { key: "rooms", number: true, head: t("staff.col.rooms"), width: "80px", cell: (row) => <span className="figure">{row.rooms}</span> },
    { key: "people", number: true, head: t("staff.col.people"), width: "92px", cell: (row) => <span className="figure">{row.people}</span> },
    { key: "own", number: true, head: t("staff.col.own"), width: "170px", cell: (row) => <span className="figure">{row.own}</span> },
    { key: "bound", number: true, head: t("staff.col.bound"), width: "80px", cell: (row) => <span className="figure">{row.bound}</span> },
    { key: "seed", head: t("staff.col.seed"), width: "minmax(220px, 1.4fr)", cell: (row) => row.seed, hint: (row) => row.seed },
    { key: "reason", head: t("staff.col.reason"), width: "minmax(100px, 0.8fr)", cell: (row) => row.reason, hint: (row) => row.reason },
  ];
  return (
    <>
      <p className="soft">{t("staff.draw.lead")}</p>
      <div className="row">
        <Input id="duty-seed" className="people-search" aria-label={t("staff.draw.seed")} placeholder={t("staff.draw.seed")} value={seed} onChange={(e) => setSeed(e.target.value)} onPressEnter={(e) => { e.preventDefault(); void draw(); }} spellCheck={false} />
        <Input id="duty-how" className="people-search" aria-label={t("staff.draw.how")} placeholder={t("staff.draw.how")} value={how} onChange={(e) => setHow(e.target.value)} />
        <Act does="drawInvigilators" id="duty-draw" type="primary" disabled={seed.trim() === ""} onClick={() => void draw()}>{drawn ? t("staff.draw.again") : t("staff.draw.now")}</Act>
        <Button id="duty-verify" disabled={!drawn} onClick={() => void verify()}>{t("staff.draw.verify")}</Button>
      </div>
      {wrong !== null && <Alert type={wrong.length === 0 ? "success" : "error"} showIcon id="duty-verified" title={wrong.length === 0 ? t("staff.draw.right") : t("staff.draw.wrong", { sites: wrong.join(" ") })} />}
      {drawn ? (
        <>
          <p className="soft">{t("staff.draw.read")}</p>
          <LongList id="duty-draws" label={t("staff.view.draw")} columns={columns} count={screen.draws.length} rowAt={(at) => screen.draws[at]} rowKey={(row) => row.site} marks={(row) => ({ "data-site": row.site, "data-own": String(row.own), "data-bound": String(row.bound) })} />
        </>
      ) : <p className="soft">{t("staff.draw.none")}</p>}
    </>
  );
}
