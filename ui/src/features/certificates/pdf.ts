// pdf.js, loaded when the first page is shown. Its worker is one of our own files.
import type { PDFDocumentLoadingTask, PDFWorker } from "pdfjs-dist";
import workerFile from "pdfjs-dist/legacy/build/pdf.worker.min.mjs?url";
import { bytesOf } from "./base64";

type Ready = { pdfjs: typeof import("pdfjs-dist"); worker: PDFWorker; broken: Promise<never> };
let ready: Promise<Ready> | null = null;

async function start(): Promise<Ready> {
  const pdfjs = await import("pdfjs-dist/legacy/build/pdf.mjs");
  // Made here and not by pdf.js: under tauri:// pdf.js takes the file for another origin's and wraps it in a blob,
  // which the page's policy forbids.
  const port = new Worker(workerFile, { type: "module" });
  const broken = new Promise<never>((_, fail) => {
    port.addEventListener("error", () => fail(new Error("pdf.worker")));
  });
  broken.catch(() => {
    ready = null;
  });
  return { pdfjs, worker: pdfjs.PDFWorker.create({ port }), broken };
}

/** Opens a PDF. `end` frees it. */
export async function openPdf(base64: string): Promise<{ document: Awaited<PDFDocumentLoadingTask["promise"]>; end: () => void }> {
  ready ??= start();
  const { pdfjs, worker, broken } = await ready;
  // Glyphs are drawn from the file's own fonts: what no embedded font has shows as missing here, as on paper.
  const task = pdfjs.getDocument({ data: bytesOf(base64), worker, disableFontFace: true, useSystemFonts: false, isEvalSupported: false, useWasm: false });
  const document = await Promise.race([task.promise, broken]);
  return { document, end: () => void task.destroy() };
}
