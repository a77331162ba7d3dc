import { Alert, Empty, Input, Select, Table } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Show, useAct, useScreen } from "../../frame/act";
import { Act } from "../../frame/may";
import { Ask, ToEntries } from "../../frame/parts";
import { useSession } from "../../frame/session";
import { useInWords } from "../../language";
import { useKept } from "../../frame/typed";
import { commands, type SelectedRow, type SelectionView, type StageInfo } from "../../platform";
import { Announcement } from "../papers/Announcements";
import { rolling, useHeightLeft, useRowKeys, useSearch, useStageOf } from "./list";
import { Mend } from "./Mend";
import { distinct, matching, wall } from "./order";
import { TieList } from "./Ties";

export function Selection() {
  const { t } = useTranslation();
  const { stage, picker } = useStageOf((s) => s.selected);
  if (stage === null) return <Empty description={t("standing.selection.none")} />;
  return (
    <div className="view">
      {picker !== null && <div className="filters">{picker}</div>}
      <StageSelection key={stage.id} stage={stage} />
    </div>
  );
}

function StageSelection({ stage }: { stage: StageInfo }) {
  const selection = useScreen(["selection", stage.id], () => commands.selection(stage.id));
  return <Show of={selection}>{(view) => (view.made ? <Made stage={stage} view={view} /> : <NotMade stage={stage} view={view} />)}</Show>;
}

/** Before it is made: what is missing, the ties to resolve, and the one button. */
function NotMade({ stage, view }: { stage: StageInfo; view: SelectionView }) {
  const { t } = useTranslation();
  const act = useAct();
  const [asked, setAsked] = useState(false);
  const blocked = view.refused !== null || view.held.length > 0;
  const select = async () => {
    setAsked(false);
    await act(() => commands.select(stage.id), t("standing.selection.made"));
  };
  return (
    <>
      {view.refused !== null && <Mend refusal={view.refused} />}
      {view.held.length > 0 && (
        <>
          <Alert type="warning" showIcon data-held={view.held.length} title={t("standing.selection.held", { n: view.held.length })} />
          <TieList ties={view.held} />
        </>
      )}
      {view.refused === null && <Places view={view} />}
      {!blocked && <Alert type="info" showIcon title={t("standing.selection.notMade")} description={t("standing.selection.ready")} />}
      <div className="row">
        <Act does="select" type="primary" data-action="select" disabled={blocked} onClick={() => setAsked(true)}>
          {t("standing.selection.select")}
        </Act>
      </div>
      {view.rows.length > 0 && <People stage={stage} rows={view.rows} title={t("standing.selection.preview")} />}
      <Ask open={asked} title={t("standing.selection.selectTitle", { stage: stage.name })} onCancel={() => setAsked(false)} onOk={() => void select()}>
        <p>{t("standing.selection.selectWhat")}</p>
        {view.rows.length > 0 && <p>{t("standing.selection.selectCount", { n: view.rows.length })}</p>}
        <p>{t("standing.selection.selectAfter")}</p>
      </Ask>
    </>
  );
}

/** How many places there are, and how many of them ties keep open. */
function Places({ view }: { view: SelectionView }) {
  const { t } = useTranslation();
  const held = view.places - view.rows.length;
  return <p className="figure" data-places={view.places} data-open={held}>{t("standing.selection.places", { places: view.places, settled: view.rows.length, held })}</p>;
}

function Made({ stage, view }: { stage: StageInfo; view: SelectionView }) {
  const { t } = useTranslation();
  const { now } = useSession();
  const [leaves, setLeaves] = useState<SelectedRow | null>(null);
  const [said, setSaid] = useState("");
  const at = view.frozen === null ? null : wall(view.frozen);
  const over = view.frozen !== null && Date.parse(view.frozen) < Date.parse(now);
  return (
    <>
      <p data-selected={view.rows.length}>
        <strong>{t("standing.selection.selected", { n: view.rows.length })}</strong>
        <ToEntries kind="people.selected" text={stage.id} of={t("standing.view.selection")} />
        {at !== null && <span className="soft figure">　{over ? t("standing.selection.frozen", { at }) : t("standing.selection.freeze", { at })}</span>}
      </p>
      {said !== "" && <Alert type="success" showIcon closable={{ onClose: () => setSaid("") }} title={said} data-substituted="" />}
      <People stage={stage} rows={view.rows} title={t("standing.selection.list")} substitute={setLeaves} closed={over && at !== null ? t("standing.selection.noMore", { at }) : null} />
      {leaves !== null && <Substitute stage={stage.id} leaves={leaves} close={() => setLeaves(null)} say={setSaid} />}
    </>
  );
}

