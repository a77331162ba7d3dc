import { Button, InputNumber } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Big } from "./Big";
import { reset, startOrPause, useTimer } from "./clock";
import { figures, left, phase } from "./timer";

/** Space and R work wherever the focus is, save where something is typed or pressed. */
function useTimerKeys() {
  useEffect(() => {
    const keys = (event: KeyboardEvent) => {
      const on = event.target;
      if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || (on instanceof HTMLElement && on.closest("input, textarea, select, [contenteditable]") !== null)) return;
      if (event.key === " " && !(on instanceof HTMLElement && on.closest("button, a, [role=tab]") !== null)) startOrPause();
      else if (event.key === "r" || event.key === "R") reset();
      else return;
      event.preventDefault();
    };
    addEventListener("keydown", keys);
    return () => removeEventListener("keydown", keys);
  }, []);
}

/** Minutes, start and pause, and figures that a whole room can read. */
export function Timer() {
  const { t } = useTranslation();
  const { timer } = useTimer();
  const [big, setBig] = useState(false);
  useTimerKeys();
  const fresh = timer.since === null && timer.used === 0;
  return (
    <div className="iv-timer-view">
      <div className="row">
        <label className="iv-field">
          <span>{t("interview.timer.minutes")}</span>
          <InputNumber id="timer-minutes" min={1} max={180} precision={0} value={timer.minutes} disabled={!fresh} onChange={(minutes) => minutes !== null && reset(minutes)} />
        </label>
        <Buttons />
        <Button id="timer-big" onClick={() => setBig(true)}>{t("interview.big.open")}</Button>
        <span className="soft">{t("interview.timer.keys")}</span>
      </div>
      <Face />
      {big && (
        <Big label={t("interview.view.timer")} close={() => setBig(false)} hint={t("interview.timer.bigKeys")}>
          <Face />
        </Big>
      )}
    </div>
  );
}

function Buttons() {
  const { t } = useTranslation();
  const { timer } = useTimer();
  const word = timer.since !== null ? "pause" : timer.used > 0 ? "goOn" : "start";
  return (
    <>
      <Button id="timer-toggle" type="primary" onClick={startOrPause}>{t(`interview.timer.${word}`)}</Button>
      <Button id="timer-reset" onClick={() => reset()}>{t("interview.timer.reset")}</Button>
    </>
  );
}

function Face() {
  const { t } = useTranslation();
  const { timer, now } = useTimer();
  const state = phase(timer, now);
  const paused = timer.since === null && timer.used > 0;
  return (
    <div className="iv-timer-face" data-phase={state}>
      <div className="iv-timer-figures" role="timer" aria-label={t("interview.view.timer")}>{figures(left(timer, now))}</div>
      <div className="iv-timer-word" role="status">
        {t(`interview.timer.phase.${state}`)}
        {paused && state !== "paused" && t("interview.timer.also", { word: t("interview.timer.phase.paused") })}
      </div>
    </div>
  );
}
