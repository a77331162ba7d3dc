// Which of two keyings somebody goes on with.
import { useEffect, useState } from "react";

export type Pass = 1 | 2;
/** A row of the first keying: keyed by me, by somebody else, by nobody yet. */
export type Keyed = "mine" | "other" | "open";

/** The second, where somebody else has keyed the first and I have no part in it; otherwise the first. */
export function proposedPass(first: readonly Keyed[]): Pass {
  return first.includes("mine") || !first.includes("other") ? 1 : 2;
}

/** The pass proposed for whoever works, until they choose another; null while it is not known. What was proposed stays. `first` gives the rows of the first keying once they are read. */
export function usePass(of: string, first: (() => readonly Keyed[]) | null): [Pass | null, (pass: Pass) => void] {
  const [found, setFound] = useState<{ of: string; pass: Pass } | null>(null);
  useEffect(() => {
    if (first !== null && found?.of !== of) setFound({ of, pass: proposedPass(first()) });
  });
  return [found?.of === of ? found.pass : null, (pass) => setFound({ of, pass })];
}
