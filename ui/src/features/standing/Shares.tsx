import { Button, Input, Slider } from "antd";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { useInWords } from "../../language";
import type { Term } from "../../platform";
import { fromPercent, remainder, summed, thousandths, toPercent } from "./weights";

/** Shares in percent, one a term, with what they come to; the rest can be filled up with one button. */
export function Shares({ terms, shares, total, onChange, sliders = false }: { terms: Term[]; shares: string[]; total: number; onChange: (shares: string[]) => void; sliders?: boolean }) {
  const { t } = useTranslation();
  const inWords = useInWords();
  const id = useId();
  const put = (at: number, share: string) => onChange(shares.map((old, n) => (n === at ? share : old)));
  return (
    <div className={sliders ? "shares with-sliders" : "shares"}>
      {terms.map((term, at) => (
        <div key={`${term.stage}/${term.part}`} className="share" data-term={at}>
          <label htmlFor={`${id}-${at}`}>
            {inWords(term.name)}
            {sliders && <span className="soft">　{t("standing.whatif.inForce", { share: toPercent(thousandths(term.weight) ?? 0) })}</span>}
          </label>
          {sliders && (
            <Slider min={0} max={total / 10} step={1} value={(fromPercent(shares[at] ?? "") ?? 0) / 10} tooltip={{ open: false }} ariaLabelForHandle={t("standing.whatif.slider", { part: inWords(term.name) })} onChange={(value: number) => put(at, String(value))} />
          )}
          <Input
            id={`${id}-${at}`}
            data-share={at}
            className="share-input"
            inputMode="decimal"
            aria-label={t("standing.weights.share", { part: inWords(term.name) })}
            suffix="%"
            value={shares[at] ?? ""}
            status={fromPercent(shares[at] ?? "") === null ? "error" : ""}
            onChange={(e) => put(at, e.target.value)}
          />
          <Button size="small" data-fill={at} aria-label={t("standing.weights.fillLabel", { part: inWords(term.name) })} onClick={() => put(at, remainder(shares, at, total))}>
            {t("standing.weights.fill")}
          </Button>
        </div>
      ))}
      <SumLine shares={shares} total={total} />
    </div>
  );
}

function SumLine({ shares, total }: { shares: string[]; total: number }) {
  const { t } = useTranslation();
  const sum = summed(shares, total);
  const wrong = sum === null || sum.off !== 0;
  const said =
    sum === null
      ? t("standing.weights.unread")
      : sum.off === 0
        ? t("standing.weights.right", { sum: toPercent(sum.sum) })
        : sum.off < 0
          ? t("standing.weights.under", { sum: toPercent(sum.sum), off: toPercent(-sum.off) })
          : t("standing.weights.over", { sum: toPercent(sum.sum), off: toPercent(sum.off) });
  return (
    <p role="status" className={wrong ? "sum wrong" : "sum right"} data-sum={wrong ? "wrong" : "right"}>
      {said}
    </p>
  );
}
