import { useTranslation } from "react-i18next";
import { useSession } from "../../frame/session";
import type { DayTime } from "../../platform";
import { byPart, knownTime, placeOf, until, wall } from "./day";

/** The plan's times against the clock. */
export function DayTimes({ now, times }: { now: string; times: DayTime[] }) {
  const { t } = useTranslation();
  const session = useSession();
  const left = (at: string) => {
    const { unit, n, minutes } = until(now, at);
    return t(`overview.left.${unit}`, { n, minutes });
  };
  return (
    <section className="day-times" aria-labelledby="day-times-title">
      <h2 id="day-times-title">{t("overview.times")}</h2>
      {times.length === 0 && <p className="soft">{t("frame.none")}</p>}
      {byPart(times).map((group) => (
        <div key={`${group.stage}/${group.part}`} className="day-part">
          <h3>
            {placeOf(group, session)}
            <span className="figure">{group.date}</span>
          </h3>
          <ol>
            {group.times.map((time) => {
              const label = knownTime(time.label);
              return (
                <li key={time.label} data-time={time.label} data-when={time.past ? "past" : time.next ? "next" : "later"} aria-current={time.next ? "time" : undefined}>
                  <time dateTime={time.at} className="figure">{wall(time.at).time}</time>
                  <span>{label === null ? time.label : t(`overview.time.${label}`)}</span>
                  <span className="day-left">{time.past ? t("overview.past") : left(time.at)}</span>
                </li>
              );
            })}
          </ol>
        </div>
      ))}
    </section>
  );
}
