import { Alert, Button, Empty, Segmented, Select, Table, type TableProps } from "antd";
import type { TFunction } from "i18next";
import { useState, type KeyboardEvent, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Show, useScreen } from "../../frame/act";
import { go, usePlace } from "../../frame/place";
import { useInWords } from "../../language";
import { commands, type StandingInfo, type StandingRow, type StandingView } from "../../platform";
import { StandingPaper } from "../papers/StandingPaper";
import { rolling, useHeightLeft, useRowKeys, useSearch } from "./list";
import { Mend } from "./Mend";
import { distinct, matching } from "./order";
import { Why } from "./Why";

/** The standings, one at a time; which one stands in the address. */
export function Lists() {
  const { t } = useTranslation();
  const inWords = useInWords();
  const { about } = usePlace();
  const standings = useScreen(["standings"], commands.standings);
  return (
    <Show of={standings}>
      {(all) => {
        const now = all.find((info) => info.id === about["list"]) ?? all[0];
        if (now === undefined) return <Empty description={t("standing.lists.none")} />;
        const picker = (
          <Segmented
            aria-label={t("standing.lists.choose")}
            value={now.id}
            onChange={(list) => go("hq", "standing", { view: "lists", list })}
            options={all.map((info) => ({ value: info.id, label: <span data-list={info.id}>{inWords(info.title)}</span> }))}
          />
        );
        return <OneList key={now.id} info={now} picker={picker} />;
      }}
    </Show>
  );
}

function OneList({ info, picker }: { info: StandingInfo; picker: ReactNode }) {
  const standing = useScreen(["standing", info.id], () => commands.standing(info.id));
  if (standing.isError)
    return (
      <div className="view">
        <div className="filters">{picker}</div>
        <Mend refusal={standing.error} retry={() => void standing.refetch()} />
      </div>
    );
  return <Show of={standing}>{(view) => <Ranks info={info} view={view} picker={picker} />}</Show>;
}

function Ranks({ info, view, picker }: { info: StandingInfo; view: StandingView; picker: ReactNode }) {
  const { t } = useTranslation();
  const inWords = useInWords();
  const { wanted, known, box } = useSearch(info.of === "people" ? info.stage : "", "standing-search");
  const [unit, setUnit] = useState<string | null>(null);
  const [why, setWhy] = useState<StandingRow | null>(null);
  const left = matching(view.rows, wanted, known, (row) => [row.name, row.unit, ...row.members]).filter((row) => unit === null || row.unit === unit);
  const { ref, height } = useHeightLeft(26);
  const { table, onKeyDown } = useRowKeys(left.length);
  const units = distinct(view.rows.map((row) => row.unit));
  const keys = (event: KeyboardEvent<HTMLElement>) => {
    const row = left[0];
    if (event.key === "Enter" && event.target instanceof HTMLInputElement && event.target.id === "standing-search" && row !== undefined) setWhy(row);
    else onKeyDown(event);
  };
  return (
    <section className="view" aria-label={inWords(view.title)} onKeyDown={keys}>
      {view.held.length > 0 && (
        <div className="mend">
          <Alert type="warning" showIcon data-held={view.held.length} title={t("standing.lists.held", { n: view.held.length })} />
          <Button data-action="to-ties" onClick={() => go("hq", "standing", { view: "ties" })}>
            {t("standing.mend.ties")}
          </Button>
        </div>
      )}
      <div className="filters">
        {picker}
        {box}
        {info.of !== "units" && units.length > 1 && (
          <Select id="standing-unit" className="unit-filter" aria-label={t("standing.unit")} showSearch value={unit ?? ""} onChange={(value) => setUnit(value === "" ? null : value)} options={[{ value: "", label: t("standing.allUnits") }, ...units.map((value) => ({ value, label: value }))]} />
        )}
        <StandingPaper info={info} />
        <span className="soft figure" role="status">{t("standing.shownOf", { shown: left.length, all: view.rows.length })}</span>
      </div>
      <div ref={ref}>
        <Table<StandingRow>
          ref={table}
          className="ranks"
          size="small"
          {...rolling(left.length, 900, height)}
          pagination={false}
          rowKey={(row) => row.person ?? row.group ?? row.name}
          dataSource={left}
          locale={{ emptyText: t("standing.nobody") }}
          rowClassName={(row) => (row.tie === null ? "" : "tied")}
          onRow={(row) => ({ onClick: () => setWhy(row) })}
          columns={useColumns(info, view, setWhy)}
        />
      </div>
      <p className="soft hint">{t("standing.lists.hint")}</p>
      {why !== null && <Why key={why.person ?? why.group} info={info} row={why} close={() => setWhy(null)} />}
    </section>
  );
}

function useColumns(info: StandingInfo, view: StandingView, open: (row: StandingRow) => void): NonNullable<TableProps<StandingRow>["columns"]> {
  const { t } = useTranslation();
  const inWords = useInWords();
  const cells = view.headers.map((header, n) => ({ title: inWords(header), width: 140, className: "number", render: (_: unknown, row: StandingRow) => cellWords(row.cells[n] ?? "", t) }));
  const members = {
    title: t("standing.lists.members"), width: 420,
    render: (_: unknown, row: StandingRow) => row.members.join(t("standing.comma")),
  };
  return [
    {
      title: t("standing.rank"), width: 150,
      render: (_, row) => (
        <span className="figure" data-rank={row.rank}>
          {row.rank}
          {row.tie !== null && (
            <Button type="link" size="small" className="tie-link" data-tie={row.tie} aria-label={t("standing.lists.tiedTo", { name: row.name })} onClick={(e) => { e.stopPropagation(); go("hq", "standing", { view: "ties", tie: row.tie ?? "" }); }}>
              {t("standing.lists.tied")}
            </Button>
          )}
        </span>
      ),
    },
    {
      title: t(`standing.lists.named.${info.of}`), width: 170,
      render: (_, row, at) => (
          <Button type="link" size="small" className="name-link" data-at={at} data-person={row.person ?? undefined} data-unit={row.group === null ? undefined : row.name} aria-label={t("standing.lists.why", { name: row.name })} onClick={(e) => { e.stopPropagation(); open(row); }}>
            {row.name}
          </Button>
      ),
    },
    ...(info.of === "units" ? [] : [{ title: t("standing.unit"), dataIndex: "unit", width: 190 }]),
    ...cells,
    { title: t("standing.total"), width: 110, className: "number strong", dataIndex: "total" },
    ...(info.of === "people" ? [] : [members]),
  ];
}

/** A cell of a standing: a mark, or the word for what is none. */
function cellWords(cell: string, t: TFunction): string {
  return cell === "absent" ? t("standing.absent") : cell === "void" ? t("standing.void") : cell;
}
