import { Button, Checkbox, Radio } from "antd";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { Show, useAct, useScreen } from "../../frame/act";
import { PathField } from "../../frame/parts";
import { go } from "../../frame/place";
import { useInWords } from "../../language";
import { commands, type Kinds } from "../../platform";
import { FolderField } from "./FolderField";

const PLANS: Kinds = [{ name: "toml", extensions: ["toml"] }];
const FILE = "\u0000file";

/** Makes an event from a plan that comes with the program, or from a plan's file. */
export function CreateEvent({ file }: { file: string }) {
  const { t } = useTranslation();
  const inWords = useInWords();
  const act = useAct();
  const plans = useScreen(["plans"], commands.plans);
  const [chosen, setChosen] = useState<string | null>(file === "" ? null : FILE);
  const [path, setPath] = useState(file);
  const [folder, setFolder] = useState<string | null>(null);
  const [drill, setDrill] = useState(false);
  const takeFolder = useCallback((wanted: string) => setFolder(wanted), []);
  return (
    <Show of={plans}>
      {(all) => {
        const plan = chosen ?? all[0]?.plan ?? FILE;
        const wanted = plan === FILE ? path.trim() : plan;
        const ready = wanted !== "" && folder !== null && folder.trim() !== "";
        const create = () => {
          if (!ready) return;
          void act(async () => {
            await commands.createEvent(folder.trim(), wanted, drill);
            go("overview");
          });
        };
        return (
          <div className="start-fields">
            <fieldset>
              <legend>{t("start.plan")}</legend>
              <Radio.Group className="start-radios" name="plan" value={plan} onChange={(e) => setChosen(String(e.target.value))}>
                {all.map((one) => (
                  <Radio key={one.plan} value={one.plan} data-plan={one.plan}>
                    {inWords(one.title)} <span className="soft">{one.plan}</span>
                  </Radio>
                ))}
                <Radio value={FILE} data-plan="file">{t("start.planFile")}</Radio>
              </Radio.Group>
              {plan === FILE && (
                <div data-field="plan-path">
                  <PathField label={t("start.planPath")} kind="open" filters={PLANS} value={path} onChange={setPath} onEnter={create} />
                </div>
              )}
            </fieldset>
            <FolderField label={t("start.eventFolder")} value={folder} onChange={takeFolder} onEnter={create} />
            <div>
              <Checkbox id="start-drill" checked={drill} onChange={(e) => setDrill(e.target.checked)}>{t("start.drill")}</Checkbox>
              <p className="start-hint">{t("start.drillHint")}</p>
            </div>
            <div>
              <Button id="start-create" type="primary" disabled={!ready} onClick={create}>{t(drill ? "start.createDrill" : "start.create")}</Button>
            </div>
          </div>
        );
      }}
    </Show>
  );
}
