import { useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "../../frame/act";
import { PathField } from "../../frame/parts";
import { commands, PDFS, type Session, type WordsOpen } from "../../platform";
import { inFolder } from "../roster/roster";

/** Six words that are on the screen, onto a slip for the safe. It stands in a dialog above every screen, so it asks for no context of one. */
export function Slip({ opens, words }: { opens: WordsOpen; words: string }) {
  const { t } = useTranslation();
  const act = useAct();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [path, setPath] = useState<string | null>(null);
  const [saved, setSaved] = useState("");
  const ask = () => setPath(inFolder(client.getQueryData<Session | null>(["session"])?.folder ?? "", `${t("operators.slip.name")}-${t(`operators.slip.${opens}`)}.pdf`));
  const save = async () => {
    const to = path?.trim() ?? "";
    if (to === "") return;
    if ((await act(() => commands.saveWordsSlip(opens, words, to).then(() => true))) !== true) return;
    setPath(null);
    setSaved(to);
    void message.success(t("frame.saved", { path: to }));
  };
  return (
    <div className="words-slip" data-slip={opens}>
      {path === null ? (
        <Button id={`slip-${opens}`} disabled={words.trim() === ""} onClick={ask}>{t("operators.slip.print")}</Button>
      ) : (
        <>
          <PathField label={t("operators.slip.file")} kind="save" filters={PDFS} proposed={path} value={path} onChange={setPath} onEnter={() => void save()} />
          <Button id={`slip-save-${opens}`} type="primary" disabled={path.trim() === ""} onClick={() => void save()}>{t("operators.slip.save")}</Button>
        </>
      )}
      <p className="soft" role="status">{saved === "" ? t("operators.slip.hint") : t("operators.slip.saved", { path: saved })}</p>
    </div>
  );
}
