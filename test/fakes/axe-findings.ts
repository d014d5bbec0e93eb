import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** What axe-core finds on the page as it is, one line each. */
export async function axeFindings(page: Page): Promise<string[]> {
  // Through the debugger, which the page's content security policy does not concern.
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { axe: onPage } = globalThis as unknown as { axe: typeof axe };
    const { violations } = await onPage.run(document);
    return violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`,
    );
  });
}
