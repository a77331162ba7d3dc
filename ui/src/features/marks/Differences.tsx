import { Table } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Show, useScreen } from "../../frame/act";
import { ToEntries } from "../../frame/parts";
import { padded } from "../../frame/figure";
import { Act } from "../../frame/may";
import { commands, type MarkDifference } from "../../platform";
import { Correct } from "./Correct";
import { Decide } from "./Decide";
import type { MarksPlace } from "./Marks";

/** Where the two passes differ, a mark contradicts the room, or 违纪 lacks its ruling: decided against the paper. */
export function Differences({ place }: { place: MarksPlace }) {
  const { t } = useTranslation();
  const rows = useScreen(["mark-differences", place.stage, place.part], () => commands.markDifferences(place.stage, place.part));
  const [asked, setAsked] = useState<MarkDifference | null>(null);
  const passOf = (value: string | null, by: string | null) => (
    <>
      <b className="figure value">{value === null ? t("marks.missing") : padded(value, place.info.step)}</b>
      <div className="soft">{by === null ? "" : t("marks.by", { by })}</div>
    </>
  );
  return (
    <>
      <div className="row">
        <p className="lead">{t("marks.differencesHint")}</p>
        <Correct place={place} />
      </div>
      <Show of={rows}>
        {(all) => (
          <Table<MarkDifference>
            className="differences"
            size="small"
            rowKey="person"
            dataSource={all}
            pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
            scroll={{ x: 1100 }}
            locale={{ emptyText: t("marks.noDifferences") }}
            onRow={(row) => ({ "data-person": row.person }) as React.HTMLAttributes<HTMLElement>}
            columns={[
              {
                title: t("marks.candidate"),
                width: 260,
                render: (_, row) => (
                  <>
                    <b>{row.name}</b> <ToEntries person={row.person} />
                    <div className="figure soft">{t("marks.placeOf", { number: row.number, room: row.room, seat: row.seat })}</div>
                  </>
                ),
              },
              { title: t("marks.pass1"), width: 170, render: (_, row) => passOf(row.first, row.firstBy) },
              { title: t("marks.pass2"), width: 170, render: (_, row) => passOf(row.second, row.secondBy) },
              {
                title: t("marks.whatDiffers"),
                width: 330,
                render: (_, row) => <span className="bad">{t(row.voidUnruled ? "marks.voidUnruled" : row.contradictsRoom ? "marks.contradicts" : "marks.differs")}</span>,
              },
              {
                title: t("marks.action"),
                width: 120,
                render: (_, row) => (
                  <Act does="decideMark" data-action="decide" aria-label={t("marks.decideOf", { name: row.name })} onClick={() => setAsked(row)}>
                    {t("marks.decide")}
                  </Act>
                ),
              },
            ]}
          />
        )}
      </Show>
      {asked !== null && <Decide key={asked.person} place={place} row={asked} settled={asked.voidUnruled} close={() => setAsked(null)} />}
    </>
  );
}
