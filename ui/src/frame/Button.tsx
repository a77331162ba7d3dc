import type { ButtonHTMLAttributes } from "react";

type Props = ButtonHTMLAttributes<HTMLButtonElement> & { kind?: "primary"; size?: "small"; why?: string | null };

/** A button of the first screen; it looks like those of Ant Design, which is not read yet. `why`: it is not for whoever is signed in;
 *  grey then, but it keeps the focus, so that whoever works by keyboard or hears the page learns the reason, too. */
export function Button({ kind, size, why = null, className, children, ...rest }: Props) {
  const classes = ["plain-btn", kind === "primary" && why === null && "plain-btn-primary", size === "small" && "plain-btn-small", why !== null && "may-not", className];
  const { onClick, ...others } = rest;
  const allowed = why === null ? { onClick } : { "aria-disabled": true, title: why };
  return (
    <button type="button" className={classes.filter(Boolean).join(" ")} {...others} {...allowed}>
      {children}
      {why !== null && <span className="only-read"> ({why})</span>}
    </button>
  );
}
