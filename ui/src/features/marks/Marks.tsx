import { Radio, Tabs } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useScreen } from "../../frame/act";
import { Page, usePart } from "../../frame/parts";
import { go, usePlace } from "../../frame/place";
import { commands, type PartInfo } from "../../platform";
import { Controls } from "./Controls";
import { Differences } from "./Differences";
import { ImportMarks } from "./ImportMarks";
import { Keying } from "./Keying";
import type { Pass } from "./drafts";
import "./marks.css";

export type MarksPlace = { stage: string; part: string; info: PartInfo; pass: Pass };

const TABS = ["keying", "import", "differences", "controls"] as const;

/** Written marks: keyed twice by two people, compared, decided. */
export function Marks() {
  const { t } = useTranslation();
  const { stage, part, info, picker } = usePart((one) => !one.interview);
  const [pass, setPass] = useState<Pass>(1);
  const { tab } = usePlace();
  const now = TABS.find((name) => name === tab) ?? TABS[0];
  if (info === null) {
    return (
      <Page title={t("marks.title")} extra={picker}>
        <p>{t("marks.noPart")}</p>
      </Page>
    );
  }
  const place: MarksPlace = { stage, part, info, pass };
  const key = `${stage}/${part}`;
  const pages = {
    keying: <Keying key={`${key}/${pass}`} place={place} />,
    import: <ImportMarks key={`${key}/${pass}`} place={place} />,
    differences: <Differences key={key} place={place} />,
    controls: <Controls key={key} place={place} />,
  };
  const passes = (
    <Radio.Group
      id="mark-pass"
      className="passes"
      aria-label={t("marks.pass")}
      optionType="button"
      buttonStyle="solid"
      value={pass}
      onChange={(e) => setPass(e.target.value === 2 ? 2 : 1)}
      options={[
        { value: 1, label: t("marks.pass1"), id: "pass-1" },
        { value: 2, label: t("marks.pass2"), id: "pass-2" },
      ]}
    />
  );
  return (
    <Page
      title={t("marks.title")}
      extra={
        <>
          <Counts stage={stage} part={part} />
          {(now === "keying" || now === "import") && passes}
          {picker}
        </>
      }
    >
      <Tabs
        className="mark-tabs"
        activeKey={now}
        onChange={(name) => go("marks", name)}
        destroyOnHidden
        items={TABS.map((name) => ({ key: name, label: t(`marks.tab.${name}`), children: pages[name] }))}
      />
    </Page>
  );
}

function Counts({ stage, part }: { stage: string; part: string }) {
  const { t } = useTranslation();
  const counts = useScreen(["mark-counts", stage, part], () => commands.markCounts(stage, part));
  if (counts.data === undefined || counts.isPlaceholderData) return null;
  const of = counts.data;
  return (
    <dl className="mark-counts figure" aria-label={t("marks.counts")}>
      {(["missing", "onePass", "matched", "different", "decided"] as const).map((name) => (
        <div key={name} data-count={name}>
          <dt>{t(`marks.count.${name}`)}</dt>
          <dd className={name === "different" && of.different > 0 ? "bad" : ""}>{of[name]}</dd>
        </div>
      ))}
    </dl>
  );
}
