import { describe, expect, test } from 'vitest';
import { describeCondition } from '../../../../main/sources/cloudmonitor/condition.ts';
import { formatValue } from '../../../../main/sources/cloudmonitor/measurement.ts';

describe('an expression', () => {
  test.each([
    ['$Average>=95', null, '>= 95 (Average)'],
    ['$Maximum<10000', null, '< 10000 (Maximum)'],
    ['$Value >= 5', null, '>= 5 (Value)'],
    ['$ErrorCodeMaximum>=201', null, '>= 201 (ErrorCodeMaximum)'],
    ['$Average <= 1073741824', 'B', '<= 1 GiB (Average)'],
    ['$Average!=0', '%', '!= 0 (Average)'],
    ['>=80', null, '>= 80'],
    ['$Average>-1.5e3', null, '> -1.5e3 (Average)'],
    [
      '$cpu.total.Average >= 90 || $load_5m.Maximum > 8',
      null,
      'cpu.total >= 90 (Average) or load_5m > 8 (Maximum)',
    ],
    ['@cpu_total[60].$Average > 90', null, 'cpu_total > 90 (Average)'],
    [
      '[{"expression":"$Average>75","level":4,"times":3},{"expression":"$Average>90","level":2}]',
      null,
      '> 75 (Average) or > 90 (Average)',
    ],
  ])('%s (unit %s) reads %s', (expression, unit, text) => {
    expect(describeCondition(expression, unit)).toBe(text);
  });

  test.each([
    '($a.Average > 1 && $b.Average > 2) || $c.Sum > 3',
    '$Average between 1 and 2',
    '$Average>=$Maximum',
    '[{"x":1}]',
    'a&&b',
    '!',
  ])('that cannot be read is shown as it is: %s', (expression) => {
    expect(describeCondition(expression, null)).toBe(expression);
  });

  test('that is absent has no words', () => {
    expect(describeCondition(null, 'B')).toBeNull();
  });
});

describe('a value', () => {
  test.each([
    ['947028992', 'B', '903 MiB'],
    ['2452486144', 'B', '2.28 GiB'],
    ['12582912', 'B/s', '12 MiB/s'],
    ['512', 'Bytes', '512 B'],
    ['-2048', 'B', '-2 KiB'],
    ['97.39', '%', '97.39 %'],
    ['7.0', '%', '7.0 %'],
    ['5', '个', '5 个'],
    ['0', null, '0'],
    ['0.30000000000000004', 's', '0.3 s'],
    ['123456789012345', null, '123456789012345'],
    ['down', '%', 'down'],
  ])('%s in %s reads %s', (value, unit, text) => {
    expect(formatValue(value, unit)).toBe(text);
  });
});
