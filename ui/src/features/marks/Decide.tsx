import { Alert, Input, Radio } from "antd";
import { useTranslation } from "react-i18next";
import { useAct } from "../../frame/act";
import { Ask } from "../../frame/parts";
import { useKept } from "../../frame/typed";
import { padded } from "../../frame/figure";
import { commands, type MarkDifference } from "../../platform";
import type { MarksPlace } from "./Marks";
import { ABSENT, meant } from "./sheet";

const CHOICES = ["first", "second", "absent", "other"] as const;
type Form = { choice: string; other: string; second: string; reason: string };
const EMPTY: Form = { choice: "", other: "", second: "", reason: "" };

/** What holds, decided against the paper; a mark that stands already is corrected by two people. */
export function Decide({ place, row, close, settled = false }: { place: MarksPlace; row: MarkDifference; close: () => void; settled?: boolean }) {
  const { t } = useTranslation();
  const act = useAct();
  const [form, put, done] = useKept<Form>(`mark/${place.stage}/${place.part}/${row.person}`, EMPTY);
  const { other, second, reason } = form;
  const choice = CHOICES.find((one) => one === form.choice) ?? null;
  const value = { first: row.first ?? "", second: row.second ?? "", absent: ABSENT, other: meant(other) };
  const text = choice === null ? "" : value[choice];
  const ready = text !== "" && reason.trim() !== "" && (!settled || second.trim() !== "");
  const finish = () => {
    done();
    close();
  };
  const decide = async () => {
    if (!ready) return;
    const with_ = second.trim() === "" ? null : second.trim();
    if ((await act(() => commands.decideMark(place.stage, place.part, row.person, text, with_, reason.trim()), t("marks.decided", { name: row.name, value: text }))) !== undefined) finish();
  };
  return (
    <Ask open title={t(settled ? "marks.correct.title" : "marks.decideTitle", { name: row.name, number: row.number })} onOk={() => void decide()} onCancel={close} disabled={!ready}>
      <div className="decide">
        {row.contradictsRoom && <Alert type="warning" showIcon title={t("marks.contradicts")} />}
        {row.voidUnruled && <Alert type="warning" showIcon title={t("marks.voidUnruled")} />}
        <p>{t(settled ? "marks.correct.paper" : "marks.decideHint")}</p>
        <Radio.Group id="decide-choice" className="choices" aria-label={t("marks.decide")} value={choice} onChange={(e) => put({ choice: String(e.target.value) })}>
          {row.first !== null && (
            <Radio value="first" id="decide-first">
              {t("marks.chooseFirst", { value: padded(row.first, place.info.step), by: row.firstBy ?? "—" })}
            </Radio>
          )}
          {row.second !== null && (
            <Radio value="second" id="decide-second">
              {t("marks.chooseSecond", { value: padded(row.second, place.info.step), by: row.secondBy ?? "—" })}
            </Radio>
          )}
          <Radio value="absent" id="decide-absent">
            {t("marks.chooseAbsent")}
          </Radio>
          <Radio value="other" id="decide-other">
            {t("marks.chooseOther")}
          </Radio>
        </Radio.Group>
        {choice === "other" && (
          <div className="field">
            <label htmlFor="decide-text">{t("marks.otherValue", { full: place.info.full, step: place.info.step })}</label>
            <Input id="decide-text" autoFocus value={other} onChange={(e) => put({ other: e.target.value })} />
          </div>
        )}
        <div className="field">
          <label htmlFor="decide-reason">{t("marks.reason")}</label>
          <Input id="decide-reason" value={reason} onChange={(e) => put({ reason: e.target.value })} onPressEnter={() => void decide()} />
        </div>
        <div className="field">
          <label htmlFor="decide-with">{t(settled ? "marks.correct.second" : "marks.secondPerson")}</label>
          <Input id="decide-with" value={second} onChange={(e) => put({ second: e.target.value })} onPressEnter={() => void decide()} />
        </div>
      </div>
    </Ask>
  );
}
