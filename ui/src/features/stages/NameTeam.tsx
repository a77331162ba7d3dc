import { Checkbox, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Show, useAct, useScreen } from "../../frame/act";
import { Ask } from "../../frame/parts";
import { commands, type NamingUnit } from "../../platform";
import { DocumentedFields, useDocumented } from "./Documented";
import { proposed, type TeamScreen } from "./stages";

/** The department names people of one city; the city's best are proposed, and whoever joins them follows from the standing. */
export function NameTeam({ team, close }: { team: TeamScreen; close: () => void }) {
  const units = useScreen(["namingUnits", team.id], () => commands.namingUnits(team.id));
  const { t } = useTranslation();
  if (!units.isSuccess)
    return (
      <Ask open title={t("stages.nameTitle", { title: team.title })} disabled onCancel={close} onOk={close}>
        <Show of={units}>{() => null}</Show>
      </Ask>
    );
  return <Form team={team} units={units.data} close={close} />;
}

function Form({ team, units, close }: { team: TeamScreen; units: NamingUnit[]; close: () => void }) {
  const { t } = useTranslation();
  const act = useAct();
  const [unit, setUnit] = useState("");
  const [people, setPeople] = useState<string[]>([]);
  const documented = useDocumented(team.naming !== null);
  const of = units.find((one) => one.unit === unit);
  const choose = (code: string) => {
    setUnit(code);
    setPeople(proposed(units.find((one) => one.unit === code)));
  };
  const ready = unit !== "" && people.length > 0 && documented.ready;
  const save = async () => {
    const naming = { unit, people, ...documented.said };
    if (ready && (await act(() => commands.nameTeam(team.id, naming).then(() => true), t("stages.nameDone"))) !== undefined) close();
  };
  return (
    <Ask open wide title={t("stages.nameTitle", { title: team.title })} disabled={!ready} onCancel={close} onOk={() => void save()}>
      <div className="asked">
        <p>{t("stages.nameWhat")}</p>
        <label htmlFor="naming-unit">{t("stages.city")}</label>
        <Select id="naming-unit" autoFocus showSearch={{ optionFilterProp: "label" }} value={unit === "" ? null : unit} onChange={choose} options={units.map((one) => ({ value: one.unit, label: one.name }))} />
        {of !== undefined && (
          <>
            <p className="soft">{t(proposed(of).length === 0 ? "stages.noProposal" : "stages.proposal")}</p>
            <Checkbox.Group className="team-choice" value={people} onChange={setPeople}
              options={of.people.map((one) => ({ value: one.person, label: t("stages.candidate", { name: one.name, unit: one.unit, rank: one.rank, total: one.total }) }))} />
            <p className="figure" data-chosen={people.length}>{t("stages.count", { n: people.length })}</p>
          </>
        )}
        <DocumentedFields id="naming" of={documented} enter={() => void save()} />
      </div>
    </Ask>
  );
}
