import type { ReactNode } from "react";

/** A desk's page: its name, what can be done at the right, the content below. */
export function Page({ title, extra, children }: { title: string; extra?: ReactNode; children: ReactNode }) {
  return (
    <section className="page" aria-label={title}>
      <header className="page-head">
        <h1>{title}</h1>
        <div className="page-extra">{extra}</div>
      </header>
      {children}
    </section>
  );
}
