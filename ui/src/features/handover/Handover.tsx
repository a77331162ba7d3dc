export function Handover() {
  return null;
}
