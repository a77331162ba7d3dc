// Several files at once: typed or pasted a line each, chosen, or dropped on the window.
import { Button, Input } from "antd";
import { useEffect, useId, useRef, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { chooseFile, onDrop, type Kinds } from "../../platform";
import { pathsIn } from "./roster";
import "./list.css";

/** `value` holds a path a line. Enter takes them; Shift+Enter begins a new line. */
export function FilesField({ id, label, hint, filters, value, onChange, onEnter, children }: { id: string; label: string; hint: string; filters: Kinds; value: string; onChange: (text: string) => void; onEnter: () => void; children: ReactNode }) {
  const { t } = useTranslation();
  const hintId = useId();
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
          aria-describedby={hintId}
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
        {children}
      </div>
      <span id={hintId} className="soft">{hint}</span>
    </div>
  );
}
