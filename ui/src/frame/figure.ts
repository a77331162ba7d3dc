// Figures as columns show them.

/** A mark with as many decimals as the plan's step, so that points stand under each other; words stay as they are. */
export function padded(mark: string, step: string): string {
  const found = /^(\d+)(?:\.(\d+))?$/.exec(mark);
  const places = step.split(".")[1]?.length ?? 0;
  if (found === null || (found[2] ?? "").length >= places) return mark;
  return `${found[1] ?? ""}.${(found[2] ?? "").padEnd(places, "0")}`;
}
