import { Select } from "antd";
import { useTranslation } from "react-i18next";
import { useInWords } from "../../language";
import type { CertificateAward } from "../../platform";

/** Which award's certificates one is at, with how many there are. */
export function AwardChoice({ award, awards, choose }: { award: CertificateAward; awards: CertificateAward[]; choose: (id: string) => void }) {
  const { t } = useTranslation();
  const inWords = useInWords();
  return (
    <label className="cert-field cert-award-choice" htmlFor="certificate-award">
      <span>{t("certificates.award")}</span>
      <Select
        id="certificate-award"
        value={award.id}
        onChange={choose}
        options={awards.map((one) => ({ value: one.id, label: t("certificates.awardLine", { title: inWords(one.title), sheets: one.count }) }))}
      />
    </label>
  );
}
