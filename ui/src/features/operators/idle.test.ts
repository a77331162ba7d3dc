// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, createElement } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { commands } from "../../platform";
import { useLock } from "./idle";

vi.mock("../../platform", () => ({ commands: { lockScreen: vi.fn() } }));
const lockScreen = vi.mocked(commands.lockScreen);
const MINUTE = 60_000;

/** A screen that counts, and what it was drawn with. */
function Screen({ wanted, minutes }: { wanted: boolean; minutes: number; drawn: number }) {
  useLock(wanted, minutes);
  return null;
}

describe("the screen that locks by itself", () => {
  let root: Root;
  let drawn = 0;
  const client = new QueryClient();
  /** Draws the screen, with something new to show each time. */
  const draw = (minutes = 10, wanted = true) =>
    act(() => root.render(createElement(QueryClientProvider, { client }, createElement(Screen, { wanted, minutes, drawn: (drawn += 1) }))));
  const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));
  const move = (x: number) => dispatchEvent(new PointerEvent("pointermove", { screenX: x, screenY: 300 }));

  beforeEach(() => {
    vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
    vi.useFakeTimers();
    lockScreen.mockReset().mockResolvedValue(null);
    root = createRoot(document.createElement("div"));
  });
  afterEach(() => {
    act(() => root.unmount());
    vi.useRealTimers();
  });

  /** What happens in each minute in which nobody comes; after ten the screen is locked, and not a look sooner. */
  it.each<[string, (minute: number) => unknown]>([
    ["nothing", () => undefined],
    ["the page is drawn anew", () => draw()],
    ["how far work is comes in, under a pointer that rests", () => move(200)],
    ["the page scrolls and takes the focus by itself", () => ["scroll", "focus", "progress"].map((type) => dispatchEvent(new Event(type)))],
  ])("%s: it locks at the plan's minutes", async (_, each) => {
    draw();
    for (let minute = 1; minute < 10; minute += 1) {
      await pass(MINUTE);
      each(minute);
    }
    await pass(MINUTE - 1);
    expect(lockScreen).not.toHaveBeenCalled();
    await pass(1);
    expect(lockScreen).toHaveBeenCalledTimes(1);
  });

  it.each<[string, (minute: number) => unknown]>([
    ["a key", () => dispatchEvent(new KeyboardEvent("keydown", { key: "7" }))],
    ["a click", () => dispatchEvent(new PointerEvent("pointerdown"))],
    ["a move", (minute) => [0, 1].forEach((step) => move(minute * 10 + step))],
    ["a wheel", () => dispatchEvent(new Event("wheel"))],
  ])("%s each minute keeps it open", async (_, each) => {
    draw();
    for (let minute = 1; minute < 30; minute += 1) {
      await pass(MINUTE);
      each(minute);
    }
    expect(lockScreen).not.toHaveBeenCalled();
    await pass(10 * MINUTE);
    expect(lockScreen).toHaveBeenCalled();
  });

  it("counts from the last touch when the plan changes its minutes", async () => {
    draw();
    await pass(3 * MINUTE);
    draw(4);
    await pass(MINUTE);
    expect(lockScreen).toHaveBeenCalledTimes(1);
  });

  it("asks once while work that goes on keeps the program from it", async () => {
    let ended = () => {};
    lockScreen.mockReturnValue(new Promise((done) => (ended = () => done(null))));
    draw();
    await pass(20 * MINUTE);
    expect(lockScreen).toHaveBeenCalledTimes(1);
    ended();
  });

  it("locks at once by Ctrl+L, and by itself not where no PIN is", async () => {
    draw(10, false);
    await pass(60 * MINUTE);
    expect(lockScreen).not.toHaveBeenCalled();
    draw();
    dispatchEvent(new KeyboardEvent("keydown", { key: "l", ctrlKey: true }));
    expect(lockScreen).toHaveBeenCalledTimes(1);
    // Whoever protects an event late in the day has just touched the machine.
    await pass(9 * MINUTE);
    expect(lockScreen).toHaveBeenCalledTimes(1);
  });
});
