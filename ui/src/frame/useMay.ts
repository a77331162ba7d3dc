import { useContext } from "react";
import { useTranslation } from "react-i18next";
import { WRITES, type Acting } from "./kinds";
import { SessionContext } from "./session";

/** Says of a command why it is not for whoever is signed in; null where it is. */
export function useMay(): (does: Acting) => string | null {
  const { t } = useTranslation();
  const session = useContext(SessionContext);
  return (does) => {
    if (session === null) return null;
    if (session.sealed !== null) return t(`archive.sealed.${session.sealed}`);
    const others = session.mayNot.find((one) => one.kind === WRITES[does]);
    if (others === undefined) return null;
    return t("operators.mayNot", { roles: others.roles.map((role) => t(`operators.role.${role}`)).join(t("operators.comma")) });
  };
}