function People({ stage, rows, title, substitute, closed = null }: { stage: StageInfo; rows: SelectedRow[]; title: string; substitute?: (row: SelectedRow) => void; closed?: string | null }) {
  const { t } = useTranslation();
  const inWords = useInWords();
  const { wanted, known, box } = useSearch(stage.id, "selection-search");
  const [city, setCity] = useState<string | null>(null);
  const left = matching(rows, wanted, known, (row) => [row.name, row.city.zh, row.city.en, row.county, row.rule.zh, row.rule.en]).filter((row) => city === null || row.city.zh === city);
  const { ref, height } = useHeightLeft();
  const { table, onKeyDown } = useRowKeys(left.length);
  return (
    <section className="view" aria-label={title} onKeyDown={onKeyDown}>
      <div className="filters">
        <h2>{title}</h2>
        {box}
        <Select className="unit-filter" aria-label={t("standing.city")} showSearch value={city ?? ""} onChange={(value) => setCity(value === "" ? null : value)} options={[{ value: "", label: t("standing.allUnits") }, ...distinct(rows.map((row) => row.city.zh)).map((value) => ({ value, label: inWords(rows.find((row) => row.city.zh === value)?.city ?? { zh: value, en: value }) }))]} />
        {substitute !== undefined && <Announcement of="selection" stage={stage.id} />}
        <span className="soft figure" role="status">{t("standing.shownOf", { shown: left.length, all: rows.length })}</span>
      </div>
      <div ref={ref}>
        <Table<SelectedRow>
          ref={table}
          className="ranks"
          size="small"
          {...rolling(left.length, 760, height)}
          pagination={false}
          rowKey="person"
          dataSource={left}
          locale={{ emptyText: t("standing.nobody") }}
          columns={[
            { title: t("standing.name"), dataIndex: "name", width: 180 },
            { title: t("standing.city"), width: 150, render: (_, row) => inWords(row.city) },
            { title: t("standing.county"), width: 180, render: (_, row) => (row.county === "" ? "—" : row.county) },
            { title: t("standing.selection.rule"), width: 120, render: (_, row) => inWords(row.rule) },
            {
              title: t("standing.selection.action"), width: 150,
              render: (_, row, at) => (
                <span className="cell-actions">
                  {substitute !== undefined && (
                    <Act does="substitute" size="small" data-at={at} data-action="substitute" data-person={row.person} disabled={closed !== null} title={closed ?? undefined} aria-label={t("standing.selection.substituteOf", { name: row.name })} onClick={() => substitute(row)}>
                      {t("standing.selection.substitute")}
                    </Act>
                  )}
                  <ToEntries person={row.person} />
                </span>
              ),
            },
          ]}
        />
      </div>
    </section>
  );
}

function Substitute({ stage, leaves, close, say }: { stage: string; leaves: SelectedRow; close: () => void; say: (text: string) => void }) {
  const { t } = useTranslation();
  const inWords = useInWords();
  const act = useAct();
  const [{ approver, reason }, put, spent] = useKept(`substitute/${stage}/${leaves.person}`, { approver: "", reason: "" });
  const ready = approver.trim() !== "" && reason.trim() !== "";
  const substitute = async () => {
    if (!ready) return;
    const done = await act(() => commands.substitute(stage, leaves.person, approver.trim(), reason.trim()));
    if (done === undefined) return;
    spent();
    say(done.comes === null ? t("standing.selection.cameNobody", { leaves: done.leaves }) : t("standing.selection.came", { leaves: done.leaves, comes: done.comes }));
    close();
  };
  return (
    <Ask open title={t("standing.selection.substituteTitle", { name: leaves.name })} disabled={!ready} onCancel={close} onOk={() => void substitute()}>
      <div className="asked">
        <p>{t("standing.selection.substituteWhat", { name: leaves.name, unit: [inWords(leaves.city), leaves.county].filter((part) => part !== "").join(t("standing.within")), rule: inWords(leaves.rule) })}</p>
        <p>{t("standing.selection.substituteNext")}</p>
        <p>{t("standing.selection.substituteKept")}</p>
        <label htmlFor="substitute-approver">{t("standing.selection.approver")}</label>
        <Input id="substitute-approver" autoFocus placeholder={t("standing.selection.approverHint")} value={approver} onChange={(e) => put({ approver: e.target.value })} />
        <label htmlFor="substitute-reason">{t("standing.reason")}</label>
        <Input id="substitute-reason" value={reason} onChange={(e) => put({ reason: e.target.value })} onPressEnter={() => void substitute()} />
      </div>
    </Ask>
  );
}
