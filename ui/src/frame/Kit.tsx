// Ant Design for a part of the window. The first screen does without: reading it takes as long as all else at start.
import { App, ConfigProvider } from "antd";
import AppContext from "antd/es/app/context";
import enUS from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import { useLayoutEffect, useSyncExternalStore, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { onSpeaker, speakerNow, speaks } from "./say";
import { THEME } from "./theme";

const nonce = document.querySelector<HTMLMetaElement>("meta[name=style-nonce]")?.content ?? "";

function Look({ children }: { children: ReactNode }) {
  const { i18n } = useTranslation();
  return (
    <ConfigProvider csp={{ nonce }} theme={THEME} locale={i18n.language === "en" ? enUS : zhCN} button={{ autoInsertSpace: false }}>
      {children}
    </ConfigProvider>
  );
}

/** Around whatever is made of Ant Design. */
export function Kit({ children }: { children: ReactNode }) {
  const speaker = useSyncExternalStore(onSpeaker, speakerNow);
  return speaker === null ? null : (
    <Look>
      <AppContext.Provider value={speaker}>{children}</AppContext.Provider>
    </Look>
  );
}

/** Draws notices and dialogs, whoever says them. There is one. */
export function Speaker() {
  return (
    <Look>
      <App component={false}>
        <Announced />
      </App>
    </Look>
  );
}

function Announced() {
  const app = App.useApp();
  useLayoutEffect(() => speaks(app), [app]);
  return null;
}
