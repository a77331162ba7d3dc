// Which desks a laptop shows: headquarters all but the doors of rooms, a site only what its post needs.
import { shows } from "../features/operators/pin";
import type { DeskName, Session } from "../platform";

export const HQ_TABS = ["roster", "eligibility", "seating", "staff", "packet", "board", "incidents", "standing", "awards", "stages", "practice", "archive", "operators"] as const;
export type HqTab = (typeof HQ_TABS)[number];

export function desksOf(session: Session): DeskName[] {
  return ofPost(session).filter((desk) => shows(session, desk));
}

function ofPost(session: Session): DeskName[] {
  if (session.role === "hq") return ["overview", "hq", "room", "marks", "interview", "certificates", "handover", "journal"];
  const interview = session.stages.flatMap((stage) => stage.parts).some((part) => part.id === session.part && part.interview);
  return interview ? ["overview", "interview", "handover", "journal"] : ["overview", "room", "marks", "handover", "journal"];
}
