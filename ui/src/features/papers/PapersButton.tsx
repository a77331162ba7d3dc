// A button beside the work that a paper is needed for: which one, of what, to which file; or all of them into a folder.
import { App, Button, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Ask, PathField } from "../../frame/parts";
import { useSession } from "../../frame/session";
import { useWork } from "../../frame/work";
import { commands, PDFS } from "../../platform";
import { inFolder } from "../roster/roster";
import { needsOf, wanted, type PaperName } from "./kinds";
import "../roster/list.css";

const EVERY = "every";

type Props = {
  /** Of the button; the fields of its dialog are named after it. */
  id: string;
  kinds: readonly PaperName[];
  stage: string;
  part: string;
  /** Sites to choose one from. */
  sites?: readonly { site: string; siteName: string }[];
  /** The room one stands in: its papers, or those of the whole site. */
  place?: { site: string; siteName: string; room: string };
  disabled?: boolean;
};

export function PapersButton({ id, kinds, stage, part, sites = [], place, disabled = false }: Props) {
  const { t } = useTranslation();
  const run = useWork();
  const { message } = App.useApp();
  const { folder, stages, site: own } = useSession();
  const [open, setOpen] = useState(false);
  const [kind, setKind] = useState<PaperName | typeof EVERY>(kinds[0] ?? EVERY);
  const [of, setOf] = useState(place === undefined ? "" : "room");
  const [typed, setTyped] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const every = kind === EVERY;
  const bySite = every || needsOf(kind).site;
  const site = place === undefined ? sites.find((one) => one.site === of) : place;
  const room = place !== undefined && of === "room" ? place.room : null;
  const where = bySite ? [site?.siteName, room].filter((text) => text !== undefined && text !== null) : [];
  const name = [every ? t("papers.every") : t(`papers.kind.${kind}`), stages.find((one) => one.id === stage)?.name, ...where].filter(Boolean).join("-");
  const path = typed ?? inFolder(folder, every ? name : `${name}.pdf`);
  // A change of the paper brings its own name with it.
  const choose = (change: () => void) => {
    change();
    setTyped(null);
  };
  const save = async () => {
    const out = path.trim();
    if (out === "" || busy) return;
    setBusy(true);
    // Asked for all papers, the desk looks at the part only.
    const what = every ? { ...wanted("sign-in", stage, part, site?.site ?? own, room) } : wanted(kind, stage, part, site?.site ?? own, room);
    const files = await run((progress) => (every ? commands.savePapers(what, out, progress).then((all) => all.length) : commands.savePaper(what, out, progress).then(() => 1)));
    setBusy(false);
    if (files === undefined) return;
    setOpen(false);
    void message.success(every ? t("papers.savedAll", { files, path: out }) : t("frame.saved", { path: out }));
  };
  return (
    <>
      <Button id={id} disabled={disabled} onClick={() => choose(() => setOpen(true))}>
        {t("papers.button")}
      </Button>
      <Ask open={open} title={t("papers.button")} onOk={() => void save()} onCancel={() => setOpen(false)} disabled={path.trim() === "" || busy}>
        <div className="save-form">
          <label htmlFor={`${id}-kind`}>{t("papers.which")}</label>
          <Select
            id={`${id}-kind`}
            value={kind}
            onChange={(value) => choose(() => setKind(value))}
            options={[...kinds.map((value) => ({ value, label: t(`papers.kind.${value}`) })), { value: EVERY, label: t("papers.every") }]}
          />
          {bySite && place !== undefined && (
            <>
              <label htmlFor={`${id}-of`}>{t("papers.of")}</label>
              <Select id={`${id}-of`} value={of} onChange={(value) => choose(() => setOf(value))} options={[{ value: "room", label: t("papers.room", { room: place.room }) }, { value: "site", label: t("papers.site", { site: place.siteName }) }]} />
            </>
          )}
          {bySite && sites.length > 1 && (
            <>
              <label htmlFor={`${id}-of`}>{t("frame.site")}</label>
              <Select
                id={`${id}-of`}
                value={of}
                showSearch={{ optionFilterProp: "label" }}
                onChange={(value) => choose(() => setOf(value))}
                options={[{ value: "", label: t("papers.allSites") }, ...sites.map((one) => ({ value: one.site, label: one.siteName }))]}
              />
            </>
          )}
          <PathField key={every ? "folder" : "file"} label={every ? t("papers.folder") : t("frame.file")} kind={every ? "folder" : "save"} filters={PDFS} proposed={`${name}.pdf`} value={path} onChange={setTyped} onEnter={() => setTimeout(() => void save())} />
        </div>
      </Ask>
    </>
  );
}
