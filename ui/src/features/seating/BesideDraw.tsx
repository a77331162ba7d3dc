import { App, Checkbox, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Show, useAct, useScreen } from "../../frame/act";
import { Act } from "../../frame/may";
import { useReason } from "../../frame/parts";
import { commands, type BesideRow, type NeedWord } from "../../platform";

const NEEDS: NeedWord[] = ["front-row", "near-door", "own-room"];

/** People the draw has to do more for: those with needs, and late entries who take a spare seat. */
export function BesideDraw({ stage, drawn }: { stage: string; drawn: boolean }) {
  const { t } = useTranslation();
  const act = useAct();
  const ask = useReason();
  const { message } = App.useApp();
  const [document, setDocument] = useState("");
  const [needs, setNeeds] = useState<NeedWord[]>([]);
  const beside = useScreen(["besideDraw", stage], () => commands.besideDraw(stage));
  const words = (of: NeedWord[]) => of.map((need) => t(`seating.need.${need}`)).join(t("seating.comma"));
  const set = async (who: string, of: NeedWord[], title: string) => {
    const reason = await ask(title, t(drawn ? "seating.need.hintDrawn" : "seating.need.hint"));
    if (reason === null) return;
    const done = await act(() => commands.setNeeds(stage, who, of, reason), t("seating.need.done"));
    if (done === undefined || of.length === 0) return;
    setDocument("");
    setNeeds([]);
  };
  const begin = () => {
    if (document.trim() !== "" && needs.length > 0) void set(document.trim(), needs, t("seating.need.title", { who: document.trim(), needs: words(needs) }));
  };
  const late = async (row: BesideRow) => {
    const reason = await ask(t("seating.late.title", { name: row.name }), t("seating.late.hint"));
    if (reason === null) return;
    const room = await act(() => commands.seatLate(stage, row.person, reason));
    const seat = room?.cells.find((cell) => cell.person === row.person);
    if (room !== undefined && seat !== undefined) void message.success(t("seating.late.done", { name: row.name, room: room.room, seat: seat.seat, number: seat.number }), 8);
  };
  return (
    <section className="beside-draw" aria-label={t("seating.need.section")}>
      <div className="beside-entry">
        <label htmlFor="need-person">{t("seating.need.person")}</label>
        <Input id="need-person" value={document} autoComplete="off" spellCheck={false} onChange={(e) => setDocument(e.target.value)} onPressEnter={(e) => { e.preventDefault(); begin(); }} />
        <Checkbox.Group
          className="need-kinds"
          aria-label={t("seating.need.section")}
          value={needs}
          onChange={(chosen) => setNeeds(NEEDS.filter((need) => chosen.includes(need)))}
          options={NEEDS.map((value) => ({ value, label: t(`seating.need.${value}`) }))}
        />
        <Act does="setNeeds" id="need-set" disabled={document.trim() === "" || needs.length === 0} onClick={begin}>{t("seating.need.button")}</Act>
      </div>
      <Show of={beside}>
        {(shown) => (
          <>
            {shown.needs.length > 0 && (
              <ul className="beside-list" id="need-list" aria-label={t("seating.need.list")}>
                {shown.needs.map((row) => (
                  <li key={row.person} data-person={row.person}>
                    <strong>{row.name}</strong> {row.unit}　{words(row.needs)}{t("seating.need.because", { reason: row.reason })}
                    <Act does="setNeeds" size="small" type="text" data-action="take-need-back" onClick={() => void set(row.person, [], t("seating.need.offTitle", { name: row.name }))}>{t("seating.need.off")}</Act>
                  </li>
                ))}
              </ul>
            )}
            {shown.late.length > 0 && (
              <div id="late-list" role="group" aria-label={t("seating.late.list")}>
                <p className="state-word is-warn">{t("seating.late.count", { count: shown.late.length })}</p>
                <ul className="beside-list">
                  {shown.late.map((row) => (
                    <li key={row.person} data-person={row.person}>
                      <strong>{row.name}</strong> {row.unit}{row.needs.length > 0 && `　${words(row.needs)}`}
                      <Act does="seatLate" size="small" data-action="seat-late" onClick={() => void late(row)}>{t("seating.late.button")}</Act>
                    </li>
                  ))}
                </ul>
              </div>
            )}
          </>
        )}
      </Show>
    </section>
  );
}
