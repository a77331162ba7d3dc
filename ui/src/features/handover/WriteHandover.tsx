import { Radio } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Show, useAct, useScreen } from "../../frame/act";
import { Act } from "../../frame/may";
import { PathField } from "../../frame/parts";
import { commands, type Carried, type Stick } from "../../platform";
import { EjectFirst } from "../packet/EjectFirst";
import { lastHandover, roomOnStick } from "./carry";
import { CheckCode, Says, Sha256 } from "./Says";

const LOOK = 4_000;
const FOLDER = "\u0000folder";

/** A site's laptop writes its whole journal on a stick. */
export function WriteHandover({ carried, onCarried }: { carried: Carried | null; onCarried: (carried: Carried) => void }) {
  const { t } = useTranslation();
  const act = useAct();
  const sticks = useScreen(["sticks"], commands.sticks);
  const day = useScreen(["overview"], commands.overview);
  const [chosen, setChosen] = useState<string | null>(null);
  const [folder, setFolder] = useState("");
  const [busy, setBusy] = useState(false);
  const { refetch } = sticks;
  useEffect(() => {
    // A stick put in while one looks at the page appears by itself.
    const timer = setInterval(() => void refetch(), LOOK);
    return () => clearInterval(timer);
  }, [refetch]);
  const last = day.data === undefined ? null : lastHandover(day.data.steps);
  const write = async (to: string) => {
    if (to === "" || busy) return;
    setBusy(true);
    const out = await act(() => commands.handOver(to));
    setBusy(false);
    if (out !== undefined) onCarried(out);
  };
  return (
    <>
      <p>{t("handover.writeHint")}</p>
      {last !== null && (
        <p className="hand-last" data-since={last.since}>
          <strong>{t("handover.lastTitle")}</strong>
          {last.held === 0 ? t("handover.lastNone", last) : last.since === 0 ? t("handover.lastWhole", last) : t("handover.lastBehind", last)}
        </p>
      )}
      <Show of={sticks}>
        {(found) => {
          const now = pick(found, chosen);
          const to = now === FOLDER ? folder.trim() : now;
          return (
            <section className="hand-form" aria-labelledby="hand-sticks">
              <h2 id="hand-sticks">{t("handover.sticks")}</h2>
              {found.length === 0 && <p className="hand-warn">{t("handover.noStick")}</p>}
              <Radio.Group className="hand-radios" name="stick" aria-label={t("handover.sticks")} value={now} onChange={(e) => setChosen(String(e.target.value))}>
                {found.map((stick) => (
                  <Radio key={stick.path} value={stick.path} data-stick={stick.path}>
                    <b>{stick.label === "" ? stick.path : stick.label}</b>　{t("handover.free", { free: roomOnStick(stick.freeMb) })}　<span className="soft">{stick.path}</span>
                  </Radio>
                ))}
                <Radio value={FOLDER} data-stick="folder">{t("handover.otherFolder")}</Radio>
              </Radio.Group>
              <EjectFirst stick={found.find((stick) => stick.path === now)} />
              {now === FOLDER && (
                <div data-field="handover-folder">
                  <PathField label={t("handover.folder")} kind="folder" value={folder} onChange={setFolder} onEnter={() => void write(to)} />
                </div>
              )}
              <div>
                <Act does="handOver" id="handover-write" type="primary" loading={busy} disabled={to === ""} onClick={() => void write(to)}>{t("handover.write")}</Act>
              </div>
            </section>
          );
        }}
      </Show>
      {carried !== null && <Written carried={carried} since={last?.since ?? 0} />}
    </>
  );
}

/** A stick pulled out is no longer chosen; the first one found is proposed. */
function pick(found: Stick[], chosen: string | null): string {
  if (chosen === FOLDER || found.some((stick) => stick.path === chosen)) return chosen ?? FOLDER;
  return found[0]?.path ?? FOLDER;
}

function Written({ carried, since }: { carried: Carried; since: number }) {
  const { t } = useTranslation();
  return (
    <section id="handover-written" className="hand-result" aria-labelledby="hand-written" role="status">
      <div>
        <h2 id="hand-written">{t("handover.written")}</h2>
        <p>{t("handover.holds", { entries: carried.entries })}</p>
        <Says id="handover-says" lines={carried.says} />
        {since > 0 && <p className="hand-warn">{t("handover.since", { since })}</p>}
        <p className="hand-path">{carried.path}</p>
        <Sha256 id="handover-sha256" hash={carried.sha256} />
      </div>
      <div>
        <CheckCode id="handover-check-code" code={carried.checkCode} />
        <p>{t("handover.readOut")}</p>
      </div>
    </section>
  );
}
