import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Show, useAct, useScreen } from "../../frame/act";
import { PathField } from "../../frame/parts";
import { go } from "../../frame/place";
import { useInWords } from "../../language";
import { commands, EVENTS, type Recent } from "../../platform";

/** Events opened before, or one named by its path. */
export function OpenEvent({ file, toDemo }: { file: string; toDemo: () => void }) {
  const { t } = useTranslation();
  const act = useAct();
  const [path, setPath] = useState(file);
  const recent = useScreen(["recent"], commands.recent);
  const open = (wanted: string) => {
    if (wanted.trim() === "") return;
    void act(async () => {
      await commands.openEvent(wanted.trim());
      go("overview");
    });
  };
  return (
    <>
      <Show of={recent}>
        {(rows) =>
          rows.length === 0 ? (
            <div className="start-empty">
              <p>{t("start.noRecent")}</p>
              <Button type="primary" id="start-to-demo" onClick={toDemo}>{t("start.toDemo")}</Button>
            </div>
          ) : (
            <ul className="start-recent" aria-label={t("start.recent")}>
              {rows.map((one) => (
                <li key={one.path}>
                  <RecentEvent one={one} open={() => open(one.path)} />
                </li>
              ))}
            </ul>
          )
        }
      </Show>
      <div className="start-form" data-field="event-path">
        <PathField label={t("start.eventPath")} kind="open" filters={EVENTS} value={path} onChange={setPath} onEnter={() => open(path)} />
        <Button id="start-open" type="primary" disabled={path.trim() === ""} onClick={() => open(path)}>{t("start.open")}</Button>
      </div>
    </>
  );
}

function RecentEvent({ one, open }: { one: Recent; open: () => void }) {
  const { t } = useTranslation();
  const inWords = useInWords();
  return (
    <button type="button" data-recent={one.path} data-there={one.there} disabled={!one.there} onClick={open}>
      <b>
        {one.drill && <span className="start-drill">{t("frame.drill")}</span>}
        {inWords({ zh: one.title, en: one.titleEn || one.title })}
      </b>
      <span className="figure">{t("start.opened", { at: one.opened.slice(0, 16).replace("T", " ") })}</span>
      <span>
        {one.post === null ? t("frame.hq") : t("start.post", { post: one.postOf == null ? one.post : inWords(one.postOf) })}　<span className="start-path">{one.path}</span>
      </span>
      <strong>{one.there ? "" : t("start.gone")}</strong>
    </button>
  );
}
