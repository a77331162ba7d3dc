export function Seating() {
  return null;
}
