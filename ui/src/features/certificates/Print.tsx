import { Button, InputNumber, Select } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Show, useScreen } from "../../frame/act";
import { useInWords } from "../../language";
import { commands, type Adjust, type CertificateAward, type LookChoice } from "../../platform";
import { AwardChoice } from "./AwardChoice";
import { PdfView } from "./PdfView";
import { otherTemplate } from "./printing";
import { Fonts } from "./Fonts";
import { GlyphCheck, useGlyphs } from "./GlyphCheck";
import { OwnLook, type OwnFiles } from "./OwnLook";
import { RunForm } from "./RunForm";
import { Runs } from "./Runs";

/** Choose, look at the real sheet, print in numbered runs; below, how it looks and sits. What is pressed every day stands above the fold. */
export function Print({ award, awards, choose }: { award: CertificateAward; awards: CertificateAward[]; choose: (id: string) => void }) {
  const { t } = useTranslation();
  const templates = useScreen(["templates"], commands.templates);
  const glyphs = useGlyphs();
  const [template, setTemplate] = useState<string | null>(null);
  const [adjust, setAdjust] = useState<Adjust>({ right: 0, down: 0 });
  const [own, setOwn] = useState<OwnFiles>({ template: null, seal: null, background: null });
  const look: LookChoice = { ...own, template: own.template ?? otherTemplate(award, template) };
  const millimetres = (way: "right" | "down") => (
    <label className="cert-field">
      <span>{t(`certificates.${way}`)}</span>
      <InputNumber id={`adjust-${way}`} className="cert-millimetres" min={-50} max={50} step={0.5} precision={1} value={adjust[way]} suffix={t("certificates.mm")} onChange={(mm) => setAdjust({ ...adjust, [way]: mm ?? 0 })} />
    </label>
  );
  return (
    <div className="cert-print-view">
      <div className="cert-print-side">
        <AwardChoice award={award} awards={awards} choose={choose} />
        <p className="soft">{t("certificates.firstNumber", { number: award.firstNumber })}</p>
        <GlyphCheck glyphs={glyphs} awards={awards} />
        <RunForm award={award} look={look} adjust={adjust} blocked={glyphs.data?.length !== 0} />
        <h2>{t("certificates.lookTitle")}</h2>
        <label className="cert-field" htmlFor="certificate-template">
          <span>{t("certificates.template")}</span>
          <Select
            id="certificate-template"
            value={template ?? award.template}
            disabled={own.template !== null}
            onChange={setTemplate}
            options={(templates.data ?? []).map((one) => ({ value: one.id, label: one.id === award.template ? t("certificates.ownTemplate", { name: one.name }) : one.name }))}
          />
        </label>
        <OwnLook own={own} change={setOwn} />
        <div className="row">
          {millimetres("right")}
          {millimetres("down")}
        </div>
        <p className="soft">{t("certificates.adjustHint")}</p>
        <Fonts />
      </div>
      <Preview award={award} look={look} adjust={adjust} />
      <Runs award={award} awards={awards} choose={choose} />
    </div>
  );
}

/** The value once it has rested for a moment, so that each press of an arrow does not make a sheet. */
function useRested<T>(value: T): T {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), 250);
    return () => clearTimeout(timer);
  }, [value]);
  return rested;
}

function Preview({ award, look, adjust }: { award: CertificateAward; look: LookChoice; adjust: Adjust }) {
  const { t } = useTranslation();
  const inWords = useInWords();
  const [at, setAt] = useState(1);
  const moved = useRested(adjust);
  const sheet = Math.min(Math.max(at, 1), Math.max(award.count, 1));
  const read = useScreen(["previewCertificate", award.id, sheet, look, moved], () => commands.previewCertificate(award.id, sheet - 1, look, moved), award.count > 0);
  return (
    <section className="cert-preview" aria-label={t("certificates.preview")}>
      <div className="row">
        <h2>{t("certificates.preview")}</h2>
        <Button id="sheet-previous" size="small" disabled={sheet <= 1} onClick={() => setAt(sheet - 1)}>{t("certificates.previous")}</Button>
        <span className="row cert-at">
          <InputNumber id="sheet-at" size="small" aria-label={t("certificates.sheetAt")} min={1} max={Math.max(award.count, 1)} precision={0} value={sheet} onChange={(n) => setAt(n ?? 1)} />
          <span className="figure">{t("certificates.ofSheets", { sheets: award.count })}</span>
        </span>
        <Button id="sheet-next" size="small" disabled={sheet >= award.count} onClick={() => setAt(sheet + 1)}>{t("certificates.next")}</Button>
      </div>
      <Show of={read}>{(base64) => <PdfView base64={base64} label={t("certificates.sheetOf", { n: sheet, title: inWords(award.title) })} height={400} />}</Show>
    </section>
  );
}
