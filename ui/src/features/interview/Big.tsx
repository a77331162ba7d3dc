import { Button } from "antd";
import { useEffect, useRef, type KeyboardEvent, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useSession } from "../../frame/session";

/** Fills the whole window, for a second screen or a projector. Esc closes; the page beneath rests meanwhile. */
export function Big({ label, close, onKey, hint, children }: { label: string; close: () => void; onKey?: (event: KeyboardEvent) => void; hint: string; children: ReactNode }) {
  const { t } = useTranslation();
  const { drill } = useSession();
  const box = useRef<HTMLDialogElement>(null);
  const body = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (box.current?.open === false) box.current.showModal();
    // Not on a button: Space and the arrows belong to what is shown.
    body.current?.focus();
  }, []);
  return (
    <dialog
      ref={box}
      className="iv-big"
      aria-label={label}
      onCancel={(event) => { event.preventDefault(); close(); }}
      onKeyDown={(event) => onKey?.(event)}
    >
      {drill && <div className="drill-band" role="note">{t("frame.drill")}　{t("frame.drillLong")}</div>}
      <div ref={body} className="iv-big-body" tabIndex={-1}>{children}</div>
      <footer>
        <span>{hint}</span>
        <Button id="big-close" onClick={close}>{t("interview.big.close")}</Button>
      </footer>
    </dialog>
  );
}
