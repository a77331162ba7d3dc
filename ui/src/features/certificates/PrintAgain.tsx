import { Input, InputNumber } from "antd";
import { useTranslation } from "react-i18next";
import { useAct } from "../../frame/act";
import { Ask } from "../../frame/parts";
import { useKept } from "../../frame/typed";
import { commands, type CertificateAward, type SheetRow } from "../../platform";
import { canPrintAgain } from "./printing";

/** After a jam: sheets on paper are to be printed again by the next run, said once for all of them. */
export function PrintAgain({ award, sheets, from, close }: { award: CertificateAward; sheets: readonly SheetRow[]; from: number; close: () => void }) {
  const { t } = useTranslation();
  const act = useAct();
  const [form, put, spent] = useKept(`print-again/${award.id}`, { from, to: award.count, reason: "" });
  const ready = form.reason.trim() !== "" && canPrintAgain(sheets, form.from, form.to);
  const say = async () => {
    if (!ready) return;
    const done = await act(() => commands.printAgain(award.id, form.from, form.to, form.reason.trim()), t("certificates.again.done"));
    if (done === undefined) return;
    spent();
    close();
  };
  const number = (name: "from" | "to") => (
    <label className="cert-field">
      <span>{t(`certificates.again.${name}`)}</span>
      <InputNumber id={`again-${name}`} min={1} max={Math.max(1, award.count)} precision={0} value={form[name]} onChange={(n) => put({ [name]: n ?? 1 })} />
    </label>
  );
  return (
    <Ask open title={t("certificates.again.title")} disabled={!ready} onOk={() => void say()} onCancel={close}>
      <div className="cert-stack">
        <p>{t("certificates.again.hint")}</p>
        <div className="row">
          {number("from")}
          {number("to")}
        </div>
        <label className="cert-field">
          <span>{t("frame.reason")}</span>
          <Input id="again-reason" placeholder={t("certificates.again.example")} value={form.reason} onChange={(e) => put({ reason: e.target.value })} onPressEnter={() => void say()} />
        </label>
      </div>
    </Ask>
  );
}
