import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Overview } from "./features/overview/Overview";
import { startLanguage } from "./language";
import "./page.css";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");
await startLanguage();
createRoot(root).render(
  <StrictMode>
    <Overview />
  </StrictMode>,
);
