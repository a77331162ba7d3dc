import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Show, useScreen } from "../../frame/act";
import { ToEntries } from "../../frame/parts";
import { useInWords } from "../../language";
import { commands, type ResolvedTie } from "../../platform";

/** Ties that were resolved: in which order, how, by whom, on which document. */
export function Resolved() {
  const { t } = useTranslation();
  const ties = useScreen(["resolved-ties"], commands.resolvedTies);
  return (
    <Show of={ties}>
      {(rows) =>
        rows.length === 0 ? null : (
          <section aria-labelledby="resolved-ties" data-resolved={rows.length}>
            <h2 id="resolved-ties">{t("standing.resolved.title", { n: rows.length })}</h2>
            <ul className="ties">
              {rows.map((tie) => <One key={tie.id} tie={tie} alone={rows.length === 1} />)}
            </ul>
          </section>
        )
      }
    </Show>
  );
}

function One({ tie, alone }: { tie: ResolvedTie; alone: boolean }) {
  const { t } = useTranslation();
  const inWords = useInWords();
  const [open, setOpen] = useState(alone);
  return (
    <li className="sheet" data-resolved-tie={tie.id}>
      <header className="tie-head">
        <h2 id={`resolved-${tie.id}`}>{inWords(tie.question)}</h2>
        <span className="soft">{t(`standing.ties.${tie.how}`)}　<span className="figure">{tie.at}</span></span>
        <ToEntries ids={[tie.entry]} of={inWords(tie.question)} />
        <Button data-action="look-at-tie" aria-expanded={open} aria-describedby={`resolved-${tie.id}`} onClick={() => setOpen(!open)}>
          {t(open ? "standing.ties.fold" : "standing.resolved.look")}
        </Button>
      </header>
      {open ? (
        <dl className="resolved">
          <dt>{t("standing.resolved.order")}</dt>
          <dd>
            <ol className="order">
              {tie.order.map((name, at) => (
                <li key={name.zh}>
                  <span className="figure">{at + 1}.</span> <span className="tied-name">{inWords(name)}</span>
                </li>
              ))}
            </ol>
          </dd>
          <dt>{t("standing.ties.how")}</dt>
          <dd data-how={tie.how}>{t(`standing.ties.${tie.how}`)}</dd>
          <dt>{t("standing.ties.by")}</dt>
          <dd>{tie.by.join(t("standing.comma"))}</dd>
          <dt>{t("standing.reason")}</dt>
          <dd>{tie.reason}</dd>
          <dt>{t("standing.resolved.recorded")}</dt>
          <dd className="figure">{t("standing.resolved.recordedBy", { by: tie.operator, at: tie.at })}</dd>
        </dl>
      ) : (
        <p>{tie.order.map((name, at) => `${at + 1}. ${inWords(name)}`).join("　")}</p>
      )}
    </li>
  );
}
