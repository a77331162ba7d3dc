import { useTranslation } from "react-i18next";
import { go } from "../../frame/place";
import { useWork } from "../../frame/work";
import { commands, type DemoStage } from "../../platform";
import { DEMO_STAGES } from "./start";

/** The event to learn on, at any moment of its day. Invented people only. */
export function Demo() {
  const { t } = useTranslation();
  const run = useWork();
  const open = (stage: DemoStage) =>
    void run(async (progress) => {
      await commands.openDemo(stage, progress);
      go("overview");
    });
  return (
    <>
      <p className="start-hint">{t("start.demoHint")}</p>
      <ol className="start-demo">
        {DEMO_STAGES.map((stage) => (
          <li key={stage}>
            <button type="button" data-demo={stage} onClick={() => open(stage)}>
              <b>{t(`start.demo.${stage}`)}</b>
              <span>{t(`start.demoLearn.${stage}`)}</span>
            </button>
          </li>
        ))}
      </ol>
    </>
  );
}
