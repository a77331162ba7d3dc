import { Input, Radio } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Show, useAct, useScreen } from "../../frame/act";
import { asBegun } from "../../frame/begun";
import type { Keeper } from "../../frame/keeper";
import { Act, MayNot } from "../../frame/may";
import { ToEntries } from "../../frame/parts";
import { useSession } from "../../frame/session";
import { useTyped, WHOLE } from "../../frame/typed";
import { commands, type Door } from "../../platform";
import { timeOf } from "./door";
import { EMPTY, formOf, isBegun, lacking, ofRoom, rulingOf, voidsOf } from "./incident";
import { PersonField } from "./PersonField";
import type { RoomPlace } from "./Room";

/** Under which name the invigilators of a room are kept between two reports: with what is typed, in the event's own file. */
const INVIGILATORS = "invigilators";
const NOBODY = { first: "", second: "" };

/** Incidents of a room: one is written up, those written stand beside. */
export function IncidentDesk({ place }: { place: RoomPlace }) {
  const { stage, part, site, room } = place;
  const door = useScreen(["door", stage, part, site, room], () => commands.door(stage, part, site, room));
  const { path, operator } = useSession();
  const { begun, keeper } = useTyped(path, operator, { form: "incident", stage, part, site, room });
  const names = useTyped(path, operator, { form: "dialog", about: INVIGILATORS });
  return (
    <Show of={door}>
      {(now) => (
        <div className="incident-desk">
          {begun !== undefined && names.begun !== undefined && (
            <Form key={operator ?? ""} place={place} door={now} begun={begun.get(WHOLE)} keeper={keeper} names={asBegun(NOBODY, names.begun.get(WHOLE))} keepNames={names.keeper} />
          )}
          <Reported place={place} door={now} />
        </div>
      )}
    </Show>
  );
}

function Form({ place, door, begun, keeper, names, keepNames }: { place: RoomPlace; door: Door; begun: string | undefined; keeper: Keeper; names: typeof NOBODY; keepNames: Keeper }) {
  const { t } = useTranslation();
  const act = useAct();
  const { operator } = useSession();
  const clauses = useScreen(["clauses"], commands.clauses);
  const [draft, setDraft] = useState(() => asBegun({ ...EMPTY, ...names }, begun));
  const set = (change: Partial<typeof draft>) => {
    const now = { ...draft, ...change };
    keeper.keep(WHOLE, isBegun(now) ? JSON.stringify(now) : "");
    setDraft(now);
  };
  const missing = lacking(draft);
  const report = async () => {
    await keeper.settled(WHOLE);
    if ((await act(() => commands.reportIncident(place.stage, place.part, formOf(draft)), t("room.reported"))) === undefined) return;
    if (operator !== null) keepNames.keep(WHOLE, JSON.stringify({ first: draft.first.trim(), second: draft.second.trim() }));
    // Of another room the program keeps what it kept: the form here is empty now.
    keeper.keep(WHOLE, "");
    setDraft({ ...EMPTY, first: draft.first, second: draft.second });
  };
  return (
    <section className="sheet incident-form" aria-labelledby="incident-new">
      <h2 id="incident-new">{t("room.newIncident")}</h2>
      <MayNot does="reportIncident" />
      <div className="incident-columns">
        <div className="incident-fields">
          <PersonField id="incident-document" label={t("room.incidentWho")} stage={place.stage} door={door} value={draft.document} onChange={(document) => set({ document })} />
          <div className="field">
            <label htmlFor="incident-facts">{t("room.facts")}</label>
            <Input.TextArea id="incident-facts" rows={5} placeholder={t("room.factsHint")} value={draft.facts} onChange={(e) => set({ facts: e.target.value })} />
          </div>
          <div className="pair">
            <div className="field">
              <label htmlFor="incident-first">{t("room.invigilatorOne")}</label>
              <Input id="incident-first" value={draft.first} onChange={(e) => set({ first: e.target.value })} />
            </div>
            <div className="field">
              <label htmlFor="incident-second">{t("room.invigilatorTwo")}</label>
              <Input id="incident-second" value={draft.second} onChange={(e) => set({ second: e.target.value })} />
            </div>
          </div>
          <div className="field signing">
            <Radio.Group
              aria-label={t("room.candidateSigns")}
              value={draft.signed}
              onChange={(e) => set({ signed: e.target.value === true })}
              options={[
                { value: true, label: t("room.candidateSigned"), id: "incident-signed" },
                { value: false, label: t("room.candidateUnsigned"), id: "incident-unsigned" },
              ]}
            />
            {draft.signed === false && <Input id="incident-why" aria-label={t("room.unsignedWhy")} placeholder={t("room.unsignedWhy")} value={draft.why} onChange={(e) => set({ why: e.target.value })} />}
          </div>
        </div>
        <div className="field">
          <span id="incident-clause-label">{t("room.clause")}</span>
          <Show of={clauses}>
            {(all) => (
              <Radio.Group id="incident-clause" className="clauses" aria-labelledby="incident-clause-label" value={draft.clause} onChange={(e) => set({ clause: String(e.target.value) })}>
                {all.map((clause) => (
                  <Radio key={clause.id} value={clause.id} data-clause={clause.id}>
                    {clause.text} <span className={`voids ${voidsOf(clause)}`}>{t(`room.voids.${voidsOf(clause)}`)}</span>
                  </Radio>
                ))}
              </Radio.Group>
            )}
          </Show>
        </div>
      </div>
      <div className="row centred">
        <Act does="reportIncident" id="report-incident" type="primary" disabled={missing.length > 0} onClick={() => void report()}>
          {t("room.report")}
        </Act>
        {isBegun(draft) && <span className="soft" id="incident-kept">{t("room.typedKept")}</span>}
        {missing.length > 0 && <span className="soft" id="incident-lacking">{t("room.lacking", { what: missing.map((name) => t(`room.lack.${name}`)).join(t("room.comma")) })}</span>}
      </div>
    </section>
  );
}

function Reported({ place, door }: { place: RoomPlace; door: Door }) {
  const { t } = useTranslation();
  const incidents = useScreen(["incidents"], commands.incidents);
  return (
    <section className="sheet" aria-labelledby="incident-list">
      <h2 id="incident-list">{t("room.incidentsHere")}</h2>
      <Show of={incidents}>
        {(all) => {
          const rows = ofRoom(all, place.stage, place.part, door);
          if (rows.length === 0) return <p className="soft">{t("room.noIncidents")}</p>;
          return (
            <ul className="incidents" tabIndex={0} aria-labelledby="incident-list">
              {rows.map((row) => (
                <li key={row.id} data-incident={row.id}>
                  <p className="head">
                    <b>{t("room.seatNo", { seat: row.seat })}</b>
                    <b>{row.name}</b>
                    <span className="figure soft">{row.number}</span>
                    <span className="figure soft">{timeOf(row.at)}</span>
                    <ToEntries text={row.id} of={row.name} />
                  </p>
                  <p>{row.clauseText}</p>
                  <p>{row.facts}</p>
                  <p className="soft">
                    {row.invigilators.join(t("room.comma"))}　{row.unsigned === null ? t("room.candidateSigned") : t("room.notSigned", { why: row.unsigned })}
                  </p>
                  <p className={`ruling ${rulingOf(row)}`}>
                    {t(`room.ruling.${rulingOf(row)}`)}
                    {row.reason !== null && t("room.because", { reason: row.reason })}
                  </p>
                </li>
              ))}
            </ul>
          );
        }}
      </Show>
    </section>
  );
}
