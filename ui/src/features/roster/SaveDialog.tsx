// Where to save a file: a proposal in the event's folder that can be typed over or chosen.
import { useEffect, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Ask, PathField } from "../../frame/parts";
import { useSession } from "../../frame/session";
import type { Kinds } from "../../platform";
import { inFolder } from "./roster";
import "./list.css";

/** Open while `proposed` is a name. `save` is true when it went well; then the dialog closes. */
export function SaveDialog({ title, filters, proposed, save, close, children }: { title: string; filters: Kinds; proposed: string | null; save: (path: string) => Promise<boolean>; close: () => void; children?: ReactNode }) {
  const { t } = useTranslation();
  const { folder } = useSession();
  const [path, setPath] = useState("");
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    if (proposed !== null) setPath(inFolder(folder, proposed));
  }, [proposed, folder]);
  const done = async () => {
    if (path.trim() === "" || busy) return;
    setBusy(true);
    if (await save(path.trim())) close();
    setBusy(false);
  };
  return (
    <Ask open={proposed !== null} title={title} onOk={() => void done()} onCancel={close} disabled={path.trim() === "" || busy}>
      <div className="save-form" data-field="save-path">
        {children}
        <PathField label={t("frame.file")} kind="save" filters={filters} proposed={proposed ?? ""} value={path} onChange={setPath} onEnter={() => void done()} />
      </div>
    </Ask>
  );
}
