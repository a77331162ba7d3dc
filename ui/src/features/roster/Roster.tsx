import { Button, Radio } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useScreen } from "../../frame/act";
import { Page, useStage } from "../../frame/parts";
import { commands } from "../../platform";
import { Announcement } from "../papers/Announcements";
import { BelowMinimum } from "./BelowMinimum";
import { ImportRosters } from "./ImportRosters";
import { Closing } from "./Closing";
import { People } from "./People";
import { Withdrawn } from "./Withdrawn";
import "./roster.css";

type View = "import" | "people" | "withdrawn";

/** Who is entered for a stage, and the files they came from. */
export function Roster() {
  const { t } = useTranslation();
  const { stage, picker } = useStage();
  const [view, setView] = useState<View>("import");
  const files = useScreen(["rosterFiles", stage], () => commands.rosterFiles());
  return (
    <Page
      title={t("roster.title")}
      extra={
        <>
          {picker}
          <Announcement of="roster" stage={stage} disabled={(files.data?.length ?? 0) === 0} />
          <Radio.Group
            id="roster-view"
            aria-label={t("roster.view.label")}
            optionType="button"
            value={view}
            onChange={(e) => setView(e.target.value as View)}
            options={[
              { value: "import", label: t("roster.view.import") },
              { value: "people", label: t("roster.view.people") },
              { value: "withdrawn", label: t("roster.view.withdrawn") },
            ]}
          />
        </>
      }
    >
      {(files.data?.length ?? 0) > 0 && <Closing stage={stage} />}
      {(files.data?.length ?? 0) > 0 && <BelowMinimum stage={stage} />}
      {view === "withdrawn" ? <Withdrawn key={stage} stage={stage} /> : view === "import" ? <ImportRosters key={stage} stage={stage} files={files} /> : <People key={stage} stage={stage} toImport={<Button size="small" data-action="to-import" onClick={() => setView("import")}>{t("roster.toImport")}</Button>} />}
    </Page>
  );
}
