import { useCallback, useEffect, useRef, useState, type ReactNode } from "react";
import { AskSecond } from "../../frame/act";
import { laterInKit } from "../../frame/later";
import type { Session } from "../../platform";

const Prove = laterInKit(() => import("./Prove").then((m) => m.Prove));

type Asked = { what: string; answer: (proved: boolean) => void };

/** Wherever an act takes a second person, they are asked for their PIN here, and the act is done then: no screen asks by itself. */
export function SecondPerson({ session, children }: { session: Session; children: ReactNode }) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const waiting = useRef<Asked | null>(null);
  const ask = useCallback((what: string) => {
    if (waiting.current !== null) return Promise.resolve(false);
    return new Promise<boolean>((answer) => {
      waiting.current = { what, answer };
      setAsked(waiting.current);
    });
  }, []);
  const close = (proved: boolean) => {
    waiting.current?.answer(proved);
    waiting.current = null;
    setAsked(null);
  };
  // A screen that locks takes the question with it.
  useEffect(() => () => waiting.current?.answer(false), []);
  return (
    <AskSecond.Provider value={session.protected ? ask : null}>
      {children}
      {asked !== null && <Prove what={asked.what} signedIn={session.operator} close={close} />}
    </AskSecond.Provider>
  );
}
