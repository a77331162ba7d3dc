import type { ButtonHTMLAttributes } from "react";

/** A button of the first screen; it looks like those of Ant Design, which is not read yet. `why`: it is not for whoever is signed in;
 *  grey then, but it keeps the focus, so that whoever works by keyboard or hears the page learns the reason, too. */
export function Button({
  kind = "default",
  size = "middle",
  className = "",
  why = null,
  children,
  ...rest
}: ButtonHTMLAttributes<HTMLButtonElement> & { kind?: "default" | "primary"; size?: "small" | "middle"; why?: string | null }) {
  if (why === null) return <button type="button" className={`plain-btn ${kind} ${size} ${className}`} {...rest}>{children}</button>;
  const { onClick: _, ...kept } = rest;
  return (
    <button type="button" className={`plain-btn default ${size} ${className} may-not`} {...kept} aria-disabled title={why}>
      {children}
      <span className="only-read"> ({why})</span>
    </button>
  );
}
