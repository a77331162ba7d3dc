import { Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "../../frame/act";
import { PathField } from "../../frame/parts";
import { commands, PACKETS, type PacketLook } from "../../platform";
import { Says, Sha256 } from "./Says";

/** What is on a stick someone brings, without taking it over. */
export function Inspect() {
  const { t } = useTranslation();
  const act = useAct();
  const [file, setFile] = useState("");
  const [words, setWords] = useState("");
  const [look, setLook] = useState<PacketLook | null>(null);
  const inspect = async () => {
    if (file.trim() === "") return;
    setLook((await act(() => commands.inspectPacket(file.trim(), words.trim() === "" ? null : words.trim()))) ?? null);
  };
  return (
    <>
      <p>{t("handover.inspectHint")}</p>
      <section className="hand-form" aria-labelledby="hand-inspect">
        <h2 id="hand-inspect">{t("handover.tab.inspect")}</h2>
        <div data-field="inspect-path">
          <PathField label={t("handover.packetFile")} kind="open" filters={PACKETS} value={file} onChange={setFile} onEnter={() => void inspect()} />
        </div>
        <div className="hand-line">
          <div className="path-field">
            <label htmlFor="inspect-words">{t("handover.words")}</label>
            <Input id="inspect-words" value={words} autoComplete="off" spellCheck={false} onChange={(e) => setWords(e.target.value)} onPressEnter={() => void inspect()} />
          </div>
          <Button id="inspect" type="primary" disabled={file.trim() === ""} onClick={() => void inspect()}>{t("handover.inspect")}</Button>
        </div>
      </section>
      {look !== null && (
        <section id="inspected" className="hand-result" aria-labelledby="hand-inspected" role="status">
          <div>
            <h2 id="hand-inspected">{t("handover.inspected")}</h2>
            {look.says.length > 0 ? <Says id="inspect-says" lines={look.says} /> : <p className="hand-warn">{t(look.words ? "handover.needsWords" : "handover.otherKey")}</p>}
            <Sha256 id="inspect-sha256" hash={look.sha256} />
          </div>
        </section>
      )}
    </>
  );
}
