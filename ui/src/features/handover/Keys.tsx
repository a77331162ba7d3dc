import { Alert, App } from "antd";
import { useTranslation } from "react-i18next";
import { Show, useAct, useScreen } from "../../frame/act";
import { Act } from "../../frame/may";
import { commands, type KeyPlaces } from "../../platform";
import { SaveKey } from "./SaveKey";

/** The keys of the event: the root key on two sticks, the escrow key on a third, and then out of this laptop. */
export function Keys() {
  const { t } = useTranslation();
  const places = useScreen(["keyPlaces"], commands.keyPlaces);
  return (
    <>
      <p>{t("handover.keys.hint")}</p>
      <Show of={places}>{(now) => <Where now={now} />}</Show>
      <SaveKey kind="root" />
      <SaveKey kind="escrow" />
    </>
  );
}

function Where({ now }: { now: KeyPlaces }) {
  const { t } = useTranslation();
  const act = useAct();
  const { modal } = App.useApp();
  const whole = now.rootSaved >= 2 && now.escrowSaved >= 1 && !now.escrowHere;
  const takeOut = () =>
    modal.confirm({
      title: t("handover.keys.takeOutTitle"),
      content: t("handover.keys.takeOutText"),
      okText: t("handover.keys.takeOut"),
      okButtonProps: { id: "take-out-sure" },
      cancelText: t("frame.cancel"),
      focusable: { autoFocusButton: "cancel" },
      onOk: () => void act(commands.takeOutEscrow, t("handover.keys.takenOut")),
    });
  return (
    <Alert
      id="key-places"
      type={whole ? "success" : "warning"}
      showIcon
      title={whole ? t("handover.keys.whole") : t("handover.keys.open")}
      description={
        <ul className="hand-says">
          <li>{t("handover.keys.root", { count: now.rootSaved })}</li>
          <li>{t("handover.keys.rootCode")}　<span className="figure" id="root-code">{now.rootCode}</span></li>
          <li>{t("handover.keys.escrow", { count: now.escrowSaved })}{now.escrowHere ? t("handover.keys.escrowHere") : t("handover.keys.escrowOut")}</li>
        </ul>
      }
      action={now.escrowHere && now.escrowSaved > 0 && <Act does="takeOutEscrow" id="take-out-escrow" onClick={takeOut}>{t("handover.keys.takeOut")}</Act>}
    />
  );
}
