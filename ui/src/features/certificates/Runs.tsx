import { Button, Table } from "antd";
import { useTranslation } from "react-i18next";
import { Show, useScreen } from "../../frame/act";
import { ToEntries } from "../../frame/parts";
import { clockText } from "../../frame/clock";
import { useInWords } from "../../language";
import { commands, type CertificateAward, type PrintRun } from "../../platform";
import { awardOf } from "./printing";

/** All runs of the event, newest first. */
export function Runs({ award, awards, choose }: { award: CertificateAward; awards: CertificateAward[]; choose: (id: string) => void }) {
  const { t } = useTranslation();
  const inWords = useInWords();
  const runs = useScreen(["printRuns"], commands.printRuns);
  return (
    <section className="cert-runs">
      <h2>{t("certificates.runs.title")}</h2>
      <Show of={runs}>
        {(all) => (
          <Table<PrintRun>
            size="small"
            rowKey="run"
            dataSource={[...all].sort((a, b) => b.run - a.run)}
            locale={{ emptyText: t("certificates.runs.none") }}
            pagination={{ pageSize: 8, showSizeChanger: false, hideOnSinglePage: true }}
            columns={[
              { title: t("certificates.runs.run"), dataIndex: "run", className: "figure", width: 80 },
              { title: t("certificates.award"), ellipsis: true, render: (_, run) => inWords(run.award) },
              { title: t("certificates.runs.numbers"), className: "figure cert-numbers", width: 250, render: (_, run) => `${run.first} – ${run.last}` },
              {
                title: t("certificates.runs.printed"),
                render: (_, run) => (
                  <>
                    <span className="figure">{t("frame.of", { done: run.printed, total: run.total })}</span> {t(run.printed < run.total ? "certificates.runs.stopped" : "certificates.runs.whole")}
                  </>
                ),
              },
              { title: t("certificates.runs.at"), className: "figure", render: (_, run) => clockText(run.at) },
              { title: t("certificates.runs.by"), dataIndex: "by" },
              { title: t("frame.entries"), width: 80, render: (_, run) => <ToEntries kind="certificates.printed" text={run.first} of={t("certificates.runs.runNo", { n: run.run })} /> },
              {
                title: t("certificates.runs.action"),
                render: (_, run) => {
                  const of = awardOf(run, awards);
                  return of === undefined || of.id === award.id ? null : (
                    <Button size="small" data-run={run.run} aria-label={t("certificates.runs.openOne", { title: inWords(of.title) })} onClick={() => choose(of.id)}>{t("certificates.runs.open")}</Button>
                  );
                },
              },
            ]}
          />
        )}
      </Show>
    </section>
  );
}
