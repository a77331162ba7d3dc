// Long work: how far it is, and a way to stop it.
import { Button, Modal, Progress as Bar } from "antd";
import { useCallback, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { inWords } from "../language";
import { commands, newProgress, type Progress } from "../platform";
import { useAct } from "./act";

type Channel = ReturnType<typeof newProgress>;

/** `run` does long work through a progress channel; `curtain` must be put on the page. */
export function useWork(): { run: <T>(work: (progress: Channel) => Promise<T>, done?: string) => Promise<T | undefined>; curtain: ReactNode } {
  const { t, i18n } = useTranslation();
  const act = useAct();
  const [progress, setProgress] = useState<Progress | null>(null);
  const [busy, setBusy] = useState(false);
  const [stopping, setStopping] = useState(false);
  const run = useCallback(
    async <T,>(work: (progress: Channel) => Promise<T>, done?: string) => {
      setProgress(null);
      setStopping(false);
      setBusy(true);
      try {
        return await act(() => work(newProgress(setProgress)), done);
      } finally {
        setBusy(false);
      }
    },
    [act],
  );
  const percent = progress === null || progress.total === 0 ? 0 : Math.round((progress.done * 100) / progress.total);
  const stop = () => {
    setStopping(true);
    void commands.stopWork();
  };
  const curtain = (
    <Modal open={busy} closable={false} keyboard={false} footer={null} title={t("frame.working")} className="curtain">
      <p role="status">
        {progress === null ? t("frame.working") : inWords(progress.what, i18n.language)}
        {progress !== null && progress.total > 0 && `　${t("frame.of", { done: progress.done, total: progress.total })}`}
      </p>
      <Bar percent={percent} status="active" aria-label={t("frame.working")} />
      <Button onClick={stop} disabled={stopping} autoFocus>
        {stopping ? t("frame.stopping") : t("frame.stop")}
      </Button>
    </Modal>
  );
  return { run, curtain };
}
