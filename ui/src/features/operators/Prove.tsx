import { Input, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { RefusalNotice, useScreen } from "../../frame/act";
import { commands } from "../../platform";
import { Names } from "./Door";
import "./operators.css";

/** Whatever asks for them may still stand there. */
const ABOVE_ALL = 2000;

/** Somebody proves with their PIN that they are there. */
export function Prove({ what, signedIn, close }: { what: string; signedIn: string | null; close: (proved: boolean) => void }) {
  const { t } = useTranslation();
  const door = useScreen(["who-signs-in"], commands.whoSignsIn);
  const names = (door.data?.operators ?? []).map((one) => one.name).filter((name) => name !== signedIn);
  // Where the act names somebody, the refusal says who.
  const meant = names.find((name) => what.includes(`“${name}”`)) ?? names[0] ?? "";
  const [chosen, setChosen] = useState<string | null>(null);
  const [pin, setPin] = useState("");
  const [refusal, setRefusal] = useState<unknown>(null);
  const name = chosen ?? meant;
  const prove = async () => {
    if (pin === "" || name === "") return;
    try {
      await commands.secondPerson(name, pin);
      close(true);
    } catch (thrown) {
      setRefusal(thrown);
      setPin("");
    }
  };
  return (
    <Modal open zIndex={ABOVE_ALL} title={t("operators.second")} onCancel={() => close(false)} onOk={() => void prove()} okText={t("frame.ok")} cancelText={t("frame.cancel")} okButtonProps={{ id: "second-ok", disabled: pin === "" || name === "" }} destroyOnHidden>
      <p>{what}</p>
      <p className="soft">{t("operators.secondHint")}</p>
      <div className="gate-form">
        <label htmlFor="second-name">{t("operators.secondName")}</label>
        <Names id="second-name" names={names} value={name} onChange={setChosen} />
        <label htmlFor="second-pin">PIN</label>
        <Input.Password id="second-pin" autoFocus visibilityToggle={false} autoComplete="off" value={pin} onChange={(e) => setPin(e.target.value)} onPressEnter={(e) => { e.preventDefault(); void prove(); }} />
        {refusal !== null && <div className="gate-wide"><RefusalNotice refusal={refusal} /></div>}
      </div>
    </Modal>
  );
}
