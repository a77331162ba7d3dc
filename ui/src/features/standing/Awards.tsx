export function Awards() {
  return null;
}
