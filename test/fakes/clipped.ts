import type { Page } from 'playwright-core';

/**
 * What of the page a person cannot read whole, one line each: words that stick out of the window or of what cuts them off
 * without saying so by an ellipsis, and pictures that do not stand out from their ground.
 */
export function clippedOn(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const nameOf = (element: Element): string =>
      `${element.tagName.toLowerCase()}.${[...element.classList].join('.')} "${(element.textContent ?? '').trim().slice(0, 40)}"`;
    const isHiddenOnPurpose = (element: Element): boolean =>
      element.closest('.visually-hidden, [aria-hidden="true"], [aria-live]') !== null ||
      !element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) ||
      getComputedStyle(element).clipPath !== 'none';
    const scrolls = (style: CSSStyleDeclaration): boolean => /auto|scroll/.test(style.overflowX);

    for (const element of document.body.querySelectorAll('*')) {
      const hasWords = [...element.childNodes].some(
        (node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? '').trim() !== '',
      );
      const isControl = element.matches('button, input, select, textarea');
      if ((!hasWords && !isControl) || isHiddenOnPurpose(element)) continue;
      const box = element.getBoundingClientRect();
      if (box.width === 0) continue;
      let right = innerWidth;
      for (let outer = element.parentElement; outer !== null; outer = outer.parentElement) {
        const style = getComputedStyle(outer);
        if (style.overflowX === 'visible' && style.overflowY === 'visible') continue;
        if (style.textOverflow === 'ellipsis' || scrolls(style)) {
          // Sideways scrolling is for code only: anything else has to fit.
          right = style.textOverflow === 'ellipsis' || outer.matches('pre, .snippet') ? Infinity : right;
          if (right === Infinity) break;
        }
        right = Math.min(right, outer.getBoundingClientRect().right);
      }
      if (box.right > right + 1 || box.left < -1) found.push(`sticks out: ${nameOf(element)}`);
      const style = getComputedStyle(element);
      const cuts = /hidden|clip/.test(style.overflowX) && style.textOverflow !== 'ellipsis';
      if (cuts && element.scrollWidth > element.clientWidth + 1) found.push(`cut: ${nameOf(element)}`);
      if (element.matches('button') && element.scrollHeight > element.clientHeight + 2)
        found.push(`higher than its button: ${nameOf(element)}`);
    }
    return found;
  });
}
