// Where to save a file: a proposal in the event's folder that can be typed over or chosen.
import { useEffect, useRef, useState, type ReactNode } from "react";
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
  const form = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (proposed !== null) setPath(inFolder(folder, proposed));
  }, [proposed, folder]);
  const open = proposed !== null;
  useEffect(() => {
    // The path has the focus, so that Enter saves; the dialog first puts it on its own frame.
    const timer = open ? setTimeout(() => form.current?.querySelector<HTMLElement>(".path-field input")?.focus(), 60) : undefined;
    return () => clearTimeout(timer);
  }, [open]);
  // Begun by Enter it waits for the stroke to end, or closing would let the same stroke press what gets the focus back.
  const done = async () => {
    if (path.trim() === "" || busy) return;
    setBusy(true);
    if (await save(path.trim())) close();
    setBusy(false);
  };
  return (
    <Ask open={open} title={title} onOk={() => void done()} onCancel={close} disabled={path.trim() === "" || busy}>
      <div ref={form} className="save-form" data-field="save-path">
        {children}
        <PathField label={t("frame.file")} kind="save" filters={filters} proposed={proposed ?? ""} value={path} onChange={setPath} onEnter={() => setTimeout(done)} />
      </div>
    </Ask>
  );
}
