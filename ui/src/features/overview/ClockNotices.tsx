import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useScreen } from "../../frame/act";
import { Button } from "../../frame/Button";
import { go } from "../../frame/place";
import { siteWords } from "../../frame/words";
import { commands, type ClockNotice } from "../../platform";

const AGAIN = 20_000;

/** Clocks that were set back: all of them on the overview; at a door this machine's of today, where times decide who is late. */
export function ClockNotices({ at }: { at: "overview" | "door" }) {
  const { t } = useTranslation();
  const notices = useScreen(["clock-notices"], commands.clockNotices);
  const { refetch } = notices;
  useEffect(() => {
    const timer = setInterval(() => void refetch(), AGAIN);
    return () => clearInterval(timer);
  }, [refetch]);
  const shown = (notices.data ?? []).filter((one) => at === "overview" || (one.own && one.today));
  if (shown.length === 0) return null;
  return (
    <div className="clock-notices" role="alert" data-clock={at}>
      <p><b>{t(at === "door" ? "overview.clock.door" : "overview.clock.title")}</b></p>
      <ul>{shown.map((one) => <Line key={`${one.device}/${one.seq ?? "now"}`} one={one} link={at === "overview"} />)}</ul>
      <p>{t(at === "door" ? "overview.clock.doorRemedy" : "overview.clock.remedy")}</p>
    </div>
  );
}

function Line({ one, link }: { one: ClockNotice; link: boolean }) {
  const { t } = useTranslation();
  const { device, seq, before, after } = one;
  const site = siteWords(one.site, t);
  const who = t(one.own ? "overview.clock.own" : "overview.clock.other", { site, device });
  return (
    <li data-device={device} data-own={one.own} data-seq={seq ?? ""}>
      {seq === null ? t("overview.clock.now", { who, before, after }) : t("overview.clock.fell", { who, seq, before, after })}
      {link && seq !== null && (
        <Button size="small" data-action="to-device" onClick={() => go("journal", "", { device })}>{t("overview.clock.entries")}</Button>
      )}
    </li>
  );
}
