import { Alert, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Show, useScreen } from "../../frame/act";
import { clockText } from "../../frame/clock";
import { Act } from "../../frame/may";
import { Ask, PathField, ToEntries } from "../../frame/parts";
import { useWork } from "../../frame/work";
import { commands, PDFS, type Lots as Drawn, type PartInfo } from "../../platform";
import { wanted } from "../papers/kinds";
import { Big } from "./Big";
import { DrawForm } from "./DrawForm";
import { Late } from "./Late";
import { byPanel, withoutLot } from "./lots";

type About = { stage: string; part: string; info: PartInfo };

/** Lots for panel and order: drawn before witnesses, then shown large. */
export function Lots({ stage, part }: About) {
  const lots = useScreen(["lots", stage, part], () => commands.lots(stage, part));
  const [again, setAgain] = useState(false);
  return (
    <Show of={lots}>
      {(all) =>
        all.drawn === null || (again && !all.marked) ? (
          <DrawForm stage={stage} part={part} entrants={all.entrants} drawn={all.drawn} close={() => setAgain(false)} />
        ) : (
          <Order stage={stage} part={part} lots={all} drawAgain={() => setAgain(true)} />
        )
      }
    </Show>
  );
}

function Order({ stage, part, lots, drawAgain }: { stage: string; part: string; lots: Drawn; drawAgain: () => void }) {
  const { t } = useTranslation();
  const [big, setBig] = useState(false);
  const [saving, setSaving] = useState(false);
  const missing = withoutLot(lots.entrants, lots.rows);
  const drawn = lots.drawn;
  return (
    <div className="iv-lots">
      {drawn !== null && (
        <p id="lots-drawn">
          {t("interview.lots.drawnLine", {
            at: clockText(drawn.at), by: drawn.by, seed: drawn.seed ?? t("frame.none"),
            witnesses: drawn.witnesses.join(t("interview.comma")), people: lots.rows.length,
          })}
          <ToEntries kind="lots.drawn" text={`${stage}/${part}`} of={t("interview.view.lots")} />
        </p>
      )}
      <div className="row">
        <Button id="lots-big" type="primary" onClick={() => setBig(true)}>{t("interview.big.open")}</Button>
        <Button id="lots-save" onClick={() => setSaving(true)}>{t("interview.lots.save")}</Button>
        <Act does="drawLots" id="lots-again" disabled={lots.marked} title={lots.marked ? t("interview.lots.noMore") : undefined} onClick={drawAgain}>{t("interview.lots.again")}</Act>
        {lots.marked && <span className="soft" id="lots-no-more">{t("interview.lots.noMore")}</span>}
      </div>
      <LotList lots={lots} />
      <Late stage={stage} part={part} people={missing} panels={drawn?.panels ?? []} />
      <SaveSummary stage={stage} part={part} open={saving} close={() => setSaving(false)} />
      {big && (
        <Big label={t("interview.lots.order")} close={() => setBig(false)} hint={t("interview.big.hint")}>
          <div className="iv-big-scroll" tabIndex={0} role="region" aria-label={t("interview.lots.order")}>
            <LotList lots={lots} />
          </div>
        </Big>
      )}
    </div>
  );
}

function LotList({ lots }: { lots: Drawn }) {
  const { t } = useTranslation();
  return (
    <>
      {byPanel(lots.rows, lots.drawn?.panels ?? []).map(({ panel, rows }) => (
        <section key={panel} data-panel={panel}>
          <h2>{t("interview.panelPeople", { panel, people: rows.length })}</h2>
          <ol className="iv-lot-list">
            {rows.map((row) => (
              <li key={row.person} data-person={row.person} data-order={row.order}>
                <b>{row.order}</b>
                <span className="iv-name" title={row.name}>{row.name}</span>
                <span className="figure">{row.number}</span>
                <span className="soft iv-unit" title={row.unit}>{row.unit}</span>
              </li>
            ))}
          </ol>
        </section>
      ))}
    </>
  );
}

function SaveSummary({ stage, part, open, close }: { stage: string; part: string; open: boolean; close: () => void }) {
  const { t } = useTranslation();
  const run = useWork();
  const [out, setOut] = useState("");
  const save = async () => {
    const done = await run(async (progress) => { await commands.savePaper(wanted("interview-summary", stage, part), out, progress); return true; }, t("frame.saved", { path: out }));
    if (done !== undefined) close();
  };
  return (
    <Ask open={open} title={t("interview.lots.save")} onOk={() => void save()} onCancel={close} disabled={out.trim() === ""}>
      <div className="iv-stack">
        <Alert type="info" title={t("interview.lots.saveHint")} />
        <PathField label={t("frame.file")} kind="save" filters={PDFS} proposed={t("interview.lots.file")} value={out} onChange={setOut} onEnter={() => void save()} />
      </div>
    </Ask>
  );
}
