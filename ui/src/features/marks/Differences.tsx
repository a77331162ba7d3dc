import { Alert, Button, Input, Radio, Table } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Show, useAct, useScreen } from "../../frame/act";
import { Ask, ToEntries } from "../../frame/parts";
import { commands, type MarkDifference } from "../../platform";
import type { MarksPlace } from "./Marks";
import { ABSENT, meant } from "./sheet";

/** Where the two passes differ, or a mark contradicts the room: decided against the paper. */
export function Differences({ place }: { place: MarksPlace }) {
  const { t } = useTranslation();
  const rows = useScreen(["mark-differences", place.stage, place.part], () => commands.markDifferences(place.stage, place.part));
  const [asked, setAsked] = useState<MarkDifference | null>(null);
  const passOf = (value: string | null, by: string | null) => (
    <>
      <b className="figure value">{value ?? t("marks.missing")}</b>
      <div className="soft">{by === null ? "" : t("marks.by", { by })}</div>
    </>
  );
  return (
    <>
      <p className="lead">{t("marks.differencesHint")}</p>
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
                render: (_, row) => <span className="bad">{t(row.contradictsRoom ? "marks.contradicts" : "marks.differs")}</span>,
              },
              {
                title: t("marks.action"),
                width: 120,
                render: (_, row) => (
                  <Button data-action="decide" aria-label={t("marks.decideOf", { name: row.name })} onClick={() => setAsked(row)}>
                    {t("marks.decide")}
                  </Button>
                ),
              },
            ]}
          />
        )}
      </Show>
      {asked !== null && <Decide key={asked.person} place={place} row={asked} close={() => setAsked(null)} />}
    </>
  );
}

type Choice = "first" | "second" | "absent" | "other";

function Decide({ place, row, close }: { place: MarksPlace; row: MarkDifference; close: () => void }) {
  const { t } = useTranslation();
  const act = useAct();
  const [choice, setChoice] = useState<Choice | null>(null);
  const [other, setOther] = useState("");
  const [second, setSecond] = useState("");
  const [reason, setReason] = useState("");
  const value = { first: row.first ?? "", second: row.second ?? "", absent: ABSENT, other: meant(other) };
  const text = choice === null ? "" : value[choice];
  const ready = text !== "" && reason.trim() !== "";
  const decide = async () => {
    if (!ready) return;
    const with_ = second.trim() === "" ? null : second.trim();
    if ((await act(() => commands.decideMark(place.stage, place.part, row.person, text, with_, reason.trim()), t("marks.decided", { name: row.name, value: text }))) !== undefined) close();
  };
  return (
    <Ask open title={t("marks.decideTitle", { name: row.name, number: row.number })} onOk={() => void decide()} onCancel={close} disabled={!ready}>
      <div className="decide">
        {row.contradictsRoom && <Alert type="warning" showIcon title={t("marks.contradicts")} />}
        <p>{t("marks.decideHint")}</p>
        <Radio.Group id="decide-choice" className="choices" aria-label={t("marks.decide")} value={choice} onChange={(e) => setChoice(e.target.value as Choice)}>
          {row.first !== null && (
            <Radio value="first" id="decide-first">
              {t("marks.chooseFirst", { value: row.first, by: row.firstBy ?? "—" })}
            </Radio>
          )}
          {row.second !== null && (
            <Radio value="second" id="decide-second">
              {t("marks.chooseSecond", { value: row.second, by: row.secondBy ?? "—" })}
            </Radio>
          )}
          <Radio value="absent" id="decide-absent">
            {t("marks.chooseAbsent")}
          </Radio>
          <Radio value="other" id="decide-other">
            {t("marks.chooseOther")}
          </Radio>
        </Radio.Group>
        {choice === "other" && (
          <div className="field">
            <label htmlFor="decide-text">{t("marks.otherValue", { full: place.info.full, step: place.info.step })}</label>
            <Input id="decide-text" autoFocus value={other} onChange={(e) => setOther(e.target.value)} />
          </div>
        )}
        <div className="field">
          <label htmlFor="decide-reason">{t("marks.reason")}</label>
          <Input id="decide-reason" value={reason} onChange={(e) => setReason(e.target.value)} onPressEnter={() => void decide()} />
        </div>
        <div className="field">
          <label htmlFor="decide-with">{t("marks.secondPerson")}</label>
          <Input id="decide-with" value={second} onChange={(e) => setSecond(e.target.value)} onPressEnter={() => void decide()} />
        </div>
      </div>
    </Ask>
  );
}
