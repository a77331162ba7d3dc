import { Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "../../frame/act";
import { Act } from "../../frame/may";
import { commands, type KeyKind } from "../../platform";
import { Slip } from "../operators/Slip";
import { FolderField } from "../packet/FolderField";
import "./handover.css";

/** A key onto sticks under six words, which are made up here or typed; then the slip with them. */
export function SaveKey({ kind }: { kind: KeyKind }) {
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
