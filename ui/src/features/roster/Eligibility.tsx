export function Eligibility() {
  return null;
}
