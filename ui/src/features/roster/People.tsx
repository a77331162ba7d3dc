import { Input } from "antd";
import { useCallback, useEffect, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { RefusalNotice, useAct, useScreen } from "../../frame/act";
import { Act } from "../../frame/may";
import { Masked, ToEntries, useReason } from "../../frame/parts";
import { commands, type Person } from "../../platform";
import { LongList, type Column } from "./LongList";
import { PAGE, personAt } from "./roster";

const PAUSE = 150;

/** Everyone of a stage: only the pages in sight are read, so that 40,000 people scroll. */
export function People({ stage, toImport }: { stage: string; toImport: ReactNode }) {
  const { t } = useTranslation();
  const act = useAct();
  const ask = useReason();
  const [typed, setTyped] = useState("");
  const [wanted, setWanted] = useState("");
  const [sight, setSight] = useState({ first: 0, last: 0 });
  useEffect(() => {
    const timer = setTimeout(() => setWanted(typed.trim()), PAUSE);
    return () => clearTimeout(timer);
  }, [typed]);
  const read = (offset: number) => () => commands.people(stage, wanted, offset, PAGE).then((page) => ({ offset, page }));
  const first = Math.floor(sight.first / PAGE) * PAGE;
  const last = Math.floor(Math.max(sight.last - 1, 0) / PAGE) * PAGE;
  const upper = useScreen(["people", stage, wanted, first], read(first));
  const lower = useScreen(["people", stage, wanted, last], read(last), last !== first);
  const onSight = useCallback((from: number, to: number) => setSight({ first: from, last: to }), []);
  const total = upper.data?.page.total ?? 0;

  const withdraw = async (person: Person) => {
    const reason = await ask(t("roster.withdraw.title", { name: person.name }), t("roster.withdraw.hint", { name: person.name, unit: person.unit }));
    if (reason !== null) await act(() => commands.withdraw(stage, person.person, reason), t("roster.withdraw.done", { name: person.name }));
  };
  const columns: Column<Person>[] = [
    { key: "name", head: t("frame.name"), width: "minmax(110px, 1.2fr)", cell: (row) => (row.late ? <>{row.name} <span className="state-word is-warn">{t("roster.late")}</span></> : row.name), hint: (row) => row.name },
    { key: "id", head: t("roster.person.id"), width: "214px", cell: (row) => <Masked stage={stage} person={row.person} masked={row.masked} /> },
    { key: "unit", head: t("roster.person.unit"), width: "minmax(120px, 1.4fr)", cell: (row) => row.unit, hint: (row) => row.unit },
    { key: "city", head: t("roster.person.city"), width: "minmax(80px, 0.8fr)", cell: (row) => row.city, hint: (row) => row.city },
    { key: "number", head: t("roster.person.number"), width: "140px", cell: (row) => <span className="figure">{row.number ?? "—"}</span> },
    { key: "seat", head: t("roster.person.seat"), width: "100px", cell: (row) => <span className="figure">{row.room === null || row.seat === null ? "—" : t("roster.person.at", { room: row.room, seat: row.seat })}</span> },
    {
      key: "act", head: t("roster.person.act"), width: "142px",
      cell: (row) => (
        <>
          <Act does="withdraw" size="small" data-action="withdraw" data-person={row.person} aria-label={t("roster.withdraw.of", { name: row.name })} onClick={() => void withdraw(row)}>
            {t("roster.withdraw.button")}
          </Act>
          <ToEntries person={row.person} />
        </>
      ),
    },
  ];
  return (
    <>
      <div className="row">
        <Input id="people-search" className="people-search" allowClear autoFocus aria-label={t("roster.search")} placeholder={t("roster.search")} value={typed} onChange={(e) => setTyped(e.target.value)} spellCheck={false} />
        <span id="people-total" className="figure" role="status" data-total={total}>{t("roster.total", { total })}</span>
      </div>
      {upper.isError ? (
        <RefusalNotice refusal={upper.error} retry={() => void upper.refetch()} />
      ) : (
        <LongList id="people" key={wanted} label={t("roster.view.people")} columns={columns} count={total} empty={wanted === "" ? <>{t("roster.emptyPeople")} {toImport}</> : t("roster.nobodyFits")} onSight={onSight}
          rowAt={(at) => personAt([upper.data, lower.data], at)} rowKey={(row) => row.person} marks={(row) => ({ "data-person": row.person })} />
      )}
    </>
  );
}
