import { Alert, Button, Empty, Table, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Show, useScreen } from "../../frame/act";
import { Act } from "../../frame/may";
import { Page, ToEntries } from "../../frame/parts";
import { go } from "../../frame/place";
import { useInWords } from "../../language";
import { commands, type TeamMemberRow, type Winner as TeamWinner } from "../../platform";
import { TeamPaper } from "../papers/Announcements";
import { Mend } from "../standing/Mend";
import { EnterResult } from "./EnterResult";
import { Honour } from "./Honour";
import { NameTeam } from "./NameTeam";
import { inLanguage, roleIn, stateOf, type TeamScreen } from "./stages";
import { Substitutes } from "./Substitutes";
import "./stages.css";

/** The stages that others hold: who goes, what they brought home, what they get for it. */
export function Stages() {
  const { t } = useTranslation();
  const inWords = useInWords();
  const teams = useScreen(["teams"], commands.teams);
  return (
    <Page title={t("stages.title")}>
      <Show of={teams}>{(rows) => (rows.length === 0 ? <Empty description={t("stages.none")} /> : <>{rows.map((team) => <Team key={team.id} team={inLanguage(team, inWords)} />)}</>)}</Show>
    </Page>
  );
}

type Asked = "substitutes" | "name" | "result" | "honour";

function Team({ team }: { team: TeamScreen }) {
  const { t } = useTranslation();
  const inWords = useInWords();
  const [asked, setAsked] = useState<Asked | null>(null);
  const state = stateOf(team);
  const close = () => setAsked(null);
  const there = team.members.length > 0;
  return (
    <section className="view team" aria-labelledby={`team-${team.id}`} data-team={team.id} data-state={state}>
      <div className="team-head">
        <h2 id={`team-${team.id}`}>{team.title}</h2>
        <Tag color={state === "held" ? "warning" : state === "honoured" ? "success" : "default"}>{t(`stages.state.${state}`)}</Tag>
        <span className="soft">{[team.stage, team.unit].filter(Boolean).join(" · ")}</span>
        <ToEntries kind={team.named ? "team.named" : "team.result"} text={team.title} of={team.title} />
        <span className="team-do">
          {team.named && team.result === null && <Act does="nameTeam" data-action="name-team" onClick={() => setAsked("name")}>{t(team.naming === null ? "stages.name" : "stages.nameAgain")}</Act>}
          {!team.named && there && team.result === null && team.substitutes > 0 && <Act does="nameSubstitutes" data-action="substitutes" onClick={() => setAsked("substitutes")}>{t("stages.substitutes")}</Act>}
          {there && team.stage !== null && <Act does="enterTeamResult" data-action="team-result" type={team.result === null ? "primary" : "default"} onClick={() => setAsked("result")}>{t(team.result === null ? "stages.result" : "stages.resultAgain")}</Act>}
          {team.result !== null && team.award !== null && <Act does="honourMembers" data-action="honour" type={team.award.document === null ? "primary" : "default"} onClick={() => setAsked("honour")}>{t(team.award.to > 0 ? "stages.apply" : "stages.honour")}</Act>}
          {there && <TeamPaper team={team.id} title={team.title} />}
        </span>
      </div>
      {team.tie !== null && (
        <Alert type="warning" showIcon title={t("stages.held", { question: inWords(team.tie.question), names: team.tie.tied.map((one) => one.name).join(t("stages.comma")) })}
          action={<Button size="small" onClick={() => go("hq", "standing", { view: "ties", tie: team.tie?.id ?? "" })}>{t("stages.toTies")}</Button>} />
      )}
      {team.tie === null && team.refused !== null && <Mend refusal={team.refused} />}
      <Facts team={team} />
      {there && <Members rows={team.members} />}
      {asked === "substitutes" && <Substitutes team={team} close={close} />}
      {asked === "name" && <NameTeam team={team} close={close} />}
      {asked === "result" && <EnterResult team={team} close={close} />}
      {asked === "honour" && <Honour team={team} close={close} />}
    </section>
  );
}

function Facts({ team }: { team: TeamScreen }) {
  const { t } = useTranslation();
  const { result, award } = team;
  // A title won in two ways is one: it stands with the awards, and names both grounds there.
  const named = ({ name, elsewhere, also = [] }: TeamWinner) => (also.length === 0 ? name : t(elsewhere === true ? "stages.elsewhere" : "stages.also", { name, grounds: also.join(t("stages.semicolon")) }));
  const facts = [
    team.naming !== null && t("stages.named", { document: team.naming }),
    team.chosen !== null && t("stages.chosen", { reason: team.chosen }),
    result !== null && t(result.promoted ? "stages.promoted" : "stages.notPromoted", { place: result.place, document: result.document }),
    award !== null && award.document !== null && t("stages.awarded", { title: award.title, names: award.winners.map(named).join(t("stages.comma")), document: award.document }),
  ].filter((fact): fact is string => fact !== false);
  if (facts.length === 0) return null;
  return <ul className="plain-list team-facts">{facts.map((fact) => <li key={fact}>{fact}</li>)}</ul>;
}

function Members({ rows }: { rows: TeamMemberRow[] }) {
  const { t } = useTranslation();
  return (
    <Table<TeamMemberRow>
      size="small"
      pagination={false}
      rowKey="person"
      dataSource={rows}
      columns={[
        { title: t("frame.name"), dataIndex: "name", width: 130, rowScope: "row" },
        { title: t("stages.id"), dataIndex: "masked", width: 190 },
        { title: t("stages.unit"), dataIndex: "unit" },
        { title: t("stages.role"), dataIndex: "role", width: 150, render: (role: string) => roleIn(role, t) },
        { title: t("stages.place"), width: 90, className: "number", render: (_, row) => row.place ?? "—" },
        { title: t("stages.words"), dataIndex: "result", width: 220 },
      ]}
    />
  );
}
