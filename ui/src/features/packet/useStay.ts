// Asks before a page is left whose content would be lost when the event is closed.
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { go } from "../../frame/place";
import { say } from "../../frame/say";
import { commands, onClosing } from "../../platform";
import { CLOSE, forget, unsavedNow } from "./issued";

const WAYS = `${CLOSE}, [data-desk]:not([aria-current]), [role="tab"]:not([aria-selected="true"])`;

/** What a stroke or a click would leave the page by. */
function wayOut(event: Event): HTMLElement | null {
  const target = event.target instanceof Element ? event.target : null;
  if (!(event instanceof KeyboardEvent)) return target?.closest<HTMLElement>(WAYS) ?? null;
  if (event.ctrlKey && !event.altKey) return [...document.querySelectorAll<HTMLElement>("[data-desk]")][Number(event.key) - 1] ?? null;
  return event.key === "Enter" || event.key === " " ? (target?.closest<HTMLElement>('[role="tab"]:not([aria-selected="true"])') ?? null) : null;
}

/** While `holding`, leaving by desk, tab, key or closing the event asks first. */
export function useStay(holding: boolean, title: string, text: string): void {
  const { t } = useTranslation();
  const words = { title, content: text, okText: t("packet.slips.leave"), cancelText: t("packet.slips.stay") };
  const latest = useRef(words);
  latest.current = words;
  useEffect(() => {
    if (!holding) return;
    let free = false;
    const hold = (event: Event) => {
      const way = free ? null : wayOut(event);
      if (way === null || way.getAttribute("aria-current") === "page") return;
      event.preventDefault();
      event.stopPropagation();
      const leave = () => {
        free = true;
        if (way.matches(CLOSE)) forget();
        way.click();
      };
      void say().then(({ modal }) => void modal.confirm({ ...latest.current, focusable: { autoFocusButton: "cancel" }, okButtonProps: { id: "leave-anyway", danger: true }, onOk: leave }));
    };
    const closing = (event: BeforeUnloadEvent) => event.preventDefault();
    document.addEventListener("click", hold, true);
    addEventListener("keydown", hold, true);
    addEventListener("beforeunload", closing);
    return () => {
      document.removeEventListener("click", hold, true);
      removeEventListener("keydown", hold, true);
      removeEventListener("beforeunload", closing);
    };
  }, [holding]);
}

/** Closing the window asks, too, wherever one is: with it the words of packets are gone. */
export function useClosing(): void {
  const { t } = useTranslation();
  const asked = useRef(false);
  useEffect(
    () =>
      onClosing(() => {
        const open = unsavedNow().length;
        if (open === 0) return void commands.leaveWindow();
        if (asked.current) return;
        asked.current = true;
        go("hq", "packet");
        void say().then(({ modal }) => void modal.confirm({
          title: t("packet.slips.unsavedTitle"),
          content: t("packet.slips.closingText", { count: open }),
          okText: t("packet.slips.close"),
          cancelText: t("packet.slips.stay"),
          focusable: { autoFocusButton: "cancel" },
          okButtonProps: { id: "close-anyway", danger: true },
          onOk: () => void commands.leaveWindow(),
          afterClose: () => {
            asked.current = false;
          },
        }));
      }),
    [t],
  );
}
