// Keeps what is being typed, line by line: one call at a time for a line, the latest text last.

export type Keeper = {
  /** Keeps a line as it stands now. */
  keep: (line: string, text: string) => void;
  /** Waits until nothing more is on its way. */
  settled: (line: string) => Promise<void>;
  /** Waits for all lines. */
  all: () => Promise<void>;
};

/** `send` writes one text down; `failed` hears why one could not be. */
export function newKeeper(send: (line: string, text: string) => Promise<unknown>, failed: (why: unknown) => void): Keeper {
  const waiting = new Map<string, string>();
  const busy = new Map<string, Promise<void>>();
  const work = async (line: string) => {
    for (let text = waiting.get(line); text !== undefined; text = waiting.get(line)) {
      waiting.delete(line);
      try {
        await send(line, text);
      } catch (why) {
        failed(why);
      }
    }
    busy.delete(line);
  };
  return {
    keep: (line, text) => {
      waiting.set(line, text);
      if (!busy.has(line)) busy.set(line, work(line));
    },
    settled: (line) => busy.get(line) ?? Promise.resolve(),
    all: async () => void (await Promise.all(busy.values())),
  };
}
