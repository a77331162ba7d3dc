import { Input, Select, Table } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "../../frame/act";
import { Act } from "../../frame/may";
import { Ask } from "../../frame/parts";
import { useKept } from "../../frame/typed";
import { commands, type Person } from "../../platform";

/** People without a lot: out, unless headquarters lets them in with a reason. */
export function Late({ stage, part, people, panels }: { stage: string; part: string; people: Person[]; panels: string[] }) {
  const { t } = useTranslation();
  const act = useAct();
  const [who, setWho] = useState<Person | null>(null);
  const [chosen, setPanel] = useState<string | null>(null);
  const [{ reason }, put, spent] = useKept(`late-lot/${stage}/${part}/${who?.person ?? ""}`, { reason: "" });
  const panel = chosen ?? panels[0] ?? "1";
  if (people.length === 0) return null;
  const close = () => {
    setWho(null);
    setPanel(null);
  };
  const letIn = async () => {
    if (who === null || reason.trim() === "") return;
    if ((await act(() => commands.lateLot(stage, part, who.person, panel, reason.trim()), t("interview.late.done", { name: who.name }))) === undefined) return;
    spent();
    close();
  };
  return (
    <section>
      <h2>{t("interview.late.title", { people: people.length })}</h2>
      <p className="soft">{t("interview.late.hint")}</p>
      <Table<Person>
        size="small"
        rowKey="person"
        dataSource={people}
        pagination={{ pageSize: 10, showSizeChanger: false, hideOnSinglePage: true }}
        columns={[
          { title: t("interview.column.name"), dataIndex: "name", ellipsis: true },
          { title: t("interview.column.number"), dataIndex: "number", className: "figure" },
          { title: t("interview.column.unit"), dataIndex: "unit", ellipsis: true },
          {
            title: t("interview.column.action"),
            render: (_, one) => (
              <Act does="lateLot" size="small" data-action="late" data-person={one.person} aria-label={t("interview.late.one", { name: one.name })} onClick={() => setWho(one)}>
                {t("interview.late.action")}
              </Act>
            ),
          },
        ]}
      />
      <Ask open={who !== null} title={t("interview.late.one", { name: who?.name ?? "" })} onOk={() => void letIn()} onCancel={close} disabled={reason.trim() === ""}>
        <div className="iv-stack">
          <p>{t("interview.late.says")}</p>
          <label className="iv-field" htmlFor="late-panel">
            <span>{t("interview.column.panel")}</span>
            <Select id="late-panel" value={panel} onChange={setPanel} options={panels.map((one) => ({ value: one, label: t("interview.panel", { panel: one }) }))} />
          </label>
          <label className="iv-field">
            <span>{t("frame.reason")}</span>
            <Input id="late-reason" autoFocus value={reason} onChange={(e) => put({ reason: e.target.value })} onPressEnter={() => void letIn()} />
          </label>
        </div>
      </Ask>
    </section>
  );
}
