import { Alert, Checkbox, Input, Table, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Show, useAct, useScreen } from "../../frame/act";
import { Act } from "../../frame/may";
import { useMay } from "../../frame/useMay";
import { Ask, Page, useReason } from "../../frame/parts";
import { useSession } from "../../frame/session";
import { useWork } from "../../frame/work";
import { commands, type OperatorInfo, type RoleName } from "../../platform";
import { NewPin } from "./Door";
import { alike, ROLES, sitesIn } from "./pin";
import { Protect, useWordsOnce } from "./Protect";
import "./operators.css";

/** Who works with the program, what for and where; in an open event, how it is protected. */
export function Operators() {
  const session = useSession();
  return session.protected ? <Named /> : <Protect />;
}

/** The same among headquarters' pages; the dialog at the top of the window has a title of its own. */
export function OperatorsPage() {
  const { t } = useTranslation();
  return <Page title={t("frame.tab.operators")}><Operators /></Page>;
}

function Named() {
  const { t } = useTranslation();
  const act = useAct();
  const run = useWork();
  const reason = useReason();
  const session = useSession();
  const showWords = useWordsOnce();
  const rows = useScreen(["operators"], commands.operators);
  const [asked, setAsked] = useState<{ kind: "name" | "pin"; of: OperatorInfo | null } | "own" | null>(null);
  const withdraw = async (row: OperatorInfo) => {
    const why = await reason(t("operators.withdraw", { name: row.name }), t("operators.withdrawHint"));
    if (why !== null) await run((progress) => commands.withdrawOperator(row.name, why, progress), t("operators.withdrawn", { name: row.name }));
  };
  const renew = async () => {
    const words = await act(commands.renewWords);
    if (words !== undefined) showWords(words);
  };
  return (
    <div className="view">
      <div className="filters">
        <Act does="nameOperator" id="add-operator" type="primary" onClick={() => setAsked({ kind: "name", of: null })}>{t("operators.add")}</Act>
        <Act does="changePin" id="own-pin" onClick={() => setAsked("own")}>{t("operators.ownPin")}</Act>
        <Act does="renewWords" id="renew-words" onClick={() => void renew()}>{t("operators.renewWords")}</Act>
      </div>
      {useMay()("nameOperator") === null && <p className="soft" id="hq-two">{t("operators.hqTwo")}</p>}
      <Show of={rows}>
        {(all) => (
          <Table
            size="small"
            pagination={false}
            rowKey="name"
            dataSource={all}
            rowClassName={(row) => (row.withdrawn ? "gone" : "")}
            onRow={(row) => ({ "data-operator": row.name }) as object}
            columns={[
              { title: t("frame.name"), dataIndex: "name", rowScope: "row" },
              { title: t("operators.roles"), render: (_, row) => row.roles.map((role) => <Tag key={role}>{t(`operators.role.${role}`)}</Tag>) },
              { title: t("operators.where"), render: (_, row) => (row.sites.length === 0 ? t("frame.hq") : row.sites.join(t("operators.comma"))) },
              { title: t("operators.state"), render: (_, row) => t(stateOf(row)) },
              {
                title: t("operators.do"),
                render: (_, row) => (
                  <span className="row">
                    <Act does="nameOperator" size="small" data-action="name" onClick={() => setAsked({ kind: "name", of: row })}>{t(row.planned || row.withdrawn ? "operators.admit" : "operators.change")}</Act>
                    {row.pin && !row.withdrawn && row.name !== session.operator && <Act does="givePin" size="small" data-action="pin" onClick={() => setAsked({ kind: "pin", of: row })}>{t("operators.givePin")}</Act>}
                    {!row.planned && !row.withdrawn && <Act does="withdrawOperator" size="small" danger data-action="withdraw" onClick={() => void withdraw(row)}>{t("operators.withdrawButton")}</Act>}
                  </span>
                ),
              },
            ]}
          />
        )}
      </Show>
      {asked === "own" && <OwnPin close={() => setAsked(null)} />}
      {asked !== null && asked !== "own" && asked.kind === "name" && <Name of={asked.of} close={() => setAsked(null)} />}
      {asked !== null && asked !== "own" && asked.kind === "pin" && asked.of !== null && <GivePin name={asked.of.name} close={() => setAsked(null)} />}
    </div>
  );
}

