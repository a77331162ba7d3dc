import { Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

/** The document by which the department names a team or enters its result; and, where it did so before, why again. */
export function useDocumented(again: boolean, before = "") {
  const [document, setDocument] = useState(before);
  const [reason, setReason] = useState("");
  const said = { document: document.trim(), reason: reason.trim() };
  return { again, document, setDocument, reason, setReason, said, ready: said.document !== "" && (!again || said.reason !== "") };
}

export function DocumentedFields({ id, of, enter }: { id: string; of: ReturnType<typeof useDocumented>; enter: () => void }) {
  const { t } = useTranslation();
  return (
    <>
      <label htmlFor={`${id}-document`}>{t("stages.document")}</label>
      <Input id={`${id}-document`} value={of.document} onChange={(e) => of.setDocument(e.target.value)} onPressEnter={enter} />
      {of.again && (
        <>
          <label htmlFor={`${id}-reason`}>{t("stages.whyAgain")}</label>
          <Input id={`${id}-reason`} value={of.reason} onChange={(e) => of.setReason(e.target.value)} onPressEnter={enter} />
        </>
      )}
    </>
  );
}
