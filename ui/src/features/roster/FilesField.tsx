// Several files at once: typed or pasted a line each, chosen, or dropped on the window.
import { Button, Input } from "antd";
import { useEffect, useId, useRef } from "react";
import { useTranslation } from "react-i18next";
import { chooseFile, onDrop, type Kinds } from "../../platform";
import { pathsIn } from "./roster";
import "./list.css";

/** `value` holds a path a line. Enter takes them; Shift+Enter begins a new line. */
export function FilesField({ id, label, filters, value, onChange, onEnter }: { id: string; label: string; filters: Kinds; value: string; onChange: (text: string) => void; onEnter: () => void }) {
  const { t } = useTranslation();
  const hint = useId();
  const add = (paths: string[]) => onChange(pathsIn([value, ...paths].join("\n")).join("\n"));
  const latest = useRef(add);
  latest.current = add;
  useEffect(() => onDrop((paths) => latest.current(paths)), []);
  return (
    <div className="files-field">
      <label htmlFor={id}>{label}</label>
      <div className="row">
        <Input.TextArea
          id={id}
          value={value}
          aria-describedby={hint}
          placeholder={t("frame.pathHint")}
          autoSize={{ minRows: 1, maxRows: 4 }}
          spellCheck={false}
          onChange={(e) => onChange(e.target.value)}
          onKeyDown={(e) => {
            if (e.key !== "Enter" || e.shiftKey || e.nativeEvent.isComposing) return;
            e.preventDefault();
            onEnter();
          }}
        />
        <Button onClick={() => void chooseFile(label, filters).then((path) => path !== null && add([path]))}>{t("frame.choose")}</Button>
      </div>
      <span id={hint} className="soft">{t("roster.filesHint")}</span>
    </div>
  );
}
