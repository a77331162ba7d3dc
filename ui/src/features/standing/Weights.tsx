import { Alert, Button, Empty, Input, Table } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Show, useAct, useScreen } from "../../frame/act";
import { Act } from "../../frame/may";
import { ToEntries } from "../../frame/parts";
import { useSession } from "../../frame/session";
import { useInWords } from "../../language";
import { useKept } from "../../frame/typed";
import { commands, type StageInfo, type WeightsView } from "../../platform";
import { useStageOf } from "./list";
import { Shares } from "./Shares";
import { asShares, asWeights, thousandths, toPercent } from "./weights";

export function Weights() {
  const { t } = useTranslation();
  const { stage, picker } = useStageOf((s) => s.composite);
  if (stage === null) return <Empty description={t("standing.weights.none")} />;
  return (
    <div className="view">
      {picker !== null && <div className="filters">{picker}</div>}
      <StageWeights key={stage.id} stage={stage} />
    </div>
  );
}

function StageWeights({ stage }: { stage: StageInfo }) {
  const { t } = useTranslation();
  const act = useAct();
  const weights = useScreen(["weights", stage.id], () => commands.weights(stage.id));
  const [changing, setChanging] = useState(false);
  const asPlanned = ({ terms }: WeightsView) => act(() => commands.confirmWeights(stage.id, terms.map((term) => term.planned), null, ""), t("standing.weights.asPlannedDone"));
  return (
    <Show of={weights}>
      {(view) => (
        <>
          <Alert
            type={view.confirmed ? "success" : "warning"}
            showIcon
            data-weights={view.confirmed ? "confirmed" : "open"}
            title={view.confirmed ? t("standing.weights.confirmed") : t("standing.weights.open")}
            action={view.confirmed && <ToEntries kind="weights.confirmed" text={stage.id} of={t("standing.view.weights")} />}
            description={view.confirmed ? t("standing.weights.confirmedBy", { names: view.by.join(t("standing.comma")) }) : t("standing.weights.openHint")}
          />
          <Terms view={view} />
          {changing ? (
            <ChangeWeights stage={stage.id} view={view} close={() => setChanging(false)} />
          ) : (
            <div className="row">
              {!view.confirmed && (
                <Act does="confirmWeights" type="primary" data-action="confirm-weights" onClick={() => void asPlanned(view)}>
                  {t("standing.weights.asPlanned")}
                </Act>
              )}
              <Act does="confirmWeights" data-action="change-weights" onClick={() => setChanging(true)}>
                {view.confirmed ? t("standing.weights.changeAgain") : t("standing.weights.change")}
              </Act>
            </div>
          )}
        </>
      )}
    </Show>
  );
}

const percent = (weight: string): string => `${toPercent(thousandths(weight) ?? 0)}%`;

function Terms({ view }: { view: WeightsView }) {
  const { t } = useTranslation();
  const inWords = useInWords();
  return (
    <Table
      className="terms"
      size="small"
      pagination={false}
      rowKey={(term) => `${term.stage}/${term.part}`}
      dataSource={view.terms}
      columns={[
        { title: t("standing.weights.part"), rowScope: "row", render: (_, term) => inWords(term.name) },
        { title: t("standing.weights.planned"), width: 180, className: "number", render: (_, term) => percent(term.planned) },
        {
          title: t("standing.weights.inForce"), width: 240, className: "number",
          render: (_, term) => (!view.confirmed ? <span className="soft">{t("standing.weights.notYet")}</span> : thousandths(term.weight) === thousandths(term.planned) ? percent(term.weight) : <>{percent(term.weight)}　<strong>{t("standing.weights.differs")}</strong></>),
        },
      ]}
    />
  );
}

/** Two people, a reason, and what will happen said first. */
function ChangeWeights({ stage, view, close }: { stage: string; view: WeightsView; close: () => void }) {
  const { t } = useTranslation();
  const act = useAct();
  const { operator } = useSession();
  const { total } = asShares(view.terms.map((term) => term.planned));
  const [shares, setShares] = useState(() => asShares(view.terms.map((term) => (view.confirmed ? term.weight : term.planned))).shares);
  const [{ second, reason }, put, spent] = useKept(`weights/${stage}`, { second: "", reason: "" });
  const wanted = asWeights(shares, total);
  const self = second.trim() !== "" && second.trim() === operator;
  const ready = wanted !== null && second.trim() !== "" && !self && reason.trim() !== "";
  const change = async () => {
    if (wanted === null || !ready) return;
    if ((await act(() => commands.confirmWeights(stage, wanted, second.trim(), reason.trim()), t("standing.weights.changed"))) === undefined) return;
    spent();
    close();
  };
  return (
    <section className="sheet" aria-labelledby="change-weights">
      <h2 id="change-weights">{t("standing.weights.changeTitle")}</h2>
      <p>{t("standing.weights.changeHint")}</p>
      <Shares terms={view.terms} shares={shares} total={total} onChange={setShares} />
      <div className="fields">
        <label htmlFor="weights-second">{t("standing.second")}</label>
        <div>
          <Input id="weights-second" value={second} onChange={(e) => put({ second: e.target.value })} status={self ? "error" : ""} />
          {self && <p role="alert" className="wrong">{t("standing.secondSelf")}</p>}
        </div>
        <label htmlFor="weights-reason">{t("standing.reason")}</label>
        <Input id="weights-reason" value={reason} onChange={(e) => put({ reason: e.target.value })} onPressEnter={() => void change()} />
      </div>
      <div className="row">
        <Act does="confirmWeights" type="primary" danger data-action="confirm-changed-weights" disabled={!ready} onClick={() => void change()}>
          {t("standing.weights.confirmChanged")}
        </Act>
        <Button onClick={close}>{t("frame.cancel")}</Button>
      </div>
    </section>
  );
}
