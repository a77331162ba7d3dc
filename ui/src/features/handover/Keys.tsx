import { Alert, App, Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Show, useAct, useScreen } from "../../frame/act";
import { Act } from "../../frame/may";
import { commands, type KeyKind, type KeyPlaces } from "../../platform";
import { Slip } from "../operators/Slip";
import { FolderField } from "../packet/FolderField";

/** The keys of the event: the root key on two sticks, the escrow key on a third, and then out of this laptop. */
export function Keys() {
  const { t } = useTranslation();
  const places = useScreen(["keyPlaces"], commands.keyPlaces);
  return (
    <>
      <p>{t("handover.keys.hint")}</p>
      <Show of={places}>{(now) => <Where now={now} />}</Show>
      <Save kind="root" />
      <Save kind="escrow" />
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

function Save({ kind }: { kind: KeyKind }) {
  const { t } = useTranslation();
  const act = useAct();
  const [folder, setFolder] = useState("");
  const [words, setWords] = useState("");
  const [saved, setSaved] = useState<string[]>([]);
  const propose = async () => setWords((await act(commands.newWords)) ?? words);
  const save = async () => {
    if (folder.trim() === "" || words.trim() === "") return;
    const path = await act(() => commands.saveKey(kind, folder.trim(), words));
    if (path !== undefined) setSaved([...saved.filter((one) => one !== path), path]);
  };
  return (
    <section className="hand-form" aria-labelledby={`key-${kind}`} data-key={kind}>
      <h2 id={`key-${kind}`}>{t(`handover.keys.save.${kind}`)}</h2>
      <div className="hand-line">
        <label>
          {t("handover.keys.words")}
          <Input id={`words-${kind}`} value={words} onChange={(e) => setWords(e.target.value)} spellCheck={false} autoComplete="off" />
        </label>
        <Button id={`propose-${kind}`} onClick={() => void propose()}>{t("handover.keys.propose")}</Button>
      </div>
      <div className="hand-line" data-field={`key-folder-${kind}`}>
        <FolderField label={t("handover.keys.folder")} value={folder} onChange={setFolder} onEnter={() => void save()} />
        <Act does="saveKey" id={`save-${kind}`} type="primary" disabled={folder.trim() === "" || words.trim() === ""} onClick={() => void save()}>{t("handover.keys.write")}</Act>
      </div>
      {saved.length > 0 && (
        <div className="hand-good" role="status" id={`saved-${kind}`}>
          {saved.map((path) => <p key={path}>{t("handover.keys.written", { path })}</p>)}
          {kind === "root" && saved.length < 2 && <p>{t("handover.keys.second")}</p>}
          <Slip opens={kind} words={words} />
        </div>
      )}
    </section>
  );
}
