import { App, Button, Input } from "antd";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct, useRefusalWords } from "../../frame/act";
import { PathField } from "../../frame/parts";
import { go } from "../../frame/place";
import { useInWords } from "../../language";
import { commands, PACKETS } from "../../platform";
import "../operators/operators.css";
import { FolderField } from "./FolderField";
import { wordsIn } from "./start";

const WORDS = 6;

/** Opens the packet headquarters made for this post, with the words of its slip. */
export function OpenPacket({ file }: { file: string }) {
  const { t } = useTranslation();
  const inWords = useInWords();
  const act = useAct();
  const { modal } = App.useApp();
  const [path, setPath] = useState(file);
  const [words, setWords] = useState("");
  const [folder, setFolder] = useState<string | null>(null);
  // Only the packet says whether it opens for its own operators.
  const [wants, setWants] = useState<string | null>(null);
  const [name, setName] = useState("");
  const [pin, setPin] = useState("");
  const says = useRefusalWords();
  const takeFolder = useCallback((wanted: string) => setFolder(wanted), []);
  const read = wordsIn(words);
  const ready = path.trim() !== "" && read.length === WORDS && folder !== null && folder.trim() !== "";
  const open = async () => {
    if (!ready) return;
    const opened = await act(async () => {
      const who = name.trim() === "" ? null : { operator: name.trim(), pin };
      const out = await commands.openPacket(path.trim(), read.join(" "), folder.trim(), who).catch((thrown: unknown) => {
        const refused = says(thrown);
        if (refused.code !== "packet-needs-sign-in" || who !== null) throw thrown;
        setWants(refused.what);
        return null;
      });
      if (out !== null) go("overview");
      return out;
    });
    if (opened === undefined || opened === null) return;
    modal.success({
      title: t(opened.again ? "start.packetAgain" : "start.packetOpened"),
      okText: t("frame.ok"),
      content: (
        <div className="start-opened" data-dialog="packet-opened">
          <p>{t("start.packetHolds", { where: opened.session.siteName ?? inWords(opened.session.title), people: opened.people })}</p>
          <p>{t("start.packetCode")}</p>
          <p className="start-code figure">{opened.checkCode}</p>
          {!opened.again && (
            <>
              <p>{t("start.packetRoot")}</p>
              <p className="start-code figure" id="root-code">{opened.rootCode}</p>
            </>
          )}
        </div>
      ),
    });
  };
  return (
    <div className="start-fields">
      <div data-field="packet-path">
        <PathField label={t("start.packetPath")} kind="open" filters={PACKETS} value={path} onChange={setPath} onEnter={() => void open()} />
      </div>
      <div className="path-field">
        <label htmlFor="packet-words">{t("start.words")}</label>
        <Input
          id="packet-words"
          value={words}
          aria-describedby="packet-words-read"
          placeholder={t("start.wordsHint")}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          onChange={(e) => setWords(e.target.value)}
          onPressEnter={() => void open()}
        />
        <div id="packet-words-read" className="start-words" role="status">
          <span className={read.length === WORDS ? "start-whole" : "soft"}>{t(read.length > WORDS ? "start.wordsTooMany" : "start.wordsRead", { read: read.length, of: WORDS })}</span>
          {read.map((word, at) => (
            <span key={`${at}-${word}`} className="start-word">
              <span className="soft">{at + 1}</span> {word}
            </span>
          ))}
        </div>
      </div>
      <FolderField label={t("start.packetFolder")} value={folder} onChange={takeFolder} onEnter={() => void open()} />
      {wants !== null && (
        <div className="gate-form" id="packet-who">
          <p className="gate-wide"><strong>{t("operators.packetWho")}</strong>　{wants}</p>
          <label htmlFor="packet-operator">{t("operators.who")}</label>
          <Input id="packet-operator" autoFocus value={name} onChange={(e) => setName(e.target.value)} />
          <label htmlFor="packet-pin">PIN</label>
          <Input.Password id="packet-pin" visibilityToggle={false} autoComplete="off" value={pin} onChange={(e) => setPin(e.target.value)} onPressEnter={() => void open()} />
        </div>
      )}
      <p className="start-hint">{t("start.packetHint")}</p>
      <div>
        <Button id="start-packet" type="primary" disabled={!ready} onClick={() => void open()}>{t("start.openPacket")}</Button>
      </div>
    </div>
  );
}
