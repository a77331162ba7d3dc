import { Checkbox, Input, Progress, Radio } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Show, useAct, useScreen } from "../../frame/act";
import { Act } from "../../frame/may";
import { Ask } from "../../frame/parts";
import { useInWords } from "../../language";
import { useKept } from "../../frame/typed";
import { commands, type PracticeListScreen, type PracticeScreen } from "../../platform";
import { Notices, Rows, SavePaper } from "./Honours";

/** Who takes part where, against the goal; and the prize, which people decide by these figures. */
export function Participation({ screen }: { screen: PracticeScreen }) {
  const { t } = useTranslation();
  const inWords = useInWords();
  const [tier, setTier] = useState(screen.tiers[0]?.id ?? "");
  const [deciding, setDeciding] = useState(false);
  const list = useScreen(["practice-list", "participation", tier], () => commands.practiceList("participation", tier));
  return (
    <>
      <div className="row">
        <Radio.Group optionType="button" aria-label={t("practice.participation.by")} value={tier} onChange={(e) => setTier(String(e.target.value))} options={screen.tiers.map((one) => ({ value: one.id, label: inWords(one.name) }))} />
        <SavePaper which="participation" of={tier} disabled={false} />
        <Act does="decidePracticePrize" data-action="decide-prize" onClick={() => setDeciding(true)}>{t("practice.prize.decide", { title: inWords(screen.prizeTitle) })}</Act>
        {screen.prizeDocument !== null && (
          <span className="state-word is-good" title={screen.prizeWinners.join(t("standing.comma"))}>{t("practice.prize.decided", { n: screen.prizeWinners.length, document: screen.prizeDocument })}</span>
        )}
      </div>
      <Show of={list}>
        {(found) => (
          <>
            <Goal people={found.people} goal={screen.goal} />
            <Notices list={found} />
            <Rows id="practice-participation" list={found} rows={found.rows} />
          </>
        )}
      </Show>
      {deciding && <Prize screen={screen} close={() => setDeciding(false)} />}
    </>
  );
}

function Goal({ people, goal }: { people: number; goal: number }) {
  const { t } = useTranslation();
  const share = Math.min(100, Math.floor((people * 1000) / Math.max(1, goal)) / 10);
  return (
    <div className="practice-goal" data-people={people} data-goal={goal}>
      <strong>{t("practice.participation.goal", { people, goal })}</strong>
      <Progress percent={share} format={() => `${share.toFixed(1)}%`} status={people >= goal ? "success" : "normal"} aria-label={t("practice.participation.goal", { people, goal })} />
    </div>
  );
}

function Prize({ screen, close }: { screen: PracticeScreen; close: () => void }) {
  const figures = useScreen(["practice-list", "participation", screen.prizeTier], () => commands.practiceList("participation", screen.prizeTier));
  return <Show of={figures}>{(list) => <PrizeForm screen={screen} list={list} close={close} />}</Show>;
}

function PrizeForm({ screen, list, close }: { screen: PracticeScreen; list: PracticeListScreen; close: () => void }) {
  const { t } = useTranslation();
  const inWords = useInWords();
  const act = useAct();
  const [{ units, document }, put, spent] = useKept("prize", { units: [] as string[], document: "" });
  const ready = units.length > 0 && units.length <= screen.prizeMost && document.trim() !== "";
  const decide = async () => {
    if (!ready) return;
    const done = await act(() => commands.decidePracticePrize(units, document.trim()).then(() => true), t("standing.awards.done"));
    if (done !== true) return;
    spent();
    close();
  };
  const at = (column: string) => list.columns.indexOf(column);
  const rows = list.rows.filter((row) => (row[at("unit")] ?? "") !== "");
  return (
    <Ask open wide title={t("practice.prize.title", { title: inWords(screen.prizeTitle) })} disabled={!ready} onCancel={close} onOk={() => void decide()}>
      <div className="asked">
        <p>{t("practice.prize.what", { most: screen.prizeMost })}</p>
        <Checkbox.Group className="practice-units" value={units} onChange={(chosen) => put({ units: chosen.map(String) })}
          options={rows.map((row) => ({ value: row[at("unit")] ?? "", label: t("practice.prize.unit", { name: row[at("unit_name")], people: row[at("people")], days: row[at("days")] }) }))} />
        <p role="status" className={units.length > screen.prizeMost ? "wrong" : "soft"}>{t("practice.prize.chosen", { n: units.length, most: screen.prizeMost })}</p>
        <label htmlFor="prize-document">{t("standing.awards.document")}</label>
        <Input id="prize-document" placeholder={t("standing.awards.documentHint")} value={document} onChange={(e) => put({ document: e.target.value })} onPressEnter={() => void decide()} />
      </div>
    </Ask>
  );
}
