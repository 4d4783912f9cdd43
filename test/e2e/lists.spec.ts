// Long lists by keys alone in the real window: what the next key acts on is in sight.
import { openTill, stageOf } from './stage.ts';
import { expect, test } from './till.ts';

const STEPS = 25;

test('of goods that are looked for the chosen one stays in sight, however far the arrow keys go', async ({
  till,
}) => {
  const stage = await stageOf(till);
  await openTill(stage);
  const { page } = stage.kiosk;
  await page.keyboard.type('69');
  const rows = page.locator('li[aria-current]');
  const chosen = page.locator('li[aria-current=true]');
  await expect.poll(() => rows.count()).toBeGreaterThan(STEPS);
  const first = await chosen.textContent();
  for (let step = 0; step < STEPS; step += 1) await page.keyboard.press('ArrowDown');
  await expect(chosen).toBeInViewport({ ratio: 0.9 });
  expect(await chosen.textContent()).toBe(await rows.nth(STEPS).textContent());
  // Another text is another list, from its top.
  await page.keyboard.press('Backspace');
  await expect(chosen).toHaveText(first ?? '');
  await expect(chosen).toBeInViewport({ ratio: 0.9 });
  stage.eyes.close();
});
