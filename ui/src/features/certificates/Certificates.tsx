import { Alert, Button, Tabs } from "antd";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Show, useScreen } from "../../frame/act";
import { Page } from "../../frame/parts";
import { go, usePlace } from "../../frame/place";
import { commands, type CertificateAward } from "../../platform";
import { Papers } from "./Papers";
import { Print } from "./Print";
import { SheetList } from "./SheetList";
import { Verify } from "./Verify";
import "./certificates.css";

const VIEWS = ["print", "sheets", "verify", "papers"] as const;
type View = (typeof VIEWS)[number];

/** The certificate desk: printing, what became of each sheet, checking a code, and all other papers. */
export function Certificates() {
  const { t } = useTranslation();
  const place = usePlace();
  const awards = useScreen(["certificateAwards"], commands.certificateAwards);
  const [chosen, setChosen] = useState<string | null>(place.about["award"] ?? null);
  const now = VIEWS.find((view) => view === place.tab) ?? "print";
  const withAward = (show: (award: CertificateAward, all: CertificateAward[]) => ReactNode) => (
    <Show of={awards}>
      {(all) => {
        const award = all.find((one) => one.id === chosen) ?? all[0];
        return award === undefined ? <NoAwards /> : show(award, all);
      }}
    </Show>
  );
  const views: Record<View, ReactNode> = {
    print: withAward((award, all) => <Print key={award.id} award={award} awards={all} choose={setChosen} />),
    sheets: withAward((award, all) => <SheetList key={award.id} award={award} awards={all} choose={setChosen} />),
    verify: <Verify />,
    papers: <Papers />,
  };
  return (
    <Page title={t("certificates.title")}>
      <Tabs
        className="cert-views"
        activeKey={now}
        onChange={(key) => go("certificates", key)}
        destroyOnHidden
        items={VIEWS.map((view) => ({ key: view, label: t(`certificates.view.${view}`), children: views[view] }))}
      />
    </Page>
  );
}

function NoAwards() {
  const { t } = useTranslation();
  return (
    <Alert
      id="no-awards"
      type="info"
      showIcon
      title={t("certificates.none")}
      description={t("certificates.noneHint")}
      action={<Button id="to-awards" type="primary" onClick={() => go("hq", "awards")}>{t("certificates.toAwards")}</Button>}
    />
  );
}
