import { Segmented, Table } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Show, useAct, useScreen } from "../../frame/act";
import { Act } from "../../frame/may";
import { Page, ToEntries, useReason } from "../../frame/parts";
import { useSession } from "../../frame/session";
import { commands, type Clause, type IncidentRow } from "../../platform";
import { timeOf } from "./door";
import { effectOf, rulingOf, type Ruling } from "./incident";
import "./room.css";
import { placeOf } from "../overview/day";

const FILTERS = ["open", "upheld", "dismissed", "all"] as const;
type Filter = Ruling | "all";

/** Headquarters rules on what the rooms have reported. */
export function Incidents() {
  const { t } = useTranslation();
  const incidents = useScreen(["incidents"], commands.incidents);
  const clauses = useScreen(["clauses"], commands.clauses);
  const [filter, setFilter] = useState<Filter>("all");
  const all = incidents.data ?? [];
  return (
    <Page
      title={t("room.incidentsTitle")}
      extra={
        <Segmented<Filter>
          aria-label={t("room.filter")}
          value={filter}
          onChange={setFilter}
          options={FILTERS.map((name) => ({ value: name, label: `${t(name === "all" ? "room.all" : `room.ruling.${name}`)} ${all.filter((row) => name === "all" || rulingOf(row) === name).length}` }))}
        />
      }
    >
      <Show of={incidents}>
        {(rows) => <Show of={clauses}>{(known) => <Rulings rows={rows.filter((row) => filter === "all" || rulingOf(row) === filter)} clauses={known} />}</Show>}
      </Show>
    </Page>
  );
}

function Rulings({ rows, clauses }: { rows: IncidentRow[]; clauses: Clause[] }) {
  const { t } = useTranslation();
  const session = useSession();
  const act = useAct();
  const ask = useReason();
  const rule = async (row: IncidentRow, upheld: boolean) => {
    const effect = t(`room.voids.${effectOf(row, clauses)}`);
    const reason = await ask(t(upheld ? "room.upholdTitle" : "room.dismissTitle", { name: row.name }), upheld ? t("room.upholdHint", { clause: row.clauseText, effect }) : t("room.dismissHint"));
    if (reason !== null) await act(() => commands.ruleIncident(row.id, upheld, reason), t(upheld ? "room.upheldNow" : "room.dismissedNow"));
  };
  const where = (row: IncidentRow) => {
    return placeOf(row, session);
  };
  return (
    <Table<IncidentRow>
      className="rulings"
      size="small"
      rowKey="id"
      dataSource={rows}
      pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
      scroll={{ x: 1160 }}
      locale={{ emptyText: t("room.noIncidentsAtAll") }}
      onRow={(row) => ({ "data-incident": row.id, "data-person": row.person }) as React.HTMLAttributes<HTMLElement>}
      columns={[
        {
          title: t("room.incidentWho"),
          width: 230,
          render: (_, row) => (
            <>
              <b>{row.name}</b> <ToEntries person={row.person} />
              <div className="figure soft">{row.number}</div>
              <div>{where(row)}</div>
              <div className="figure">
                {row.siteName} {t("room.roomSeat", { room: row.room, seat: row.seat })}　{timeOf(row.at)}
              </div>
            </>
          ),
        },
        {
          title: t("room.clause"),
          width: 240,
          render: (_, row) => (
            <>
              <div>{row.clauseText}</div>
              <div className={`voids ${effectOf(row, clauses)}`}>{t(`room.voids.${effectOf(row, clauses)}`)}</div>
            </>
          ),
        },
        {
          title: t("room.facts"),
          width: 330,
          render: (_, row) => (
            <>
              <div className="facts">{row.facts}</div>
              <div className="soft">
                {row.invigilators.join(t("room.comma"))}　{row.unsigned === null ? t("room.candidateSigned") : t("room.notSigned", { why: row.unsigned })}
              </div>
            </>
          ),
        },
        {
          title: t("room.rulingTitle"),
          width: 200,
          render: (_, row) => (
            <>
              <b className={`ruling ${rulingOf(row)}`}>{t(`room.ruling.${rulingOf(row)}`)}</b>
              <ToEntries text={row.id} of={row.name} />
              {row.reason !== null && <div className="soft">{row.reason}</div>}
            </>
          ),
        },
        {
          title: t("room.action"),
          width: 160,
          render: (_, row) => (
            <div className="row">
              <Act does="ruleIncident" size="small" data-action="uphold" disabled={row.upheld === true} aria-label={t("room.upholdTitle", { name: row.name })} onClick={() => void rule(row, true)}>
                {t("room.uphold")}
              </Act>
              <Act does="ruleIncident" size="small" data-action="dismiss" disabled={row.upheld === false} aria-label={t("room.dismissTitle", { name: row.name })} onClick={() => void rule(row, false)}>
                {t("room.dismiss")}
              </Act>
            </div>
          ),
        },
      ]}
    />
  );
}
