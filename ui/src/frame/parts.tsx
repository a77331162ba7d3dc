// Small things every desk uses.
import { AuditOutlined, EyeOutlined } from "@ant-design/icons";
import { App, Button, Input, Modal, Select, Space, Tooltip } from "antd";
import { useEffect, useId, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { chooseFile, chooseFolder, chooseTarget, commands, onDrop, type Kinds, type PartInfo } from "../platform";
import { useAct } from "./act";
import { Act } from "./may";
import { go, usePlace } from "./place";
import { keptReason } from "./reasons";
import { partsOf, useSession } from "./session";

export { Page } from "./Page";

/** A path: typed, pasted, chosen in a dialog, or dropped on the window. Enter takes it. */
export function PathField({
  label, kind, filters = [], proposed = "", disabled = false, value, onChange, onEnter,
}: {
  label: string; kind: "open" | "save" | "folder"; filters?: Kinds; proposed?: string; disabled?: boolean;
  value: string; onChange: (path: string) => void; onEnter?: () => void;
}) {
  const { t } = useTranslation();
  const id = useId();
  useEffect(() => (kind === "save" ? undefined : onDrop((paths) => paths[0] !== undefined && onChange(paths[0]))), [kind, onChange]);
  const choose = async () => {
    const path = kind === "open" ? await chooseFile(label, filters) : kind === "folder" ? await chooseFolder(label) : await chooseTarget(label, filters, proposed);
    if (path !== null) onChange(path);
  };
  return (
    <div className="path-field">
      <label htmlFor={id}>{label}</label>
      <Space.Compact block>
        <Input id={id} disabled={disabled} value={value} placeholder={t(kind === "open" ? "frame.pathHint" : kind === "folder" ? "frame.folderHint" : "frame.saveHint")} onChange={(e) => onChange(e.target.value)} onPressEnter={(e) => { e.preventDefault(); onEnter?.(); }} spellCheck={false} />
        <Button disabled={disabled} onClick={() => void choose()}>{t("frame.choose")}</Button>
      </Space.Compact>
    </div>
  );
}

/** An ID number under its mask; uncovering asks for a reason and is journalled. */
export function Masked({ stage, person, masked }: { stage: string; person: string; masked: string }) {
  const { t } = useTranslation();
  const ask = useReason();
  const act = useAct();
  const [whole, setWhole] = useState<string | null>(null);
  const uncover = async () => {
    const reason = await ask(t("frame.uncover"), t("frame.uncoverHint"));
    if (reason !== null) setWhole((await act(() => commands.uncover(stage, person, reason))) ?? null);
  };
  return (
    <span className="masked">
      {whole ?? masked}
      {whole === null && (
        <Tooltip title={t("frame.uncover")}>
          <Act does="uncover" type="text" size="small" icon={<EyeOutlined />} aria-label={t("frame.uncover")} onClick={() => void uncover()} />
        </Tooltip>
      )}
    </span>
  );
}

/** From a figure to the entries it came from: about a person, the named entries, or those of a kind that hold a text. */
export function ToEntries({ person, ids, text, kind, operator, of }: { person?: string; ids?: string[]; text?: string; kind?: string; operator?: string; of?: string }) {
  const { t } = useTranslation();
  const about: Record<string, string> = {};
  if (person !== undefined) about["person"] = person;
  if (ids !== undefined) about["ids"] = ids.join(",");
  if (text !== undefined) about["text"] = text;
  if (kind !== undefined) about["kind"] = kind;
  if (operator !== undefined) about["operator"] = operator;
  const label = of === undefined ? t("frame.entries") : t("frame.entriesOf", { of });
  return (
    <Tooltip title={label}>
      <Button type="text" size="small" data-action="entries" icon={<AuditOutlined />} aria-label={label} onClick={() => go("journal", "", about)} />
    </Tooltip>
  );
}

/** A long hash: its ends for the eye, the whole of it for whoever copies it. */
export function Code({ code, id }: { code: string; id?: string }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const copy = async () => {
    await navigator.clipboard.writeText(code);
    void message.success(t("frame.copied"));
  };
  return (
    <span className="short-code">
      <code id={id} title={code} data-code={code} onCopy={(e) => { e.preventDefault(); e.clipboardData.setData("text/plain", code); }}>{code.length > 20 ? `${code.slice(0, 8)}…${code.slice(-8)}` : code}</code>{" "}
      <Button type="text" size="small" aria-label={`${t("frame.copyCode")} ${code.slice(0, 8)}`} onClick={() => void copy()}>{t("frame.copyCode")}</Button>
    </span>
  );
}

/** Asks for a reason in a dialog; null when cancelled. Enter confirms. What was typed stands there again until an act has taken it. */
export function useReason(): (title: string, hint?: string, proposed?: string) => Promise<string | null> {
  const { message, modal } = App.useApp();
  const { t } = useTranslation();
  return async (title, hint, proposed = "") => {
    const kept = await keptReason(title);
    const first = kept.begun === "" ? proposed : kept.begun;
    return new Promise((say) => {
      let text = first;
      /** Gives the reason to the act that follows; one that is empty is none. */
      const give = (shut: () => void) => {
        if (text.trim() === "") return void message.warning(t("frame.reasonNeeded"));
        shut();
        kept.give();
        say(text.trim());
      };
      const box = modal.confirm({
        title,
        icon: null,
        focusable: { autoFocusButton: null },
        okText: t("frame.ok"),
        cancelText: t("frame.cancel"),
        // With a way to shut it named, the dialog stays until there is a reason.
        onOk: (shut: () => void) => give(shut),
        onCancel: () => say(null),
        content: (
          <div className="reason">
            {hint !== undefined && <p>{hint}</p>}
            <Input
              autoFocus
              aria-label={t("frame.reason")}
              placeholder={t("frame.reason")}
              defaultValue={first}
              onChange={(e) => {
                text = e.target.value;
                kept.keep(text);
              }}
              onPressEnter={(e) => {
                // The same key press must not reach what gets the focus back.
                e.preventDefault();
                give(() => box.destroy());
              }}
            />
          </div>
        ),
      });
    });
  };
}

/** What the address asks for, whenever it changes; in between one chooses oneself. */
export function useAsked(asked: string | null): [string | null, (chosen: string | null) => void] {
  const [chosen, setChosen] = useState(asked);
  useEffect(() => {
    if (asked !== null) setChosen(asked);
  }, [asked]);
  return [chosen, setChosen];
}

/** Which part one works on; a site's laptop has one only. */
export function usePart(fits: (part: PartInfo) => boolean = () => true): { stage: string; part: string; info: PartInfo | null; picker: ReactNode } {
  const session = useSession();
  const { t } = useTranslation();
  const { about } = usePlace();
  const all = partsOf(session, fits);
  const [chosen, setChosen] = useAsked(about["part"] === undefined ? null : `${about["stage"] ?? ""}/${about["part"]}`);
  const now = all.find(({ stage, part }) => `${stage.id}/${part.id}` === chosen) ?? all[0];
  const picker = all.length < 2 ? null : (
    <Select
      className="part-picker"
      aria-label={t("frame.part")}
      value={now === undefined ? "" : `${now.stage.id}/${now.part.id}`}
      onChange={(value) => setChosen(value)}
      options={all.map(({ stage, part }) => ({ value: `${stage.id}/${part.id}`, label: part.whole }))}
    />
  );
  return { stage: now?.stage.id ?? "", part: now?.part.id ?? "", info: now?.part ?? null, picker };
}

/** Which stage one works on. */
export function useStage(): { stage: string; picker: ReactNode } {
  const session = useSession();
  const { t } = useTranslation();
  const { about } = usePlace();
  const [chosen, setChosen] = useAsked(about["stage"] ?? null);
  const all = session.stages.filter((s) => session.stage === null || session.stage === s.id);
  const now = all.find((s) => s.id === chosen) ?? all[0];
  const picker = all.length < 2 ? null : (
    <Select
      className="part-picker"
      aria-label={t("frame.stage")}
      value={now?.id ?? ""}
      onChange={(value) => setChosen(value)}
      options={all.map((s) => ({ value: s.id, label: s.name }))}
    />
  );
  return { stage: now?.id ?? "", picker };
}

/** A dialog with a form of one's own. */
export function Ask({ open, title, onOk, onCancel, children, disabled = false, wide = false }: { open: boolean; title: string; onOk: () => void; onCancel: () => void; children: ReactNode; disabled?: boolean; wide?: boolean }) {
  const { t } = useTranslation();
  return (
    <Modal open={open} title={title} onOk={onOk} onCancel={onCancel} okText={t("frame.ok")} cancelText={t("frame.cancel")} okButtonProps={{ disabled }} destroyOnHidden width={wide ? 820 : 520}>
      {children}
    </Modal>
  );
}
