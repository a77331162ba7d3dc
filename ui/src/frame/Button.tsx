import type { ButtonHTMLAttributes } from "react";

/** A button of the first screen; it looks like those of Ant Design, which is not read yet. */
export function Button({ kind = "default", size = "middle", className = "", ...rest }: ButtonHTMLAttributes<HTMLButtonElement> & { kind?: "default" | "primary"; size?: "small" | "middle" }) {
  return <button type="button" className={`plain-btn ${kind} ${size} ${className}`} {...rest} />;
}
