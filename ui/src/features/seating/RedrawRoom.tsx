import { Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "../../frame/act";
import { Act } from "../../frame/may";
import { Ask } from "../../frame/parts";
import { useKept } from "../../frame/typed";
import { commands, type RoomRow } from "../../platform";

/** One room drawn again from a seed of its own; all others stay. */
export function RedrawRoom({ stage, room, published }: { stage: string; room: RoomRow; published: boolean }) {
  const { t } = useTranslation();
  const act = useAct();
  const [open, setOpen] = useState(false);
  const [{ seed, reason }, put, spent] = useKept(`redraw/${stage}/${room.site}/${room.room}`, { seed: "", reason: "" });
  const [busy, setBusy] = useState(false);
  const lacks = seed.trim() === "" || (published && reason.trim() === "");
  const close = () => setOpen(false);
  const redraw = async () => {
    if (lacks || busy) return;
    setBusy(true);
    const done = await act(() => commands.redrawRoom(stage, room.site, room.room, seed.trim(), reason.trim()), t("seating.redraw.done", { room: room.room }));
    setBusy(false);
    if (done === undefined) return;
    spent();
    close();
  };
  return (
    <>
      <Act does="redrawRoom" id="redraw-room" disabled={room.people === 0} onClick={() => setOpen(true)}>{t("seating.redraw.button")}</Act>
      <Ask open={open} title={t("seating.redraw.title", { room: room.room, people: room.people })} onOk={() => void redraw()} onCancel={close} disabled={lacks || busy}>
        <div className="save-form">
          <p>{t("seating.redraw.text")}</p>
          {published && <p><strong>{t("seating.redraw.published")}</strong></p>}
          <label htmlFor="redraw-seed">{t("seating.redraw.seed")}</label>
          <Input id="redraw-seed" value={seed} spellCheck={false} autoComplete="off" onChange={(e) => put({ seed: e.target.value })} />
          <label htmlFor="redraw-reason">{t("frame.reason")}</label>
          <Input id="redraw-reason" value={reason} onChange={(e) => put({ reason: e.target.value })} onPressEnter={(e) => { e.preventDefault(); setTimeout(redraw); }} />
        </div>
      </Ask>
    </>
  );
}
