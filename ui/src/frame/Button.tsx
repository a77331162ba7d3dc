import type { ButtonHTMLAttributes } from "react";

/** A button of the first screen; it looks like those of Ant Design, which is not read yet. */
export function Button({ kind, size, className, ...rest }: ButtonHTMLAttributes<HTMLButtonElement> & { kind?: "primary"; size?: "small" }) {
  const classes = ["plain-btn", kind === "primary" && "plain-btn-primary", size === "small" && "plain-btn-small", className];
  return <button type="button" className={classes.filter(Boolean).join(" ")} {...rest} />;
}
