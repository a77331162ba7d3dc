import { Alert } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Act } from "../../frame/may";
import { PathField } from "../../frame/parts";
import { useSession } from "../../frame/session";
import { useWork } from "../../frame/work";
import { commands, WORKBOOKS, type RoomsTaken } from "../../platform";

/** A list of rooms names the stages it is for; it replaces the rooms those stages had. */
export function ImportRooms() {
  const { t } = useTranslation();
  const run = useWork();
  const { stages } = useSession();
  const [file, setFile] = useState("");
  const [taken, setTaken] = useState<RoomsTaken | null>(null);
  const take = async () => {
    if (file.trim() === "") return;
    const done = await run((progress) => commands.importRooms(file.trim(), progress));
    if (done === undefined) return;
    setTaken(done);
    setFile("");
  };
  const lines = taken?.stages.map((row) => t("seating.import.line", { stage: stages.find((one) => one.id === row.stage)?.name ?? row.stage, rooms: row.rooms, seats: row.seats })) ?? [];
  return (
    <>
      <div className="row">
        <div className="wide-field" data-field="rooms-path">
          <PathField label={t("seating.import.file")} kind="open" filters={WORKBOOKS} value={file} onChange={setFile} onEnter={() => void take()} />
        </div>
        <Act does="importRooms" id="rooms-import" disabled={file.trim() === ""} onClick={() => void take()}>
          {t("seating.import.button")}
        </Act>
      </div>
      {taken !== null && (
        <Alert type="success" showIcon id="rooms-taken" closable={{ "aria-label": t("seating.close") }} onClose={() => setTaken(null)} title={lines.join(t("seating.semicolon"))} description={taken.unchanged > 0 && t("seating.import.unchanged", { rooms: taken.unchanged })} />
      )}
    </>
  );
}
