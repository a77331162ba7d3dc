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

/** As it is typed: `2020-07-04 08:45`. */
export function fieldText(time: string): string {
  return clockText(time).slice(0, 16);
}

/** What was typed, in the zone of another time; as it stands where it is no time, for the program to refuse in words. */
export function fromField(field: string, like: string): string {
  const found = /^\s*(\d{4})\D(\d\d?)\D(\d\d?)[T\s]+(\d\d?)[:：](\d\d)\s*$/.exec(field);
  if (found === null) return field;
  const [year, month, day, hour, minute] = found.slice(1).map((part) => part.padStart(2, "0"));
  return `${year}-${month}-${day}T${hour}:${minute}:00${zone(like)}`;
}
