export function Incidents() {
  return null;
}
