import { describe, expect, test } from 'vitest';
import { judgeSender, type SenderFrame } from '../../../main/window/sender-check.ts';

const ours: SenderFrame = {
  origin: 'tocsin://app',
  url: 'tocsin://app/index.html',
  isTop: true,
  isOurWindow: true,
};

describe('who may knock at the bridge', () => {
  test('the top frame of our page in our window', () => {
    expect(judgeSender(ours)).toBe('trusted');
  });

  test('not a frame that is gone', () => expect(judgeSender(null)).toBe('no-frame'));

  test('not another window, even with our address', () => {
    expect(judgeSender({ ...ours, isOurWindow: false })).toBe('not-our-window');
  });

  test('not a frame inside the page', () =>
    expect(judgeSender({ ...ours, isTop: false })).toBe('not-top-frame'));

  test.each([
    ['https://app', 'https://app/'],
    ['tocsin://app.evil', 'tocsin://app.evil/index.html'],
    ['tocsin://other', 'tocsin://other/index.html'],
    ['null', 'tocsin://app/index.html'],
    ['tocsin://app', 'about:blank'],
    ['file://', 'file:///index.html'],
  ])('not the origin %s at %s', (origin, url) => {
    expect(judgeSender({ ...ours, origin, url })).toBe('foreign-origin');
  });
});
