// Asks before a page is left that holds what would be lost.
import { App } from "antd";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";

/** While `holding`, leaving the page by desk, tab, key or closing the event asks first. */
export function useStay(holding: boolean, title: string, text: string): void {
  const { modal } = App.useApp();
  const { t } = useTranslation();
  const words = useRef({ title, text, leave: "", stay: "" });
  words.current = { title, text, leave: t("packet.slips.leave"), stay: t("packet.slips.stay") };
  useEffect(() => {
    if (!holding) return;
    let here = location.href;
    let free = false;
    const ask = (go: () => void) => {
      const { title, text, leave, stay } = words.current;
      modal.confirm({ title, content: text, okText: leave, cancelText: stay, focusable: { autoFocusButton: "cancel" }, okButtonProps: { id: "leave-anyway", danger: true }, onOk: () => { free = true; go(); } });
    };
    // Capturing, so that the frame does not hear of the change before the answer.
    const turned = (event: HashChangeEvent) => {
      if (free) return void (here = location.href);
      const wanted = location.href;
      event.stopImmediatePropagation();
      history.replaceState(history.state, "", here);
      ask(() => { location.href = wanted; });
    };
    const clicked = (event: MouseEvent) => {
      const button = event.target instanceof Element ? event.target.closest<HTMLElement>("#close-event") : null;
      if (free || button === null) return;
      event.preventDefault();
      event.stopPropagation();
      ask(() => button.click());
    };
    const closing = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("hashchange", turned, true);
    addEventListener("beforeunload", closing);
    document.addEventListener("click", clicked, true);
    return () => {
      removeEventListener("hashchange", turned, true);
      removeEventListener("beforeunload", closing);
      document.removeEventListener("click", clicked, true);
    };
  }, [holding, modal]);
}
