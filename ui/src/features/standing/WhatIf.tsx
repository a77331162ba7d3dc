import { Alert, Button, Checkbox, Empty, Segmented, Table } from "antd";
import { useDeferredValue, useState } from "react";
import { useTranslation } from "react-i18next";
import { Show, useScreen } from "../../frame/act";
import { ToEntries } from "../../frame/parts";
import { useInWords } from "../../language";
import { commands, type StandingInfo, type Term, type WhatIfRow } from "../../platform";
import { rolling, useHeightLeft, useSearch } from "./list";
import { Mend } from "./Mend";
import { matching, movement } from "./order";
import { Shares } from "./Shares";
import { asShares, asWeights, toPercent } from "./weights";

/** Ranks under other weights beside those that hold; nothing is written. */
export function WhatIf() {
  const { t } = useTranslation();
  const inWords = useInWords();
  const standings = useScreen(["standings"], commands.standings);
  const [chosen, setChosen] = useState<string | null>(null);
  return (
    <Show of={standings}>
      {(all) => {
        const people = all.filter((info) => info.of === "people");
        const now = people.find((info) => info.id === chosen) ?? people[0];
        if (now === undefined) return <Empty description={t("standing.whatif.none")} />;
        return (
          <div className="view whatif">
            <Alert type="warning" showIcon data-whatif="" title={<><strong>{t("standing.whatif.mark")}</strong>　{t("standing.whatif.markHint")}</>} />
            {people.length > 1 && <Segmented aria-label={t("standing.lists.choose")} value={now.id} onChange={setChosen} options={people.map((info) => ({ value: info.id, label: inWords(info.title) }))} />}
            <Real key={now.id} info={now} />
          </div>
        );
      }}
    </Show>
  );
}

function Real({ info }: { info: StandingInfo }) {
  const weights = useScreen(["weights", info.stage], () => commands.weights(info.stage));
  if (weights.isError) return <Mend refusal={weights.error} retry={() => void weights.refetch()} />;
  return <Show of={weights}>{(view) => <Trial key={view.terms.map((term) => term.weight).join()} info={info} terms={view.terms} />}</Show>;
}

function Trial({ info, terms }: { info: StandingInfo; terms: Term[] }) {
  const { t } = useTranslation();
  const real = asShares(terms.map((term) => term.weight));
  const [shares, setShares] = useState(real.shares);
  const weights = asWeights(useDeferredValue(shares), real.total);
  const trial = useScreen(["what-if", info.id, weights?.join() ?? ""], () => commands.whatIf(info.id, weights ?? []), weights !== null);
  return (
    <>
      <section className="sheet trial" aria-label={t("standing.whatif.weights")}>
        <Shares terms={terms} shares={shares} total={real.total} onChange={setShares} sliders />
        <Button data-action="reset-weights" onClick={() => setShares(real.shares)}>{t("standing.whatif.reset")}</Button>
      </section>
      {weights === null ? (
        <p role="status">{t("standing.whatif.stop", { total: toPercent(real.total) })}</p>
      ) : trial.isError ? (
        <Mend refusal={trial.error} retry={() => void trial.refetch()} />
      ) : (
        <Show of={trial}>{(rows) => <Moves info={info} rows={rows} />}</Show>
      )}
    </>
  );
}

const SIGN = { up: "↑ ", down: "↓ ", same: "" } as const;

function Moves({ info, rows }: { info: StandingInfo; rows: WhatIfRow[] }) {
  const { t } = useTranslation();
  const [onlyMoved, setOnlyMoved] = useState(false);
  const { wanted, known, box } = useSearch(info.stage, "whatif-search");
  const { ref, height } = useHeightLeft();
  const stay = rows.filter((row) => row.before === row.after).length;
  const left = matching(rows, wanted, known, (row) => [row.name, row.unit]).filter((row) => !onlyMoved || row.before !== row.after);
  return (
    <section className="view" aria-label={t("standing.whatif.result")}>
      <div className="filters">
        <h2>{t("standing.whatif.result")}</h2>
        {box}
        <Checkbox data-field="only-moved" checked={onlyMoved} onChange={(e) => setOnlyMoved(e.target.checked)}>{t("standing.whatif.onlyMoved")}</Checkbox>
        <span className="figure" role="status" data-moved={rows.length - stay}>{t("standing.whatif.summary", { moved: rows.length - stay, same: stay })}</span>
      </div>
      <div ref={ref}>
        <Table<WhatIfRow>
          className="ranks"
          size="small"
          {...rolling(left.length, 940, height)}
          pagination={false}
          rowKey="person"
          dataSource={left}
          locale={{ emptyText: t("standing.nobody") }}
          columns={[
            { title: t("standing.whatif.before"), dataIndex: "before", width: 100, className: "number" },
            { title: t("standing.whatif.after"), dataIndex: "after", width: 100, className: "number strong" },
            {
              title: t("standing.whatif.change"), width: 140,
              render: (_, row) => {
                const { way, by } = movement(row.before, row.after);
                return <span className={`move ${way}`} data-way={way}>{SIGN[way]}{t(`standing.whatif.${way}`, { by })}</span>;
              },
            },
            { title: t("standing.name"), dataIndex: "name", width: 170, render: (_, row) => <span data-person={row.person}>{row.name}</span> },
            { title: t("standing.unit"), dataIndex: "unit", width: 200 },
            { title: t("standing.whatif.total"), dataIndex: "total", width: 120, className: "number" },
            { title: t("frame.entries"), width: 80, render: (_, row) => <ToEntries person={row.person} of={row.name} /> },
          ]}
        />
      </div>
    </section>
  );
}
