// Notices and dialogs from wherever one is. Ant Design draws them, which is read after the first screen stands.
import type { useAppProps } from "antd/es/app/context";

/** What draws them. */
export type Speaker = useAppProps;

let speaker: Speaker | null = null;
const waiting = new Set<() => void>();

/** What draws them is there. */
export function speaks(by: Speaker): void {
  speaker = by;
  for (const told of waiting) told();
}

export const speakerNow = (): Speaker | null => speaker;

export function onSpeaker(told: () => void): () => void {
  waiting.add(told);
  return () => void waiting.delete(told);
}

/** The way to say something; it may be asked for before there is one. */
export function say(): Promise<Speaker> {
  return new Promise((answer) => {
    if (speaker !== null) return answer(speaker);
    const off = onSpeaker(() => {
      off();
      if (speaker !== null) answer(speaker);
    });
  });
}
