import type { Refused as Refusal } from "./bindings";

/** Whether something thrown is a refusal of the program, in words, and not a fault of the page. */
export function isRefusal(thrown: unknown): thrown is Refusal {
  return typeof thrown === "object" && thrown !== null && "code" in thrown && "zh" in thrown && "en" in thrown;
}
