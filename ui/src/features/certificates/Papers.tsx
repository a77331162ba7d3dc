import { Button, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { RefusalNotice, useScreen } from "../../frame/act";
import { PathField, usePart, useStage } from "../../frame/parts";
import { useSession } from "../../frame/session";
import { useWork } from "../../frame/work";
import { useInWords } from "../../language";
import { commands, PDFS, XLSX, type StandingInfo } from "../../platform";
import { PdfView } from "./PdfView";
import { ALL, isPaper, needsOf, wanted } from "../papers/kinds";

/** Every other paper of the event: looked at as it will be printed, then kept as a PDF; and all results as a workbook. */
export function Papers() {
  const { t } = useTranslation();
  const inWords = useInWords();
  const session = useSession();
  const run = useWork();
  const [kind, setKind] = useState<string>("seat-chart");
  const [site, setSite] = useState<string>("");
  const [out, setOut] = useState("");
  const [look, setLook] = useState<{ of: string; base64: string } | null>(null);
  const [busy, setBusy] = useState(false);
  const standings = useScreen(["standings"], commands.standings);
  const needs = needsOf(kind);
  const written = usePart((part) => !part.interview);
  const interview = usePart((part) => part.interview);
  const whichever = usePart();
  const whole = useStage();
  const list: StandingInfo | undefined = (standings.data ?? []).find((one) => kind === `standing:${one.id}`);
  const { stage, part, picker } =
    needs.place === "written" ? written
      : needs.place === "interview" ? interview
        : needs.place === "part" ? whichever
          : { stage: list?.stage ?? whole.stage, part: "", picker: needs.place === "stage" ? whole.picker : null };
  const rooms = useScreen(["rooms", stage], () => commands.rooms(stage), needs.site && stage !== "");
  const sites = [...new Map((rooms.data ?? []).map((room) => [room.site, room.siteName]))];
  const at = needs.site ? session.site ?? (site === "" ? null : site) : null;
  const of = [kind, stage, part, at ?? ""].join("/");
  const possible = needs.place === "nothing" || stage !== "";
  const kindName = (name: string) => (isPaper(name) ? t(`papers.kind.${name}`) : list === undefined ? name : inWords(list.title));
  const show = async () => {
    setBusy(true);
    const base64 = await run((progress) => commands.previewPaper(wanted(kind, stage, part, at), progress));
    setBusy(false);
    setLook(base64 === undefined ? null : { of, base64 });
  };
  const save = async () => {
    if (out.trim() !== "") await run((progress) => commands.savePaper(wanted(kind, stage, part, at), out.trim(), progress), t("frame.saved", { path: out.trim() }));
  };
  return (
    <div className="cert-papers">
      <div className="cert-papers-side">
        <h2>{t("certificates.papers.title")}</h2>
        <label className="cert-field" htmlFor="paper-kind">
          <span>{t("certificates.papers.which")}</span>
          <Select
            id="paper-kind"
            value={kind}
            onChange={(to) => { setKind(to); setOut(""); }}
            options={[
              ...(["written", "interview", "whole"] as const).map((group) => ({ label: t(`papers.group.${group}`), options: ALL[group].map((one) => ({ value: one as string, label: t(`papers.kind.${one}`) })) })),
              { label: t("papers.group.standings"), options: (standings.data ?? []).map((one) => ({ value: `standing:${one.id}`, label: inWords(one.title) })) },
            ]}
          />
        </label>
        {standings.isError && <RefusalNotice refusal={standings.error} />}
        {picker}
        {needs.site && session.site === null && (
          <label className="cert-field" htmlFor="paper-site">
            <span>{t("frame.site")}</span>
            <Select id="paper-site" value={site} onChange={setSite} options={[{ value: "", label: t("papers.allSites") }, ...sites.map(([code, name]) => ({ value: code, label: `${code} ${name}` }))]} />
          </label>
        )}
        <p><Button id="paper-preview" type="primary" loading={busy} disabled={!possible} onClick={() => void show()}>{t("certificates.preview")}</Button></p>
        {!possible && <p className="soft">{t("certificates.papers.noPart")}</p>}
        <PathField label={t("certificates.papers.file")} kind="save" filters={PDFS} proposed={`${kindName(kind)}.pdf`} value={out} onChange={setOut} onEnter={() => void save()} />
        <p><Button id="paper-save" disabled={!possible || out.trim() === ""} onClick={() => void save()}>{t("certificates.papers.save")}</Button></p>
        {part !== "" && <Every key={`${stage}/${part}/${at ?? ""}`} stage={stage} part={part} site={at} />}
        <Results />
      </div>
      <section className="cert-preview" aria-label={t("certificates.preview")}>
        {look === null || look.of !== of ? <p className="soft cert-nothing">{t("certificates.papers.notYet")}</p> : <PdfView base64={look.base64} label={kindName(kind)} height={490} />}
      </section>
    </div>
  );
}

/** Every paper of the chosen part and site at once. */
function Every({ stage, part, site }: { stage: string; part: string; site: string | null }) {
  const { t } = useTranslation();
  const run = useWork();
  const [folder, setFolder] = useState("");
  const [kept, setKept] = useState<{ path: string; files: number } | null>(null);
  const save = async () => {
    const path = folder.trim();
    if (path === "") return;
    const files = await run((progress) => commands.savePapers(wanted("sign-in", stage, part, site), path, progress));
    setKept(files === undefined ? null : { path, files: files.length });
  };
  return (
    <section className="cert-stack">
      <h2>{t("papers.every")}</h2>
      <p className="soft">{t("papers.everyHint")}</p>
      <PathField label={t("papers.folder")} kind="folder" value={folder} onChange={setFolder} onEnter={() => void save()} />
      <p><Button id="papers-save-all" disabled={folder.trim() === ""} onClick={() => void save()}>{t("papers.saveAll")}</Button></p>
      {kept !== null && <p id="papers-saved-all" role="status">{t("papers.savedAll", kept)}</p>}
    </section>
  );
}

function Results() {
  const { t } = useTranslation();
  const run = useWork();
  const [out, setOut] = useState("");
  const [kept, setKept] = useState<{ path: string; tables: number } | null>(null);
  const save = async () => {
    if (out.trim() === "") return;
    const tables = await run((progress) => commands.saveResults(out.trim(), progress));
    setKept(tables === undefined ? null : { path: out.trim(), tables });
  };
  return (
    <section className="cert-stack">
      <h2>{t("certificates.results.title")}</h2>
      <p className="soft">{t("certificates.results.hint")}</p>
      <PathField label={t("frame.file")} kind="save" filters={XLSX} proposed={t("certificates.results.name")} value={out} onChange={setOut} onEnter={() => void save()} />
      <p><Button id="results-save" disabled={out.trim() === ""} onClick={() => void save()}>{t("certificates.results.save")}</Button></p>
      {kept !== null && <p id="results-saved" role="status">{t("certificates.results.saved", kept)}</p>}
    </section>
  );
}
