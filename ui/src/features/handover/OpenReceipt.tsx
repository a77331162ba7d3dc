import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "../../frame/act";
import { Act } from "../../frame/may";
import { PathField } from "../../frame/parts";
import { commands, PACKETS, type ReceiptRow } from "../../platform";
import { receiptSays } from "./carry";
import { CheckCode } from "./Says";

/** Headquarters' answer: whether it has everything this laptop wrote. */
export function OpenReceipt() {
  const { t } = useTranslation();
  const act = useAct();
  const [file, setFile] = useState("");
  const [receipt, setReceipt] = useState<ReceiptRow | null>(null);
  const open = async () => {
    if (file.trim() === "") return;
    setReceipt((await act(() => commands.readReceipt(file.trim()))) ?? null);
  };
  const says = receipt === null ? null : receiptSays(receipt);
  return (
    <>
      <p>{t("handover.receiptHint")}</p>
      <section className="hand-form" aria-labelledby="hand-receipt">
        <h2 id="hand-receipt">{t("handover.tab.receipt")}</h2>
        <div className="hand-line" data-field="receipt-path">
          <PathField label={t("handover.receiptFile")} kind="open" filters={PACKETS} value={file} onChange={setFile} onEnter={() => void open()} />
          <Act does="readReceipt" id="receipt-open" type="primary" disabled={file.trim() === ""} onClick={() => void open()}>{t("handover.receiptOpen")}</Act>
        </div>
      </section>
      {receipt !== null && says !== null && (
        <section id="receipt-read" className="hand-result" data-says={says} aria-labelledby="hand-receipt-says" role="status">
          <div>
            <h2 id="hand-receipt-says">{t(`handover.receiptSays.${says}`)}</h2>
            <p>{says === "whole" ? t("handover.receiptWhole", { seq: receipt.seq }) : t("handover.receiptBehind", { seq: receipt.seq, notYet: receipt.notYet })}</p>
            {receipt.settled > 0 && <p id="receipt-settled">{t("handover.receiptSettled", { count: receipt.settled })}</p>}
          </div>
          <CheckCode id="receipt-check-code" code={receipt.checkCode} />
        </section>
      )}
    </>
  );
}
