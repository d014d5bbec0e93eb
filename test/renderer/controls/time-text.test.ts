import { describe, expect, test } from 'vitest';
import {
  agoText,
  durationText,
  momentText,
  percentText,
  preciseAgoText,
  untilText,
} from '../../../renderer/controls/time-text.ts';

const minute = 60_000;
const hour = 60 * minute;

describe('ages', () => {
  test.each([
    [0, '<1 min'],
    [59_999, '<1 min'],
    [minute, '1 min'],
    [59 * minute + 59_999, '59 min'],
    [hour, '1 hr'],
    [23 * hour, '23 hr'],
    [24 * hour, '1 day'],
    [72 * hour, '3 days'],
  ])('%d ms is %s', (ms, text) => {
    expect(durationText('en', ms)).toBe(text);
  });

  test('a sender whose clock runs ahead is just now, not minus two minutes', () => {
    expect(durationText('en', -2 * minute)).toBe('<1 min');
    expect(agoText('en', 10 * minute, 8 * minute)).toBe('just now');
  });

  test('Chinese ages read as Chinese', () => {
    expect(durationText('zh-CN', 3 * minute)).toBe('3分钟');
    expect(agoText('zh-CN', 0, 2 * hour)).toBe('2小时前');
  });

  test('what is proven every minute is told to the second', () => {
    expect([0, 4999, 40_000, 59_999, 61_000].map((age) => preciseAgoText('en', 0, age))).toEqual([
      'just now',
      'just now',
      '40 sec ago',
      '59 sec ago',
      '1 min ago',
    ]);
    expect(preciseAgoText('en', 8000, 0)).toBe('just now');
    expect(preciseAgoText('zh-CN', 0, 40_000)).toBe('40秒前');
  });

  test('an end within a day is a time, a later one a date; both are part of the long form', () => {
    const now = new Date(2026, 4, 6, 23, 0).getTime();
    const [morning, week] = [new Date(2026, 4, 7, 9).getTime(), new Date(2026, 4, 13, 23).getTime()];
    expect([untilText('en', morning, now), untilText('en', week, now)]).toEqual(['09:00', 'May 13']);
    expect(momentText('en', week, now)).toContain('May 13');
    expect(momentText('zh-CN', week, now)).toContain(untilText('zh-CN', week, now));
  });

  test('a share is told to a tenth of a percent', () => {
    expect([1, 0.999, 0.987, 0].map((share) => percentText('en', share))).toEqual([
      '100%',
      '99.9%',
      '98.7%',
      '0%',
    ]);
  });

  test('today has no date, another day has one', () => {
    const at = new Date(2026, 4, 6, 3, 5).getTime();
    expect(momentText('en', at, new Date(2026, 4, 6, 23, 0).getTime())).toBe('03:05');
    expect(momentText('en', at, new Date(2026, 4, 7, 1, 0).getTime())).toBe('May 6, 03:05');
  });
});
