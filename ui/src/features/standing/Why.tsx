import { Button, Drawer } from "antd";
import { useTranslation } from "react-i18next";
import { Show, useScreen } from "../../frame/act";
import { ToEntries } from "../../frame/parts";
import { inWords } from "../../language";
import { commands, type StandingInfo, type StandingRow, type WhyView } from "../../platform";
import { working } from "./order";

/** Every step of a total, as it can be worked again by hand, and the entries it came from. */
export function Why({ info, row, close }: { info: StandingInfo; row: StandingRow; close: () => void }) {
  const { t } = useTranslation();
  const { name, person, group } = row;
  const why = useScreen(["why", info.id, person, group], () => (person === null ? commands.whyGroup(info.id, group ?? "") : commands.why(info.stage, person)));
  return (
    <Drawer
      open
      destroyOnHidden
      size={600}
      className="why"
      title={t("standing.why.title", { name })}
      onClose={close}
      footer={<Button autoFocus data-action="close-why" onClick={close}>{t("standing.why.close")}</Button>}
    >
      <Show of={why}>{(view) => <Steps view={view} />}</Show>
    </Drawer>
  );
}

function Steps({ view }: { view: WhyView }) {
  const { t, i18n } = useTranslation();
  return (
    <div data-why={view.name}>
      <h2>{t("standing.why.steps")}</h2>
      <ol className="steps">
        {view.steps.map((step, n) => {
          const { about, figures } = working(inWords(step, i18n.language));
          return (
            <li key={n} data-step={n + 1}>
              {about !== "" && <strong>{about}</strong>}
              <span className="worked">{figures}</span>
            </li>
          );
        })}
      </ol>
      {view.entries.length > 0 && (
        <>
          <h2>{t("standing.why.entries")}</h2>
          <p>
            {t("standing.why.entriesHint", { n: view.entries.length })}
            <ToEntries ids={view.entries} />
          </p>
        </>
      )}
    </div>
  );
}
