import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { App, ConfigProvider } from "antd";
import enUS from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import { lazy, StrictMode, Suspense, useEffect } from "react";
import { createRoot } from "react-dom/client";
import { useTranslation } from "react-i18next";
import { Reading, Show, useScreen } from "./frame/act";
import { Door } from "./features/operators/Door";
import { SecondPerson } from "./features/operators/SecondPerson";
import { Frame } from "./frame/Frame";
import { SessionContext } from "./frame/session";
import { THEME } from "./frame/theme";
import { spoken, startLanguage } from "./language";
import { commands, onGiven } from "./platform";
import "./page.css";

const Start = lazy(() => import("./features/start/Start").then((m) => ({ default: m.Start })));
const nonce = document.querySelector<HTMLMetaElement>("meta[name=style-nonce]")?.content ?? "";
const client = new QueryClient({ defaultOptions: { queries: { staleTime: 5_000, refetchOnWindowFocus: false } } });

function Kaowu() {
  const { i18n } = useTranslation();
  return (
    <ConfigProvider csp={{ nonce }} theme={THEME} locale={i18n.language === "en" ? enUS : zhCN} button={{ autoInsertSpace: false }}>
      <App>
        <Opened />
      </App>
    </ConfigProvider>
  );
}

function Opened() {
  const { i18n } = useTranslation();
  const session = useScreen(["session"], commands.session);
  useEffect(() => onGiven(() => void client.invalidateQueries(), () => void client.invalidateQueries()), []);
  return (
    <Show of={session}>
      {(read) => {
        const open = spoken(read, i18n.language);
        return open === null ? (
          <NoEvent />
        ) : open.locked ? (
          <Door locked={open} />
        ) : (
          <SessionContext.Provider value={open}>
            <SecondPerson session={open}>
              <Frame key={open.path} session={open} />
            </SecondPerson>
          </SessionContext.Provider>
        );
      }}
    </Show>
  );
}

/** The first screen, or the door of a protected event that waits for somebody to sign in. */
function NoEvent() {
  const door = useScreen(["who-signs-in"], commands.whoSignsIn);
  return (
    <Show of={door}>
      {(waits) =>
        waits === null ? (
          <Suspense fallback={<Reading />}>
            <Start />
          </Suspense>
        ) : (
          <Door locked={null} />
        )
      }
    </Show>
  );
}

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");
// Names that earlier versions kept outside the event.
localStorage.removeItem("kaowu.invigilators");
await startLanguage();
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <Kaowu />
    </QueryClientProvider>
  </StrictMode>,
);
