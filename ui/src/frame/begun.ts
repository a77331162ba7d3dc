// A form as it was begun and kept as text, read again over an empty one.

/** Fields of the same name and kind as in `empty`; whatever else the text holds is left out. */
export function asBegun<T extends object>(empty: T, text: string | undefined): T {
  const read = parsed(text);
  const fits = ([name, value]: [string, unknown]) => {
    const here: unknown = empty[name as keyof T];
    return Object.hasOwn(empty, name) && (typeof value === typeof here || (here === null && typeof value === "boolean"));
  };
  return { ...empty, ...Object.fromEntries(Object.entries(read).filter(fits)) };
}

function parsed(text: string | undefined): object {
  try {
    const read: unknown = JSON.parse(text ?? "{}");
    return typeof read === "object" && read !== null ? read : {};
  } catch {
    return {};
  }
}
