import { useTranslation } from "react-i18next";
import { Code } from "../../frame/parts";
import { inWords } from "../../language";
import type { Both } from "../../platform";

/** What a file says of itself, line by line. */
export function Says({ lines, id }: { lines: Both[]; id: string }) {
  const { i18n } = useTranslation();
  return (
    <ul className="hand-says" id={id}>
      {lines.map((line) => (
        <li key={line.zh}>{inWords(line, i18n.language)}</li>
      ))}
    </ul>
  );
}

/** A check code as it is read over the telephone. */
export function CheckCode({ code, id }: { code: string; id: string }) {
  const { t } = useTranslation();
  return (
    <p className="hand-code">
      <span>{t("handover.checkCode")}</span> <strong id={id} className="figure">{code}</strong>
    </p>
  );
}

export function Sha256({ hash, id }: { hash: string; id: string }) {
  return (
    <p className="hand-hash">
      SHA-256 <Code id={id} code={hash} />
    </p>
  );
}
