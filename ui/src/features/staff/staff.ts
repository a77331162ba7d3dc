// Which of the people on duty a page shows or proposes.
import type { StaffLine } from "../../platform";

/** Whether somebody is looked for. */
export function found(one: StaffLine, text: string): boolean {
  const wanted = text.trim().toLowerCase();
  return wanted === "" || [one.name, one.unit, one.siteName, one.place.zh, one.place.en, one.id].some((part) => part.toLowerCase().includes(wanted));
}

/** Who may stand in for somebody: of the same role and site, and free. The program decides; this only proposes. */
export function reservesFor(people: readonly StaffLine[], leaves: StaffLine): StaffLine[] {
  return people.filter((one) => one.standing === "reserve" && one.role === leaves.role && one.site === leaves.site);
}
