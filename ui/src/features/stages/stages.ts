import type { TFunction } from "i18next";
// What is typed of teams and their results, before the program has it.
import type { NamingUnit, TeamAwardRow, TeamScreen as Sent } from "../../platform";
import type { Both } from "../../platform";

/** A team as its page shows it: the plan's names in the language of the window. */
export type TeamScreen = Omit<Sent, "title" | "stage" | "award"> & { title: string; stage: string | null; award: (Omit<TeamAwardRow, "title"> & { title: string }) | null };

export function inLanguage(team: Sent, words: (both: Both) => string): TeamScreen {
  const award = team.award === null ? null : { ...team.award, title: words(team.award.title) };
  return { ...team, title: words(team.title), stage: team.stage === null ? null : words(team.stage), award };
}


/** A member's result as typed; an empty place is none. */
export type Typed = { person: string; name: string; place: string; result: string };

export type TeamState = "held" | "waits" | "open" | "ready" | "entered" | "honoured";

/** How far a team is. */
export function stateOf(team: TeamScreen): TeamState {
  if (team.tie !== null) return "held";
  if (team.members.length === 0) return team.refused?.code === "team-not-named" ? "open" : "waits";
  if (team.result === null) return "ready";
  return team.award !== null && team.award.document !== null ? "honoured" : "entered";
}

/** A place from 1, nothing, or what cannot be read as one. */
export function placeOf(text: string): number | null | "wrong" {
  const typed = text.trim();
  if (typed === "") return null;
  return /^[1-9]\d{0,4}$/.test(typed) ? Number(typed) : "wrong";
}

export function asTyped(team: TeamScreen): Typed[] {
  return team.members.map(({ person, name, place, result }) => ({ person, name, place: place === null ? "" : String(place), result }));
}

/** The people proposed of a unit; none where its last place is level. */
export function proposed(unit: NamingUnit | undefined): string[] {
  return unit?.people.filter((one) => one.proposed).map((one) => one.person) ?? [];
}

const ROLES = { 正式: "regular", 替补: "substitute", 指定: "named" } as const;

/** What somebody is in a team, in the language of the window. */
export function roleIn(role: string, t: TFunction): string {
  const known = Object.entries(ROLES).find(([word]) => word === role)?.[1];
  const rank = /^综合成绩第(\d+)名$/u.exec(role)?.[1];
  return known !== undefined ? t(`stages.roleOf.${known}`) : rank !== undefined ? t("stages.roleOf.best", { rank }) : role;
}
