import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Show, useScreen } from "../../frame/act";
import { Button } from "../../frame/Button";
import { laterInKit } from "../../frame/later";
import { Page } from "../../frame/Page";
import { go } from "../../frame/place";
import { useSession } from "../../frame/session";
import { useInWords } from "../../language";
import { commands, type DayStep, type Overview as Day } from "../../platform";
import { demoStageOf } from "../start/start";
import { ClockNotices } from "./ClockNotices";
import { DayTimes } from "./DayTimes";
import { aboutOf, countStates, knownStep, percentDone, placeOf, STATES, type State } from "./day";
import "./overview.css";

const OpenNotice = laterInKit(() => import("../operators/OpenNotice").then((m) => m.OpenNotice), null);

const AGAIN = 20_000;

/** Where the day stands: the plan's times, each step of the day, and the desk that mends it. */
export function Overview() {
  const { t } = useTranslation();
  const session = useSession();
  const day = useScreen(["overview"], commands.overview);
  const demo = demoStageOf(session.demo);
  const { refetch } = day;
  useEffect(() => {
    const timer = setInterval(() => void refetch(), AGAIN);
    return () => clearInterval(timer);
  }, [refetch]);
  return (
    <Page
      title={t("overview.title")}
      extra={
        <>
          {day.data !== undefined && (
            <span className="day-head">
              {t("overview.entries", { count: day.data.entries })}　{t("overview.checkCode")} <b id="overview-check-code" className="figure">{day.data.checkCode}</b>
            </span>
          )}
          <Button id="overview-refresh" onClick={() => void refetch()}>{t("frame.refresh")}</Button>
        </>
      }
    >
      <OpenNotice />
      <ClockNotices at="overview" />
      {session.demo !== null && (
        <div className="day-demo" id="overview-demo">
          {demo !== null && (
            <p>
              <b>{t("overview.demo", { stage: t(`start.demo.${demo}`) })}</b>　{t(`start.demoLearn.${demo}`)}
            </p>
          )}
          <p>{t("overview.demoFiles", { folder: session.demo })}</p>
        </div>
      )}
      <Show of={day}>
        {(now) => (
          <div className="day">
            <Steps day={now} />
            <DayTimes now={now.now} times={now.times} />
          </div>
        )}
      </Show>
    </Page>
  );
}

function Steps({ day }: { day: Day }) {
  const { t } = useTranslation();
  const [only, setOnly] = useState<State | null>(null);
  const counts = countStates(day.steps);
  const shown = day.steps.filter((step) => only === null || step.state === only);
  return (
    <section className="day-steps" aria-labelledby="day-steps-title">
      <div className="day-filter">
        <h2 id="day-steps-title">{t("overview.steps")}</h2>
        <div role="group" aria-label={t("overview.filter")}>
          <button type="button" data-filter="all" aria-pressed={only === null} onClick={() => setOnly(null)}>
            {t("overview.all")} <span className="figure">{day.steps.length}</span>
          </button>
          {STATES.map((state) => (
            <button key={state} type="button" data-filter={state} aria-pressed={only === state} onClick={() => setOnly(only === state ? null : state)}>
              {t(`overview.state.${state}`)} <span className="figure">{counts[state]}</span>
            </button>
          ))}
        </div>
      </div>
      <table className="day-table">
        <thead>
          <tr>
            <th scope="col">{t("overview.column.state")}</th>
            <th scope="col">{t("overview.column.step")}</th>
            <th scope="col">{t("overview.column.done")}</th>
            <th scope="col">{t("overview.column.who")}</th>
            <th scope="col">{t("overview.column.desk")}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((step) => (
            <StepRow key={`${step.step}/${step.stage ?? ""}/${step.part ?? ""}`} step={step} />
          ))}
          {shown.length === 0 && (
            <tr>
              <td colSpan={5} className="soft">{t("frame.none")}</td>
            </tr>
          )}
        </tbody>
      </table>
    </section>
  );
}

function StepRow({ step }: { step: DayStep }) {
  const { t } = useTranslation();
  const inWords = useInWords();
  const session = useSession();
  const known = knownStep(step.step);
  const name = known === null ? step.step : t(`overview.step.${known}`);
  const place = placeOf(step, session);
  const open = () => go(step.desk, step.tab ?? "", aboutOf(step));
  return (
    <tr data-step={step.step} data-stage={step.stage} data-part={step.part} data-state={step.state} onClick={open}>
      <td>
        <span className={`day-state ${step.state}`}>{t(`overview.state.${step.state}`)}</span>
      </td>
      <td>
        <b>{name}</b>
        {place !== "" && <span className="day-place">{place}</span>}
        {known !== null && <p>{t(`overview.stepWhat.${known}`)}</p>}
      </td>
      <td>
        {step.total > 0 && (
          <>
            <span className="figure">{t("frame.of", { done: step.done, total: step.total })}</span>
            <span className={`day-bar ${step.state}`} aria-hidden="true">
              <span style={{ width: `${percentDone(step)}%` }} />
            </span>
          </>
        )}
      </td>
      <td className="day-who">{step.who.map(inWords).join(t("overview.comma"))}{step.more > 0 && t("overview.more", { n: step.more })}</td>
      <td>
        <Button size="small" data-action="go" aria-label={t("overview.goTo", { step: place === "" ? name : `${name} ${place}` })} onClick={(e) => { e.stopPropagation(); open(); }}>
          {t("overview.go")}
        </Button>
      </td>
    </tr>
  );
}
