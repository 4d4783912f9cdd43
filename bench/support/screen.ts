// Sees the kiosk's screen through Electron's main process, for Playwright's own page dies with a crashed renderer.
import { setTimeout as delay } from 'node:timers/promises';
import type { BrowserWindow as WindowClass } from 'electron';
import type { ElectronApplication } from 'playwright';

type Electron = { BrowserWindow: typeof WindowClass };

export type Screen = {
  /** All text without what runs: clock, latency, journal head. */
  still: string;
  /** The sale's own part: lines, amount due, what to do. */
  sale: string;
  /** Number and hash of the journal's head: another one proves that another core has spoken. */
  journal: string;
  isCovered: boolean;
  /** When this was on the screen, and when the page was loaded: by the wall clock, milliseconds. */
  at_ms: number;
  loaded_ms: number;
};

export type Recovery = {
  /** From the blow until the same sale was on the screen again, live. Null: not within the limit. */
  sale_ms: number | null;
  /** The whole screen, with acquirer, printer and scanner as before. */
  screen_ms: number | null;
};

export type Blow = { kind: 'killCore'; pid: number } | { kind: 'crashPage' };

/** Runs in the page: what it shows, told after it was painted. */
const LOOK = `new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => {
  const text = document.body.innerText;
  resolve({
    still: text.replace(/\\d{1,2}:\\d{2}/g, '').replace(/在线.*/g, '在线').replace(/\\d+ · #\\w+/g, ''),
    sale: text.slice(text.indexOf('品名'), text.lastIndexOf('收单方')),
    journal: text.match(/\\d+ · #\\w+/)?.[0] ?? '',
    isCovered: document.querySelector('[role=alert]') !== null,
    at_ms: Date.now(),
    loaded_ms: performance.timeOrigin,
  });
})))`;

type Watch = { look: string; before: Screen; blow: Blow; limit_ms: number };

/** Runs in Electron's main process, alone: it can use nothing of this file. */
async function strikeAndWatch({ BrowserWindow }: Electron, watch: Watch): Promise<Recovery> {
  const { before, blow, limit_ms } = watch;
  const contents = BrowserWindow.getAllWindows()[0]?.webContents;
  if (!contents) throw new Error('the kiosk has no window');
  const pause = (wait_ms: number) => new Promise<null>((resolve) => setTimeout(resolve, wait_ms, null));
  const look = async (): Promise<Screen | null> => {
    if (contents.isCrashed()) return pause(5);
    // null: the page went away under the question, or is too busy to paint
    const answer = contents.mainFrame.executeJavaScript(watch.look).then(
      (screen) => screen as Screen,
      () => pause(5),
    );
    return Promise.race([answer, pause(250)]);
  };
  const struckAt_ms = Date.now();
  if (blow.kind === 'killCore') process.kill(blow.pid, 'SIGKILL');
  else contents.forcefullyCrashRenderer();
  const isLive = (now: Screen) =>
    blow.kind === 'killCore' ? now.journal !== before.journal : now.loaded_ms >= struckAt_ms;
  const recovery: Recovery = { sale_ms: null, screen_ms: null };
  while (recovery.screen_ms === null && Date.now() - struckAt_ms < limit_ms) {
    const now = await look();
    if (now === null || now.isCovered || !isLive(now)) continue;
    if (now.sale === before.sale) recovery.sale_ms ??= now.at_ms - struckAt_ms;
    if (now.still === before.still) recovery.screen_ms = now.at_ms - struckAt_ms;
  }
  return recovery;
}

function lookNow(app: ElectronApplication): Promise<Screen | null> {
  return app.evaluate(async ({ BrowserWindow }, look) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    if (!contents || contents.isCrashed() || contents.isLoading()) return null;
    return (await contents.mainFrame.executeJavaScript(look)) as Screen;
  }, LOOK);
}

const SETTLED_ms = 500;
const DEADLINE_ms = 60_000;

/** The screen once `isWanted` holds and it has not changed for half a second. @throws Error with what it shows instead. */
export async function settledScreen(
  app: ElectronApplication,
  isWanted: (screen: Screen) => boolean,
): Promise<Screen> {
  const end_ms = performance.now() + DEADLINE_ms;
  let last: Screen | null = null;
  for (;;) {
    const now = await lookNow(app);
    const isSame = now !== null && last?.still === now.still && last.journal === now.journal;
    if (isSame && !now.isCovered && isWanted(now)) return now;
    if (performance.now() > end_ms)
      throw new Error(`the screen did not settle; it shows:\n${now?.still ?? 'nothing'}`);
    last = now;
    await delay(SETTLED_ms);
  }
}

/** Deals the blow and watches until the screen is as it was `before`, or `limit_ms` have gone. */
export function recoveryFrom(
  app: ElectronApplication,
  before: Screen,
  blow: Blow,
  limit_ms: number,
): Promise<Recovery> {
  return app.evaluate(strikeAndWatch, { look: LOOK, before, blow, limit_ms });
}
