import { Button, Checkbox, Input, Radio } from "antd";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { Show, useAct, useScreen } from "../../frame/act";
import { PathField } from "../../frame/parts";
import { go } from "../../frame/place";
import { useInWords } from "../../language";
import { commands, type Kinds } from "../../platform";
import { NewPin } from "../operators/Door";
import { alike } from "../operators/pin";
import { useWordsOnce } from "../operators/Protect";
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
  const [guarded, setGuarded] = useState(false);
  const [name, setName] = useState("");
  const [pin, setPin] = useState("");
  const [again, setAgain] = useState("");
  const showWords = useWordsOnce();
  const withOperators = !drill || guarded;
  const takeFolder = useCallback((wanted: string) => setFolder(wanted), []);
  return (
    <Show of={plans}>
      {(all) => {
        const plan = chosen ?? all[0]?.plan ?? FILE;
        const wanted = plan === FILE ? path.trim() : plan;
        const ready = wanted !== "" && folder !== null && folder.trim() !== "" && (!withOperators || (name.trim() !== "" && alike(pin, again)));
        const create = () => {
          if (!ready) return;
          void act(async () => {
            if (withOperators) {
              const made = await commands.createProtectedEvent(folder.trim(), wanted, drill, name.trim(), pin);
              showWords(made.words);
            } else {
              await commands.createDrill(folder.trim(), wanted);
            }
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
              <Checkbox id="start-guarded" checked={withOperators} disabled={!drill} onChange={(e) => setGuarded(e.target.checked)}>{t("operators.withOperators")}</Checkbox>
              <p className="start-hint">{t("operators.withOperatorsHint")}</p>
              {withOperators && (
                <div className="gate-form">
                  <label htmlFor="start-operator">{t("operators.first")}</label>
                  <Input id="start-operator" value={name} onChange={(e) => setName(e.target.value)} />
                  <NewPin id="start-pin" pin={pin} again={again} setPin={setPin} setAgain={setAgain} enter={create} />
                </div>
              )}
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
