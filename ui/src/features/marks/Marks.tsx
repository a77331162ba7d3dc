export function Marks() {
  return null;
}
