import { Radio, Tabs } from "antd";
import { useTranslation } from "react-i18next";
import { useScreen } from "../../frame/act";
import { Page, usePart } from "../../frame/parts";
import { usePass, type Pass } from "../../frame/pass";
import { go, usePlace } from "../../frame/place";
import { useSession } from "../../frame/session";
import { commands, type PartInfo } from "../../platform";
import { Controls } from "./Controls";
import { Differences } from "./Differences";
import { ImportMarks } from "./ImportMarks";
import { Keying } from "./Keying";
import "./marks.css";

export type MarksPlace = { stage: string; part: string; info: PartInfo; pass: Pass };

const TABS = ["keying", "import", "differences", "controls"] as const;

/** Written marks: keyed twice by two people, compared, decided. */
export function Marks() {
  const { t } = useTranslation();
  const { stage, part, info, picker } = usePart((one) => !one.interview);
  const { operator } = useSession();
  const { tab } = usePlace();
  const now = TABS.find((name) => name === tab) ?? TABS[0];
  const keys = now === "keying" || now === "import";
  // The second person comes to key the second pass.
  const first = useScreen(["mark-sheet", stage, part, 1, operator], () => commands.markSheet(stage, part, 1), info !== null && keys);
  const rows = first.isPlaceholderData ? undefined : first.data?.rows;
  const keyed = rows === undefined ? null : () => rows.map((row) => (row.state === "mine" ? "mine" : row.state === "other" ? "other" : "open"));
  const [proposed, setPass] = usePass(`${stage}/${part}/${operator ?? ""}`, first.isError ? () => [] : keyed);
  if (info === null) {
    return (
      <Page title={t("marks.title")} extra={picker}>
        <p>{t("marks.noPart")}</p>
      </Page>
    );
  }
  if (keys && proposed === null) {
    return (
      <Page title={t("marks.title")} extra={picker}>
        <p className="reading">{t("marks.reading")}</p>
      </Page>
    );
  }
  const pass = proposed ?? 1;
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
      {(["missing", "onePass", "matched", "different", "decided", "unruled", "againstRoom"] as const).filter((name) => (name !== "unruled" && name !== "againstRoom") || of[name] > 0).map((name) => (
        <div key={name} data-count={name}>
          <dt>{t(`marks.count.${name}`)}</dt>
          <dd className={(name === "different" || name === "unruled" || name === "againstRoom") && of[name] > 0 ? "bad" : ""}>{of[name]}</dd>
        </div>
      ))}
    </dl>
  );
}
