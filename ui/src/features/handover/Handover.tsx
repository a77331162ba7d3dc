import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Page } from "../../frame/parts";
import { go, usePlace } from "../../frame/place";
import { useSession } from "../../frame/session";
import type { Carried } from "../../platform";
import { tabAt, tabsOf, type HandoverTab } from "./carry";
import { Inspect } from "./Inspect";
import { Keep } from "./Keep";
import { Keys } from "./Keys";
import { OpenReceipt } from "./OpenReceipt";
import { TakeOver } from "./TakeOver";
import { WriteHandover } from "./WriteHandover";
import { WriteReceipts } from "./WriteReceipts";
import "./handover.css";

/** Everything that leaves a laptop or comes to it on a stick, and whether what is kept here is whole. */
export function Handover() {
  const { t } = useTranslation();
  const session = useSession();
  const place = usePlace();
  const now = tabAt(session.role, place.tab);
  // Stays while one looks at other tabs: the check code is still to be read out.
  const [carried, setCarried] = useState<Carried | null>(null);
  const pages: Record<HandoverTab, ReactNode> = {
    write: <WriteHandover carried={carried} onCarried={setCarried} />,
    receipt: <OpenReceipt />,
    takeover: <TakeOver />,
    receipts: <WriteReceipts />,
    keys: <Keys />,
    inspect: <Inspect />,
    keep: <Keep />,
  };
  return (
    <Page
      title={t("handover.title")}
      extra={
        <div className="hand-tabs" role="group" aria-label={t("handover.tabs")}>
          {tabsOf(session.role).map((tab) => (
            <button key={tab} type="button" data-handover-tab={tab} aria-pressed={tab === now} onClick={() => go("handover", tab)}>
              {t(`handover.tab.${tab}`)}
            </button>
          ))}
        </div>
      }
    >
      {pages[now]}
    </Page>
  );
}
