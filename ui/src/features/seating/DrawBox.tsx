import { Alert, App, Button, Input } from "antd";
import { useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { useAct, useRefusalWords } from "../../frame/act";
import { Act } from "../../frame/may";
import { Code, ToEntries } from "../../frame/parts";
import { useWork } from "../../frame/work";
import { useKept } from "../../frame/typed";
import { commands, type Draw, type Refusal } from "../../platform";
import { SaveDialog } from "../roster/SaveDialog";

const JSONS = [{ name: "JSON", extensions: ["json"] }];

/** The draw from a public seed, and what came of it beside what any draw could reach. */
export function DrawBox({ stage, draw }: { stage: string; draw: Draw | null }) {
  const { t } = useTranslation();
  const act = useAct();
  const run = useWork();
  const words = useRefusalWords();
  const { modal, message } = App.useApp();
  const [{ seed, how }, put, spent] = useKept(`draw/${stage}`, { seed: "", how: "" });
  const [publishing, setPublishing] = useState(false);
  const [busy, setBusy] = useState(false);
  const [checked, setChecked] = useState<{ hash: string; moved: number; faults: Refusal[] } | null>(null);

  const drawNow = async () => {
    setBusy(true);
    const done = await run((progress) => commands.drawSeats(stage, seed.trim(), how.trim(), progress), t("seating.draw.done"));
    setBusy(false);
    if (done === undefined) return;
    spent();
  };
  const begin = () => {
    if (seed.trim() === "" || busy) return;
    if (draw === null) return void drawNow();
    modal.confirm({
      title: t("seating.draw.againTitle"),
      content: (
        <div className="reason">
          <p>{t("seating.draw.againText", { people: draw.people })}</p>
          {draw.moved > 0 && <p>{t("seating.draw.againMoved", { moved: draw.moved })}</p>}
          {draw.published && <p><strong>{t("seating.draw.againPublished")}</strong></p>}
        </div>
      ),
      okText: t("seating.draw.again"),
      focusable: { autoFocusButton: "cancel" },
      okButtonProps: { danger: true, id: "draw-again" },
      cancelText: t("frame.cancel"),
      onOk: () => void drawNow(),
    });
  };
  const enter = (event: KeyboardEvent) => {
    // Or the same stroke would press the button that the question puts the focus on.
    event.preventDefault();
    begin();
  };
  const verify = async () => {
    if (draw === null) return;
    const faults = await act(() => commands.verifySeats(stage));
    if (faults !== undefined) setChecked({ hash: draw.hash, moved: draw.moved, faults });
  };
  const publish = async (path: string) => {
    const saved = await act(() => commands.publishDraw(stage, path).then(() => true));
    if (saved) void message.success(t("frame.saved", { path }));
    return saved === true;
  };
  // A check says nothing of seats that were changed after it.
  const valid = checked !== null && draw !== null && checked.hash === draw.hash && checked.moved === draw.moved ? checked.faults : null;
  return (
    <section className="draw-box" aria-label={t("seating.draw.title")}>
      <div className="draw-entry">
        <label htmlFor="draw-seed">{t("seating.draw.seed")}</label>
        <Input id="draw-seed" value={seed} aria-describedby="seed-hint" spellCheck={false} autoComplete="off" onChange={(e) => put({ seed: e.target.value })} onPressEnter={enter} />
        <Act does="drawSeats" id="draw-button" type={draw === null ? "primary" : "default"} loading={busy} disabled={seed.trim() === ""} onClick={begin}>
          {draw === null ? t("seating.draw.button") : t("seating.draw.again")}
        </Act>
        <p id="seed-hint" className="soft">{t("seating.draw.hint")}</p>
        <label htmlFor="draw-how">{t("seating.draw.how")}</label>
        <Input id="draw-how" className="draw-how" value={how} placeholder={t("seating.draw.howHint")} autoComplete="off" onChange={(e) => put({ how: e.target.value })} />
      </div>
      {draw === null ? (
        <p id="draw-result" data-drawn="no" className="draw-result soft">{t("seating.draw.none")}</p>
      ) : (
        <div id="draw-result" data-drawn="yes" data-pairs={draw.pairs} data-bound={draw.bound} data-hash={draw.hash} className="draw-result">
          <p className="draw-facts">
            <strong>{t("seating.draw.result", { people: draw.people, rooms: draw.rooms })}</strong>
            <span>{t("seating.draw.seedWas", { seed: draw.seed })}</span>
            {draw.how !== "" && <span className="soft">{draw.how}</span>}
          </p>
          <p className="draw-facts">
            <span className={`state-word is-${draw.pairs <= draw.bound ? "good" : "warn"}`}>{t("seating.draw.pairs", { pairs: draw.pairs })}</span>
            <span>
              {t("seating.draw.bound", { bound: draw.bound })}
              {draw.pairs <= draw.bound ? t("seating.draw.reached") : t("seating.draw.above", { more: draw.pairs - draw.bound })}
            </span>
          </p>
          <p className="draw-hash">
            <span className="soft">{t("seating.draw.hash")}</span> <Code code={draw.hash} />
          </p>
          <p className="draw-facts">
            <span className={`state-word is-${draw.published ? "warn" : "calm"}`}>{draw.published ? t("seating.draw.published") : t("seating.draw.notPublished")}</span>
            {draw.moved > 0 && <span className="state-word is-calm">{t("seating.draw.moved", { moved: draw.moved })}</span>}
            <ToEntries kind="seats.drawn" text={stage} of={t("seating.title")} />
            <Button id="verify-seats" size="small" onClick={() => void verify()}>{t("seating.draw.verify")}</Button>
            <Button id="publish-draw" size="small" title={t("seating.draw.publishHint")} onClick={() => setPublishing(true)}>{t("seating.draw.publish")}</Button>
          </p>
          <SaveDialog title={t("seating.draw.publish")} filters={JSONS} proposed={publishing ? t("seating.draw.publishName", { seed: draw.seed }) : null} save={publish} close={() => setPublishing(false)}>
            <p className="soft">{t("seating.draw.publishHint")}</p>
          </SaveDialog>
        </div>
      )}
      {valid !== null && (
        <Alert
          className="draw-verified"
          id="seats-verified"
          data-faults={valid.length}
          type={valid.length === 0 ? "success" : "warning"}
          showIcon
          title={valid.length === 0 ? t("seating.draw.sound") : t("seating.draw.faults", { count: valid.length })}
          description={
            valid.length > 0 && (
              <ul className="fault-list" tabIndex={0} aria-label={t("seating.draw.faults", { count: valid.length })}>
                {valid.map((fault, at) => {
                  const { what, remedy } = words(fault);
                  return <li key={at}>{what}{remedy === "" ? "" : `　${t("frame.remedy", { remedy })}`}</li>;
                })}
              </ul>
            )
          }
        />
      )}
    </section>
  );
}
