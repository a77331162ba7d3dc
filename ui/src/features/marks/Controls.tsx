import { Table } from "antd";
import { useTranslation } from "react-i18next";
import { Show, useScreen } from "../../frame/act";
import { ToEntries } from "../../frame/parts";
import { padded } from "../../frame/figure";
import { commands, type Control } from "../../platform";
import type { MarksPlace } from "./Marks";
import { controlOf } from "./sheet";

/** Count and sum of both passes, room by room. */
export function Controls({ place }: { place: MarksPlace }) {
  const { t } = useTranslation();
  const controls = useScreen(["mark-controls", place.stage, place.part], () => commands.markControls(place.stage, place.part));
  const sum = (row: Control, text: string) => (controlOf(row).sums ? padded(text, place.info.step) : t("marks.hidden"));
  return (
    <>
      <p className="lead">
        {t("marks.controlsHint")} <ToEntries kind="mark" text={`${place.stage}/${place.part}/`} of={t("marks.tab.controls")} />
      </p>
      <Show of={controls}>
        {(rows) => (
          <Table<Control>
            virtual
            className="figure"
            size="small"
            pagination={false}
            scroll={{ x: 1100, y: 430 }}
            rowKey={(row) => `${row.siteName}/${row.room}`}
            dataSource={rows}
            locale={{ emptyText: t("marks.noControls") }}
            onRow={(row) => ({ "data-room": row.room, "data-control": controlOf(row).state }) as React.HTMLAttributes<HTMLElement>}
            columns={[
              { title: t("marks.site"), dataIndex: "siteName", width: 260 },
              { title: t("marks.room"), dataIndex: "room", width: 90 },
              { title: t("marks.people"), dataIndex: "people", width: 80, align: "right" },
              { title: t("marks.firstCount"), dataIndex: "firstCount", width: 110, align: "right" },
              { title: t("marks.secondCount"), dataIndex: "secondCount", width: 110, align: "right" },
              { title: t("marks.firstSum"), width: 130, align: "right", render: (_, row) => sum(row, row.firstSum) },
              { title: t("marks.secondSum"), width: 130, align: "right", render: (_, row) => sum(row, row.secondSum) },
              {
                title: t("marks.agreementTitle"),
                width: 190,
                render: (_, row) => <span className={`agreement ${controlOf(row).state}`}>{t(`marks.control.${controlOf(row).state}`)}</span>,
              },
            ]}
          />
        )}
      </Show>
    </>
  );
}
