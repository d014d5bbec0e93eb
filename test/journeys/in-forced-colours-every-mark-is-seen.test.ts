import type { Page } from 'playwright-core';
import { afterEach, expect, test } from 'vitest';
import { Desktop } from '../fakes/electron-app.ts';

let desktop: Desktop;
afterEach(() => desktop.close());

/** Pictures and the words beside them that do not stand out from their ground by 3:1, one line each. */
function unseenOn(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const channels = (colour: string): readonly number[] => (colour.match(/[\d.]+/g) ?? []).map(Number);
    const light = (colour: string): number => {
      const [r = 0, g = 0, b = 0] = channels(colour).map((value) =>
        value / 255 <= 0.03928 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4,
      );
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const groundOf = (element: Element): string => {
      for (let at: Element | null = element; at !== null; at = at.parentElement) {
        const { backgroundColor } = getComputedStyle(at);
        if ((channels(backgroundColor)[3] ?? 1) > 0.5) return backgroundColor;
      }
      return 'rgb(255, 255, 255)';
    };
    return [...document.querySelectorAll('svg')]
      .filter((svg) => svg.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
      .flatMap((svg) => {
        const [one, other] = [light(getComputedStyle(svg).color), light(groundOf(svg))];
        const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
        const name = `${svg.getAttribute('class') ?? ''} in ${svg.parentElement?.className ?? ''}`;
        return contrast < 3 ? [`${name}: ${contrast.toFixed(1)}`] : [];
      });
  });
}

test.each(['light', 'dark'] as const)(
  'in forced colours on a %s ground',
  async (colorScheme) => {
    desktop = await Desktop.open();
    const app = await desktop.launch();
    const page = await app.page();
    for (const level of ['CRITICAL', 'WARN', 'INFO']) {
      await app.deliver({ state: 'firing', level, at: Date.now(), name: `of ${level}` });
    }
    await page.getByRole('row').nth(2).waitFor();
    await page.emulateMedia({ forcedColors: 'active', colorScheme });
    for (const name of ['Sources', 'Deliveries', 'Settings', 'Alerts']) {
      const item = page.getByRole('navigation').getByRole('button', { name });
      await item.click();
      await page.waitForTimeout(300);
      expect(await unseenOn(page), name).toEqual([]);
      // Where one is, and what is chosen, is said by a line, not by a ground.
      expect(await item.evaluate((element) => getComputedStyle(element).outlineStyle)).toBe('solid');
    }
    await page.locator('.chip').first().click();
    const chosen = page.locator('.chip[aria-pressed="true"]').first();
    expect(await chosen.evaluate((element) => getComputedStyle(element).outlineStyle)).toBe('solid');
  },
  40_000,
);
