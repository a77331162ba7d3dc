import { createContext, useContext } from "react";
import type { PartInfo, Session, StageInfo } from "../platform";

export const SessionContext = createContext<Session | null>(null);

/** The open event. Every desk stands inside one. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error("no event is open");
  return session;
}

/** Stages and parts of a session that fit, e.g. written ones only; the first is proposed. */
export function partsOf(session: Session, fits: (part: PartInfo) => boolean): { stage: StageInfo; part: PartInfo }[] {
  return session.stages
    .filter((stage) => session.stage === null || session.stage === stage.id)
    .flatMap((stage) => stage.parts.filter((part) => session.part === null || session.part === part.id).map((part) => ({ stage, part })))
    .filter(({ part }) => fits(part));
}
