import { QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode, useEffect } from "react";
import { createRoot } from "react-dom/client";
import { useTranslation } from "react-i18next";
import { SecondPerson } from "./features/operators/SecondPerson";
import { Show, useScreen } from "./frame/act";
import { Frame } from "./frame/Frame";
import { later, laterInKit } from "./frame/later";
import { SessionContext } from "./frame/session";
import { spoken, startLanguage } from "./language";
import { commands, isRefusal, onGiven } from "./platform";
import "./page.css";

const Start = laterInKit(() => import("./features/start/Start").then((m) => m.Start));
const Door = laterInKit(() => import("./features/operators/Door").then((m) => m.Door));
const Speaker = later(() => import("./frame/Kit").then((m) => m.Speaker), null);
const client: QueryClient = new QueryClient({
  defaultOptions: { queries: { staleTime: 5_000, refetchOnWindowFocus: false } },
  // A screen may have been locked by the program itself: whoever was signed in has been withdrawn.
  queryCache: new QueryCache({ onError: (why) => void (isRefusal(why) && why.code === "screen-locked" && client.invalidateQueries({ queryKey: ["session"] })) }),
});

/** So long the first screen waits for what it shows, rather than to say first that it reads. */
const PATIENCE_MS = 400;

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
          <Start />
        ) : (
          <Door locked={null} />
        )
      }
    </Show>
  );
}

/** What the first screen shows: the overview as it last stood, which is read anew once it is drawn. */
async function readAhead(): Promise<void> {
  const overview = async () => {
    const kept = await commands.glance();
    if (kept !== null) client.setQueryData(["overview"], kept, { updatedAt: 0 });
    else client.setQueryData(["overview"], await commands.overview());
  };
  const session = client.prefetchQuery({ queryKey: ["session"], queryFn: commands.session, retry: false });
  // Where no event is open, or its screen is locked, there is none.
  await Promise.all([session, overview().catch(() => undefined)]);
}

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");
// Names that earlier versions kept outside the event.
localStorage.removeItem("kaowu.invigilators");
const ahead = Promise.race([readAhead(), new Promise((enough) => setTimeout(enough, PATIENCE_MS))]);
await startLanguage();
await ahead;
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <Opened />
      <Speaker />
    </QueryClientProvider>
  </StrictMode>,
);
