// Times with their zone as text: shown as written, whatever the zone of the machine.

function zone(time: string): string {
  return /(Z|[+-]\d\d:\d\d)$/.exec(time)?.[0] ?? "Z";
}

function minutes(of: string): number {
  const found = /([+-])(\d\d):(\d\d)/.exec(of);
  if (found === null) return 0;
  const size = Number(found[2]) * 60 + Number(found[3]);
  return found[1] === "-" ? -size : size;
}

/** The same time so many milliseconds later, in its own zone. */
export function moved(time: string, milliseconds: number): string {
  const local = new Date(Date.parse(time) + milliseconds + minutes(zone(time)) * 60_000);
  return local.toISOString().slice(0, 19) + zone(time);
}

/** `2020-07-04 08:45:00` */
export function clockText(time: string): string {
  return time.slice(0, 19).replace("T", " ");
}

/** As a field for date and time takes it: `2020-07-04T08:45`. */
export function fieldText(time: string): string {
  return time.slice(0, 16);
}

/** What such a field holds, in the zone of another time. */
export function fromField(field: string, like: string): string {
  return `${field.length === 16 ? `${field}:00` : field}${zone(like)}`;
}