function stateOf(row: OperatorInfo): "operators.stateWithdrawn" | "operators.statePlanned" | "operators.stateNoPin" | "operators.stateHere" | "operators.stateElsewhere" {
  if (row.withdrawn) return "operators.stateWithdrawn";
  if (row.planned) return "operators.statePlanned";
  if (!row.pin) return "operators.stateNoPin";
  return row.here ? "operators.stateHere" : "operators.stateElsewhere";
}

function Name({ of, close }: { of: OperatorInfo | null; close: () => void }) {
  const { t } = useTranslation();
  const act = useAct();
  const [name, setName] = useState(of?.name ?? "");
  const [roles, setRoles] = useState<RoleName[]>(of?.roles ?? []);
  const [sites, setSites] = useState((of?.sites ?? []).join(" "));
  const [pin, setPin] = useState("");
  const [again, setAgain] = useState("");
  const keeps = of?.pin === true && !of.withdrawn;
  const ready = name.trim() !== "" && roles.length > 0 && (alike(pin, again) || (keeps && pin === "" && again === ""));
  const save = async () => {
    if (!ready) return;
    const done = await act(() => commands.nameOperator(name.trim(), roles, sitesIn(sites), pin === "" ? null : pin), t("operators.added", { name: name.trim() }));
    if (done !== undefined) close();
  };
  return (
    <Ask open title={of === null ? t("operators.add") : t("operators.changeOf", { name: of.name })} onOk={() => void save()} onCancel={close} disabled={!ready}>
      <div className="gate-form">
        <label htmlFor="operator-new">{t("frame.name")}</label>
        <Input id="operator-new" autoFocus={of === null} disabled={of !== null} value={name} onChange={(e) => setName(e.target.value)} />
        <span>{t("operators.roles")}</span>
        <Checkbox.Group className="operator-roles" value={roles} onChange={(chosen) => setRoles(chosen as RoleName[])} options={ROLES.map((role) => ({ value: role, label: t(`operators.role.${role}`) }))} />
        <label htmlFor="operator-sites">{t("operators.where")}</label>
        <div>
          <Input id="operator-sites" value={sites} placeholder="3201-01" onChange={(e) => setSites(e.target.value)} />
          <p className="soft">{t("operators.sitesHint")}</p>
        </div>
        {keeps && <p className="gate-wide soft">{t("operators.keepsPin")}</p>}
        <NewPin pin={pin} again={again} setPin={setPin} setAgain={setAgain} enter={() => void save()} />
        <p className="gate-wide soft">{t("operators.typedByThem")}</p>
      </div>
    </Ask>
  );
}

function GivePin({ name, close }: { name: string; close: () => void }) {
  const { t } = useTranslation();
  const act = useAct();
  const [pin, setPin] = useState("");
  const [again, setAgain] = useState("");
  const save = async () => {
    if (!alike(pin, again)) return;
    if ((await act(() => commands.givePin(name, pin).then(() => true), t("operators.pinGiven", { name }))) !== undefined) close();
  };
  return (
    <Ask open title={t("operators.givePinOf", { name })} onOk={() => void save()} onCancel={close} disabled={!alike(pin, again)}>
      <div className="gate-form">
        <NewPin pin={pin} again={again} setPin={setPin} setAgain={setAgain} enter={() => void save()} />
        <p className="gate-wide soft">{t("operators.typedByThem")}</p>
      </div>
    </Ask>
  );
}

function OwnPin({ close }: { close: () => void }) {
  const { t } = useTranslation();
  const act = useAct();
  const [old, setOld] = useState("");
  const [pin, setPin] = useState("");
  const [again, setAgain] = useState("");
  const ready = old !== "" && alike(pin, again);
  const save = async () => {
    if (!ready) return;
    if ((await act(() => commands.changePin(old, pin).then(() => true), t("operators.pinChanged"))) !== undefined) close();
  };
  return (
    <Ask open title={t("operators.ownPin")} onOk={() => void save()} onCancel={close} disabled={!ready}>
      <div className="gate-form">
        <label htmlFor="old-pin">{t("operators.oldPin")}</label>
        <Input.Password id="old-pin" autoFocus visibilityToggle={false} autoComplete="off" value={old} onChange={(e) => setOld(e.target.value)} />
        <NewPin pin={pin} again={again} setPin={setPin} setAgain={setAgain} enter={() => void save()} />
      </div>
      <Alert type="info" showIcon title={t("operators.longer")} />
    </Ask>
  );
}
