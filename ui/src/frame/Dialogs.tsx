// The dialogs behind the buttons at the top: who works, by which clock.
import { Button, Input, Modal } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { SignInForm } from "../features/operators/Door";
import { commands, type Session } from "../platform";
import { useAct } from "./act";
import { fieldText, fromField, moved } from "./clock";
import { later } from "./later";

const Operators = later(() => import("../features/operators/Operators").then((m) => m.Operators));

/** Which of them stands open. */
export type Asked = "operator" | "clock" | "people" | null;

export function Dialogs({ session, asked, ask }: { session: Session; asked: Asked; ask: (asked: Asked) => void }) {
  const { t } = useTranslation();
  return (
    <>
      {session.protected ? (
        <Modal open={asked === "operator"} title={t("operators.switch")} onCancel={() => ask(null)} footer={null} destroyOnHidden>
          <SignInForm proposed={null} done={() => ask(null)} />
          <Button id="people" type="link" onClick={() => ask("people")}>{t("operators.people")}</Button>
        </Modal>
      ) : (
        <SignIn open={asked === "operator"} close={() => ask(null)} />
      )}
      <Modal open={asked === "people"} title={t("operators.people")} onCancel={() => ask(null)} footer={null} width={960} destroyOnHidden>
        <Operators />
      </Modal>
      <SetClock open={asked === "clock"} close={() => ask(null)} session={session} />
    </>
  );
}

function SignIn({ open, close }: { open: boolean; close: () => void }) {
  const { t } = useTranslation();
  const act = useAct();
  const [name, setName] = useState("");
  const done = async () => {
    if (name.trim() === "") return;
    if ((await act(() => commands.signIn(name.trim()))) !== undefined) {
      setName("");
      close();
    }
  };
  return (
    <Modal open={open} title={t("frame.signIn")} onCancel={close} onOk={() => void done()} okText={t("frame.ok")} cancelText={t("frame.cancel")} okButtonProps={{ disabled: name.trim() === "" }} destroyOnHidden>
      <p>{t("frame.signInHint")}</p>
      <Input id="operator-name" autoFocus aria-label={t("frame.name")} placeholder={t("frame.name")} value={name} onChange={(e) => setName(e.target.value)} onPressEnter={(e) => { e.preventDefault(); void done(); }} />
    </Modal>
  );
}

function SetClock({ open, close, session }: { open: boolean; close: () => void; session: Session }) {
  const { t } = useTranslation();
  const act = useAct();
  const [at, setAt] = useState("");
  useEffect(() => {
    if (open) setAt(fieldText(session.now));
  }, [open, session.now]);
  const set = async (to: string | null) => {
    if ((await act(() => commands.setClock(to))) !== undefined) close();
  };
  const starts = session.stages.flatMap((stage) => stage.parts.map((part) => ({ label: part.whole, at: part.start })));
  return (
    <Modal open={open} title={t("frame.setClock")} onCancel={close} onOk={() => void set(fromField(at, session.now))} okText={t("frame.ok")} cancelText={t("frame.cancel")} destroyOnHidden>
      <p>{t("frame.setClockHint")}</p>
      <Input id="clock-at" placeholder="2020-07-04 08:45" autoFocus aria-label={t("frame.clock")} value={at} onChange={(e) => setAt(e.target.value)} onPressEnter={(e) => { e.preventDefault(); void set(fromField(at, session.now)); }} />
      <p className="starts">
        {starts.map((start) => (
          <Button key={start.label} size="small" onClick={() => setAt(fieldText(moved(start.at, -15 * 60_000)))}>
            {start.label} −15′
          </Button>
        ))}
      </p>
      <Button onClick={() => void set(null)}>{t("frame.followClock")}</Button>
    </Modal>
  );
}
