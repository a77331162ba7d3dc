// What the operator's roles allow, told before the click. The lock is the program's gate, which refuses whoever comes by another way.
import { Button, Tooltip } from "antd";
import type { ComponentProps } from "react";
import { WRITES, type Acting } from "./kinds";
import { useMay } from "./useMay";

/** A button that does something: grey, with the reason, where the operator's roles do not allow it. It keeps the focus, so that
 *  whoever works by keyboard or hears the page learns the reason, too. */
export function Act({ does, ...props }: ComponentProps<typeof Button> & { does: Acting }) {
  const why = useMay()(does);
  if (why === null) return <Button {...props} data-does={WRITES[does]} />;
  const { disabled: _, loading: __, danger: ___, onClick: ____, autoFocus: _____, className = "", type, children, ...rest } = props;
  const label = props["aria-label"];
  return (
    <Tooltip title={why} trigger={["hover", "focus"]}>
      <Button
        {...rest}
        type={type === "text" || type === "link" ? type : "default"}
        htmlType="button"
        className={`${className} may-not`}
        aria-disabled
        data-does={WRITES[does]}
        data-may-not={WRITES[does]}
        {...(label === undefined ? {} : { "aria-label": `${label} (${why})` })}
        onClick={(event) => event.stopPropagation()}
      >
        {children}
        {label === undefined && <span className="only-read"> ({why})</span>}
      </Button>
    </Tooltip>
  );
}

/** The same as a line above a form that is filled without a button. */
export function MayNot({ does }: { does: Acting }) {
  const why = useMay()(does);
  return why === null ? null : <p className="may-not-note" role="note" data-may-not={WRITES[does]}>{why}</p>;
}
