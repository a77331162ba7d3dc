import { Button, Segmented, Spin } from "antd";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { RefusalNotice } from "../../frame/act";
import { openPdf } from "./pdf";

type Opened = Awaited<ReturnType<typeof openPdf>>;
type Zoom = "fit" | "width" | "large";

/** A PDF as it will be printed, page by page. The page sits in a box of its own; larger than the box, it scrolls. */
export function PdfView({ base64, label, height = 430 }: { base64: string; label: string; height?: number }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState<Opened | null>(null);
  const [fault, setFault] = useState<unknown>(null);
  const [page, setPage] = useState(1);
  const [zoom, setZoom] = useState<Zoom>("fit");
  const [drawn, setDrawn] = useState(false);
  const canvas = useRef<HTMLCanvasElement>(null);
  const box = useRef<HTMLDivElement>(null);

  useEffect(() => {
    let left = false;
    let mine: Opened | null = null;
    openPdf(base64).then(
      (now) => {
        mine = now;
        if (left) return now.end();
        setFault(null);
        setPage((old) => Math.min(old, now.document.numPages));
        setOpened(now);
      },
      (thrown: unknown) => left || setFault(thrown),
    );
    return () => {
      left = true;
      setOpened(null);
      mine?.end();
    };
  }, [base64]);

  useEffect(() => {
    if (opened === null) return undefined;
    let left = false;
    let stop = () => {};
    setDrawn(false);
    const draw = async () => {
      const sheet = await opened.document.getPage(page);
      const [target, frame] = [canvas.current, box.current];
      if (left || target === null || frame === null) return;
      const natural = sheet.getViewport({ scale: 1 });
      const wide = (frame.clientWidth - 2) / natural.width;
      const scale = zoom === "fit" ? Math.min(wide, (height - 4) / natural.height) : zoom === "width" ? wide : 2 * wide;
      const dots = devicePixelRatio || 1;
      const view = sheet.getViewport({ scale: scale * dots });
      target.width = Math.floor(view.width);
      target.height = Math.floor(view.height);
      target.style.width = `${Math.floor(view.width / dots)}px`;
      target.style.height = `${Math.floor(view.height / dots)}px`;
      const task = sheet.render({ canvas: target, viewport: view });
      stop = () => task.cancel();
      await task.promise;
      if (!left) setDrawn(true);
    };
    draw().catch((thrown: unknown) => left || setFault(thrown));
    return () => {
      left = true;
      stop();
    };
  }, [opened, page, zoom, height]);

  const pages = opened?.document.numPages ?? 0;
  return (
    <div className="cert-pdf-view" data-drawn={drawn} data-pages={pages}>
      <div className="cert-pdf-tools">
        <Segmented<Zoom>
          size="small"
          aria-label={t("certificates.pdf.zoom")}
          value={zoom}
          onChange={setZoom}
          options={(["fit", "width", "large"] as const).map((value) => ({ value, label: t(`certificates.pdf.${value}`) }))}
        />
        {pages > 1 && (
          <span className="cert-pdf-pages">
            <Button size="small" data-action="pdf-previous" disabled={page <= 1} onClick={() => setPage(page - 1)}>{t("certificates.pdf.previous")}</Button>
            <span className="figure" role="status">{t("certificates.pdf.page", { page, pages })}</span>
            <Button size="small" data-action="pdf-next" disabled={page >= pages} onClick={() => setPage(page + 1)}>{t("certificates.pdf.next")}</Button>
          </span>
        )}
      </div>
      {fault !== null && <RefusalNotice refusal={fault} />}
      <div ref={box} className="cert-pdf-box" style={{ height }} tabIndex={0} role="region" aria-label={label}>
        {opened === null && fault === null && <div className="reading"><Spin /></div>}
        <canvas ref={canvas} role="img" aria-label={`${label} ${pages > 1 ? t("certificates.pdf.page", { page, pages }) : ""}`} hidden={opened === null} />
      </div>
    </div>
  );
}
