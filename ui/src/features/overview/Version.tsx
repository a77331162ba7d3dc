import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { about, type About } from "../../platform/about";

type State = { is: "reading" } | { is: "read"; about: About } | { is: "unread"; reason: string };

/** The version as the program itself gives it: what stands here has crossed from Rust to the page. */
export function Version() {
  const { t } = useTranslation();
  const [state, setState] = useState<State>({ is: "reading" });
  useEffect(() => {
    about().then(
      (about) => setState({ is: "read", about }),
      (reason: unknown) => setState({ is: "unread", reason: String(reason) }),
    );
  }, []);
  return (
    <footer className="version" data-state={state.is}>
      {state.is === "reading" && t("overview.reading")}
      {state.is === "read" && `${state.about.name} · ${t("overview.version", { version: state.about.version })}`}
      {state.is === "unread" && t("overview.unread", { reason: state.reason })}
    </footer>
  );
}
