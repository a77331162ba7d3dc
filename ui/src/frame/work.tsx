// Long work: how far it is, and a way to stop it.
import { App, Button, Progress as Bar } from "antd";
import { useTranslation } from "react-i18next";
import { inWords } from "../language";
import { commands, newProgress, type Progress } from "../platform";
import { useAct } from "./act";

type Channel = ReturnType<typeof newProgress>;

/** Work that is done by then needs no curtain. */
const SOON_MS = 300;

/** As `useAct`, for work that says through a channel how far it is and can be asked to stop. */
export function useWork(): <T>(work: (progress: Channel) => Promise<T>, done?: string) => Promise<T | undefined> {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const act = useAct();
  return (work, done) => {
    let last: Progress | null = null;
    let stopping = false;
    let curtain: ReturnType<typeof modal.info> | null = null;
    const content = () => <HowFar progress={last} stopping={stopping} stop={stop} />;
    const draw = () => curtain?.update({ content: content() });
    const stop = () => {
      stopping = true;
      draw();
      void commands.stopWork();
    };
    const begin = () => {
      curtain = modal.info({ icon: null, title: t("frame.working"), closable: false, keyboard: false, footer: null, className: "curtain", content: content() });
    };
    return act(async () => {
      const timer = setTimeout(begin, SOON_MS);
      try {
        return await work(newProgress((now) => { last = now; draw(); }));
      } finally {
        clearTimeout(timer);
        curtain?.destroy();
      }
    }, done);
  };
}

function HowFar({ progress, stopping, stop }: { progress: Progress | null; stopping: boolean; stop: () => void }) {
  const { t, i18n } = useTranslation();
  const percent = progress === null || progress.total === 0 ? 0 : Math.round((progress.done * 100) / progress.total);
  return (
    <>
      <p role="status">
        {progress === null ? t("frame.working") : inWords(progress.what, i18n.language)}
        {progress !== null && progress.total > 1 && `　${t("frame.of", { done: progress.done, total: progress.total })}`}
      </p>
      <Bar percent={percent} status="active" aria-label={t("frame.working")} />
      <Button id="work-stop" onClick={stop} disabled={stopping} autoFocus>
        {stopping ? t("frame.stopping") : t("frame.stop")}
      </Button>
    </>
  );
}
