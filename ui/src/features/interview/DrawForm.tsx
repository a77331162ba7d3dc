import { Alert, App, Button, Input, InputNumber, Select, Table } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "../../frame/act";
import { Act } from "../../frame/may";
import { useKept } from "../../frame/typed";
import { commands, type Lots, type Person } from "../../platform";
import { namesStand, panelNames, wantedPeople } from "./lots";

/** Everything that is settled before witnesses: panels, seed, who watches, who did not answer. */
export function DrawForm({ stage, part, entrants, drawn, close }: { stage: string; part: string; entrants: Person[]; drawn: Lots["drawn"]; close: () => void }) {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const act = useAct();
  const [empty] = useState(() => ({ names: drawn?.panels ?? ["1"], seed: "", witnesses: [] as string[], missing: [] as string[] }));
  const [form, put, spent] = useKept(`lots/${stage}/${part}`, empty);
  const { names, seed, witnesses } = form;
  const missing = new Set(form.missing.filter((person) => entrants.some((one) => one.person === person)));
  const ready = namesStand(names) && seed.trim() !== "" && witnesses.length > 0;
  const draw = () =>
    modal.confirm({
      title: t("interview.lots.confirm"),
      width: 560,
      okText: t("interview.lots.draw"),
      cancelText: t("frame.cancel"),
      content: (
        <div className="iv-stack">
          <p>{t("interview.lots.confirmLine", { people: entrants.length - missing.size, missing: missing.size, panels: names.length })}</p>
          <p>{t("interview.lots.seedIs", { seed: seed.trim() })}</p>
          <p>{t("interview.lots.witnessesAre", { names: witnesses.join(t("interview.comma")) })}</p>
          <p>{t("interview.lots.until")}</p>
          {drawn !== null && <p><strong>{t("interview.lots.replaces")}</strong></p>}
        </div>
      ),
      onOk: async () => {
        const clean = names.map((name) => name.trim());
        if ((await act(() => commands.drawLots(stage, part, clean, seed.trim(), witnesses, [...missing]), t("interview.lots.done"))) === undefined) return;
        spent();
        close();
      },
    });
  return (
    <div className="iv-draw-form">
      <div className="iv-draw-fields">
        {drawn !== null && <Alert type="warning" showIcon title={t("interview.lots.replaces")} description={t("interview.lots.until")} />}
        <label className="iv-field">
          <span>{t("interview.lots.panels")}</span>
          <InputNumber id="lots-panels" min={1} max={40} precision={0} value={names.length} onChange={(count) => put({ names: panelNames(count ?? 1, names) })} />
        </label>
        <fieldset className="iv-panel-names">
          <legend>{t("interview.lots.panelNames")}</legend>
          {names.map((name, n) => (
            <Input
              key={n}
              data-panel-name={n + 1}
              aria-label={t("interview.lots.panelName", { n: n + 1 })}
              status={name.trim() === "" ? "error" : ""}
              value={name}
              onChange={(e) => put({ names: names.map((old, at) => (at === n ? e.target.value : old)) })}
            />
          ))}
        </fieldset>
        {!namesStand(names) && <p className="iv-fault" role="alert">{t("interview.lots.namesFault")}</p>}
        <label className="iv-field">
          <span>{t("interview.lots.seed")}</span>
          <Input id="lots-seed" value={seed} placeholder={t("interview.lots.seedExample")} onChange={(e) => put({ seed: e.target.value })} aria-describedby="lots-seed-hint" />
        </label>
        <p id="lots-seed-hint" className="soft">{t("interview.lots.seedHint")}</p>
        <label className="iv-field" htmlFor="lots-witnesses">
          <span>{t("interview.lots.witnesses")}</span>
          <Select id="lots-witnesses" mode="tags" open={false} suffixIcon={null} tokenSeparators={[",", "，", "、", ";", "；"]} value={witnesses} placeholder={t("interview.lots.witnessHint")} onChange={(all: string[]) => put({ witnesses: all.map((one) => one.trim()).filter((one) => one !== "") })} />
        </label>
        <p className="row">
          <Act does="drawLots" id="lots-draw" type="primary" disabled={!ready} onClick={draw}>{t("interview.lots.draw")}</Act>
          {drawn !== null && <Button id="lots-keep" onClick={close}>{t("interview.lots.keep")}</Button>}
        </p>
        <p className="soft">{ready ? t("interview.lots.until") : t("interview.lots.notReady")}</p>
      </div>
      <RollCall entrants={entrants} missing={missing} change={(now) => put({ missing: [...now] })} />
    </div>
  );
}

function RollCall({ entrants, missing, change }: { entrants: Person[]; missing: ReadonlySet<string>; change: (missing: ReadonlySet<string>) => void }) {
  const { t } = useTranslation();
  const [wanted, setWanted] = useState("");
  const rows = wantedPeople(entrants, wanted);
  return (
    <section className="iv-roll-call">
      <h2>{t("interview.lots.rollCall")}</h2>
      <p id="lots-count" role="status">{t("interview.lots.rollCount", { all: entrants.length, missing: missing.size, draw: entrants.length - missing.size })}</p>
      <Input id="lots-search" allowClear aria-label={t("frame.search")} placeholder={t("interview.lots.search")} value={wanted} onChange={(e) => setWanted(e.target.value)} />
      <Table<Person>
        size="small"
        rowKey="person"
        dataSource={rows}
        pagination={{ pageSize: 10, showSizeChanger: false, hideOnSinglePage: true }}
        rowSelection={{
          columnTitle: t("interview.lots.missing"),
          columnWidth: 84,
          preserveSelectedRowKeys: true,
          selectedRowKeys: [...missing],
          onChange: (keys) => change(new Set(keys.map(String))),
          getCheckboxProps: (one) => ({ "aria-label": t("interview.lots.missingOne", { name: one.name }), "data-missing": one.person }) as object,
        }}
        columns={[
          { title: t("interview.column.name"), dataIndex: "name", width: 130, ellipsis: true },
          { title: t("interview.column.number"), dataIndex: "number", width: 140, className: "figure" },
          { title: t("interview.column.unit"), dataIndex: "unit", ellipsis: true },
        ]}
      />
    </section>
  );
}
