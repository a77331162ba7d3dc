import { useQueryClient } from "@tanstack/react-query";
import { Input, Select } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { RefusalNotice, Show, useScreen } from "../../frame/act";
import type { Keeper } from "../../frame/keeper";
import { MayNot } from "../../frame/may";
import { useMay } from "../../frame/useMay";
import { useSession } from "../../frame/session";
import { useTyped } from "../../frame/typed";
import { commands, type MarkSheet } from "../../platform";
import { Grid } from "./Grid";
import { useKeying, type Drafts } from "./drafts";
import type { MarksPlace } from "./Marks";
import { agreement, groupsOf, sumsOf, type Sums } from "./sheet";

const ALL = "all";

/** One pass of a part, keyed by whoever is signed in. */
export function Keying({ place }: { place: MarksPlace }) {
  const { t } = useTranslation();
  const { path, operator } = useSession();
  const { stage, part, pass } = place;
  const typed = useTyped(path, operator, { form: "marks", stage, part, pass });
  const key = ["mark-sheet", stage, part, pass, operator];
  // Comparing thousands of rows after every mark would be felt in the fingers.
  useQueryClient().setQueryDefaults(["mark-sheet"], { structuralSharing: false });
  const sheet = useScreen(key, () => commands.markSheet(stage, part, pass));
  // What stood here before belongs to another pass or another person, and may not be seen.
  if (sheet.isPlaceholderData || typed.begun === undefined) return <p className="reading">{t("marks.reading")}</p>;
  const { begun, keeper } = typed;
  return <Show of={sheet}>{(now) => <Sheet key={operator ?? ""} place={place} sheet={now} sheetKey={key} begun={begun} keeper={keeper} />}</Show>;
}

function Sheet({ place, sheet, sheetKey, begun, keeper }: { place: MarksPlace; sheet: MarkSheet; sheetKey: readonly unknown[]; begun: ReadonlyMap<string, string>; keeper: Keeper }) {
  const { t } = useTranslation();
  const { stage, part, pass } = place;
  const keying = useKeying(stage, part, pass, sheetKey, begun, keeper);
  const controls = useScreen(["mark-controls", stage, part], () => commands.markControls(stage, part));
  const [chosen, setChosen] = useState(ALL);
  const [goTo, setGoTo] = useState<string | null>(null);
  const groups = useMemo(() => groupsOf(sheet.rows, controls.data ?? []), [sheet.rows, controls.data]);
  const group = groups.find((one) => one.key === chosen);
  const rows = useMemo(() => (group === undefined ? sheet.rows : sheet.rows.slice(group.from, group.to)), [sheet.rows, group]);
  const sums = useMemo(() => sumsOf(rows), [rows]);
  const may = useMay();
  const locked = sheet.refused !== null || may("keyMark") !== null;
  return (
    <div className="keying">
      <div className="keying-main">
        <MayNot does="keyMark" />
        {sheet.refused !== null && (
          <div id="marks-locked" className="locked">
            <RefusalNotice refusal={sheet.refused} />
            <p>{t("marks.lockedHint")}</p>
          </div>
        )}
        <Grid key={chosen} place={place} sheet={sheet} rows={rows} keying={keying} locked={locked} goTo={goTo} gone={() => setGoTo(null)} />
      </div>
      <aside className="keying-side" aria-label={t("marks.side")}>
        <div className="field">
          <label htmlFor="mark-room">{t("marks.room")}</label>
          <Select
            id="mark-room"
            showSearch={{ optionFilterProp: "label" }}
            value={chosen}
            onChange={setChosen}
            options={[
              { value: ALL, label: t("marks.allRooms", { count: sheet.rows.length }) },
              ...groups.map((one) => ({ value: one.key, label: t("marks.roomOption", { site: one.siteName, room: one.room, count: one.to - one.from }).trim() })),
            ]}
          />
        </div>
        <p className="progress-line figure" id="mark-progress" data-count={sheet.count} data-total={sheet.total}>
          {t("marks.progress", { done: sheet.count, total: sheet.total })}
        </p>
        <Unsaved drafts={keying.drafts} sheet={sheet} show={(person) => { setChosen(ALL); setGoTo(person); }} />
        <PaperControl key={chosen} sums={sums} rows={rows.length} />
        <div className="soft keys">
          <h2>{t("marks.keysTitle")}</h2>
          <ul>
            {(["enter", "arrows", "absent", "escape"] as const).map((name) => (
              <li key={name}>{t(`marks.keys.${name}`)}</li>
            ))}
          </ul>
          <p>{t("marks.scale", { full: sheet.full, step: sheet.step })}</p>
        </div>
      </aside>
    </div>
  );
}

/** Marks that were typed and are not kept; nothing leaves this list by itself. */
function Unsaved({ drafts, sheet, show }: { drafts: Drafts; sheet: MarkSheet; show: (person: string) => void }) {
  const { t } = useTranslation();
  const open = [...drafts].filter(([, draft]) => draft.state !== "saving");
  if (open.length === 0) return <p id="marks-unsaved" className="good" data-unsaved={0}>{t("marks.allSaved")}</p>;
  return (
    <div id="marks-unsaved" data-unsaved={open.length}>
      <p className="bad">{t("marks.unsaved", { count: open.length })}</p>
      <p className="starts">
        {open.slice(0, 8).map(([person, draft]) => {
          const row = sheet.rows.find((one) => one.person === person);
          return (
            <button key={person} type="button" className="to-row" onClick={() => show(person)}>
              {t("marks.unsavedRow", { room: row?.room ?? "", seat: row?.seat ?? "", text: draft.text })}
            </button>
          );
        })}
      </p>
    </div>
  );
}

function PaperControl({ sums, rows }: { sums: Sums; rows: number }) {
  const { t } = useTranslation();
  const [count, setCount] = useState("");
  const [sum, setSum] = useState("");
  const [countHow, sumHow] = [agreement(count, String(sums.papers)), agreement(sum, sums.sum)];
  return (
    <section className="sheet control" aria-labelledby="control-head">
      <h2 id="control-head">{t("marks.controlTitle")}</h2>
      <p className="figure" id="mark-sums" data-keyed={sums.keyed} data-papers={sums.papers} data-absent={sums.absent} data-sum={sums.sum}>
        {t("marks.sums", { keyed: sums.keyed, rows, absent: sums.absent })}
      </p>
      <table className="control-table figure">
        <thead>
          <tr>
            <td />
            <th scope="col">{t("marks.here")}</th>
            <th scope="col">{t("marks.onPaper")}</th>
            <th scope="col">{t("marks.agreementTitle")}</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{t("marks.papers")}</th>
            <td>{sums.papers}</td>
            <td>
              <Input id="control-count" inputMode="numeric" aria-label={t("marks.paperCount")} value={count} onChange={(e) => setCount(e.target.value)} />
            </td>
            <td id="control-count-says" data-agreement={countHow} className={`agreement ${countHow}`}>{t(`marks.agreement.${countHow}`)}</td>
          </tr>
          <tr>
            <th scope="row">{t("marks.sum")}</th>
            <td>{sums.sum}</td>
            <td>
              <Input id="control-sum" inputMode="decimal" aria-label={t("marks.paperSum")} value={sum} onChange={(e) => setSum(e.target.value)} />
            </td>
            <td id="control-sum-says" data-agreement={sumHow} className={`agreement ${sumHow}`}>{t(`marks.agreement.${sumHow}`)}</td>
          </tr>
        </tbody>
      </table>
    </section>
  );
}
