import { Alert, Button, Input } from "antd";
import { useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { RefusalNotice } from "../../frame/act";
import { commands, isRefusal, type CertificateSays } from "../../platform";
import { isCode, verdictOf } from "./printing";

type Found = { genuine: CertificateSays } | { thrown: unknown };

/** Whether a certificate is genuine: its code, scanned, against the event's key. No network. */
export function Verify() {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const [found, setFound] = useState<Found | null>(null);
  const verify = async () => {
    if (text.trim() === "") return;
    try {
      setFound({ genuine: await commands.verifyCertificate(text) });
    } catch (thrown) {
      setFound({ thrown });
    }
  };
  const key = (event: KeyboardEvent<HTMLInputElement>) => {
    // A scanner types the tabs of the code, which would move the focus away. Shift+Tab still leaves the field.
    if (event.key !== "Tab" || event.shiftKey || !isCode(event.currentTarget.value) || found !== null) return;
    event.preventDefault();
    setText(`${event.currentTarget.value}\t`);
  };
  return (
    <div className="cert-verify">
      <p>{t("certificates.verify.hint")}</p>
      <label className="cert-field">
        <span>{t("certificates.verify.code")}</span>
        <Input
          id="certificate-code"
          autoFocus
          allowClear
          spellCheck={false}
          autoComplete="off"
          placeholder={t("certificates.verify.placeholder")}
          value={text}
          onChange={(e) => { setText(e.target.value); setFound(null); }}
          onFocus={(e) => e.target.select()}
          onKeyDown={key}
          onPressEnter={() => void verify()}
        />
      </label>
      <p><Button id="certificate-verify" type="primary" disabled={text.trim() === ""} onClick={() => void verify()}>{t("certificates.verify.check")}</Button></p>
      <div aria-live="assertive">{found !== null && <Answer found={found} />}</div>
    </div>
  );
}

function Answer({ found }: { found: Found }) {
  const { t } = useTranslation();
  if ("genuine" in found) {
    const { event, number, name, award, onRecord } = found.genuine;
    return (
      <section id="verified" className="cert-verdict" data-verdict="genuine">
        <h2>{t("certificates.verify.genuine")}</h2>
        <dl>
          <dt>{t("certificates.sheets.name")}</dt><dd className="cert-whose">{name}</dd>
          <dt>{t("certificates.award")}</dt><dd>{award}</dd>
          <dt>{t("certificates.sheets.number")}</dt><dd className="figure">{number}</dd>
          <dt>{t("certificates.verify.event")}</dt><dd>{event}</dd>
        </dl>
        <Alert type="info" title={t("certificates.verify.compare")} />
        {!onRecord && <Alert id="not-on-record" type="warning" showIcon title={t("certificates.verify.notOnRecord")} />}
      </section>
    );
  }
  const code = isRefusal(found.thrown) ? found.thrown.code : "";
  const verdict = verdictOf(code);
  return (
    <section id="verified" className="cert-verdict" data-verdict={verdict}>
      <h2>{t(`certificates.verify.${verdict}`)}</h2>
      <RefusalNotice refusal={found.thrown} />
    </section>
  );
}
