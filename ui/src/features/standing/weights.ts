// Weights as people read them, in percent, and as the program takes them, in decimals of at most three places.
// Thousandths in between: no floating point near a weight.

export type Sum = { sum: number; off: number };

/** "0.3" → 300; null where it is no weight. */
export function thousandths(text: string): number | null {
  const found = /^\s*(\d{1,9})(?:\.(\d{1,3})0*)?\s*$/.exec(text);
  return found === null ? null : Number(found[1]) * 1000 + Number((found[2] ?? "").padEnd(3, "0"));
}

/** "30" or "30%" or "33.3" → 300, 333; null where it is no share. */
export function fromPercent(text: string): number | null {
  const found = /^\s*(\d{1,3})(?:[.．](\d)0*)?\s*[%％]?\s*$/.exec(text);
  return found === null ? null : Number(found[1]) * 10 + Number(found[2] ?? "0");
}

/** 300 → "30", 333 → "33.3". */
export function toPercent(value: number): string {
  const whole = Math.trunc(value / 10);
  const rest = value % 10;
  return rest === 0 ? String(whole) : `${whole}.${rest}`;
}

/** 300 → "0.3", 1000 → "1". */
export function toWeight(value: number): string {
  const rest = String(value % 1000).padStart(3, "0").replace(/0+$/, "");
  return rest === "" ? String(Math.trunc(value / 1000)) : `${Math.trunc(value / 1000)}.${rest}`;
}

/** What the shares come to and how far that is from what it must be; null while one cannot be read. */
export function summed(shares: readonly string[], total: number): Sum | null {
  let sum = 0;
  for (const share of shares) {
    const value = fromPercent(share);
    if (value === null) return null;
    sum += value;
  }
  return { sum, off: sum - total };
}

/** The share at a place that makes the sum right; unreadable others count nothing. Never below 0. */
export function remainder(shares: readonly string[], at: number, total: number): string {
  const others = shares.reduce((sum, share, n) => (n === at ? sum : sum + (fromPercent(share) ?? 0)), 0);
  return toPercent(Math.max(0, total - others));
}

/** Shares in percent as the program wants them; null while they do not come to the total. */
export function asWeights(shares: readonly string[], total: number): string[] | null {
  return summed(shares, total)?.off === 0 ? shares.map((share) => toWeight(fromPercent(share) ?? 0)) : null;
}

/** Weights in force as shares in percent, and what they come to. */
export function asShares(weights: readonly string[]): { shares: string[]; total: number } {
  const values = weights.map((weight) => thousandths(weight) ?? 0);
  return { shares: values.map(toPercent), total: values.reduce((sum, value) => sum + value, 0) };
}
