import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readDimensions } from '../../../../main/sources/cloudmonitor/dimensions.ts';
import { thresholdKey } from '../../../../main/sources/cloudmonitor/threshold-key.ts';
import { form, readEvent } from './delivery.ts';

const keyOf = (changes: Readonly<Record<string, string | null>>): string => readEvent(form(changes)).key;

describe('dimensions', () => {
  test.each([
    ['text', '{userId=1777, port=443, instanceId=lb-1}'],
    ['text in another order', '{instanceId=lb-1, userId=1777, port=443}'],
    ['text without spaces', '{userId=1777,port=443,instanceId=lb-1}'],
    ['text without braces', 'instanceId=lb-1, port=443'],
    ['a JSON object', '{"port":"443","instanceId":"lb-1","userId":"1777"}'],
    ['a JSON object with a number', '{"port":443,"instanceId":"lb-1","userId":1777}'],
    ['a JSON array', '[{"userId":"1777","port":"443","instanceId":"lb-1"}]'],
  ])('as %s make the same key', (_, dimensions) => {
    expect(keyOf({ dimensions })).toBe('cloudmonitor:1:1777:rule-1:instanceId=lb-1,port=443');
  });

  test('of the JSON field are preferred, and the text is the fallback when they are broken', () => {
    expect(keyOf({ dimensionsOriginal: '{"instanceId":"i-json"}' })).toContain('instanceId=i-json');
    expect(keyOf({ dimensionsOriginal: '{"instanceId":"i-js' })).toContain('instanceId=i-orders1');
  });

  test('may hold pairs inside a value (custom metrics) and commas inside a value', () => {
    expect(readDimensions(null, '{groupId=7, dimension=env=prod&host=web1, userId=1}').pairs).toEqual([
      ['dimension', 'env=prod&host=web1'],
      ['groupId', '7'],
    ]);
    expect(readDimensions(null, '{address=Main St, Springfield, zone=b}').pairs).toEqual([
      ['address', 'Main St, Springfield'],
      ['zone', 'b'],
    ]);
  });

  test('that are no pairs at all are taken as a whole', () => {
    expect(readDimensions(null, 'the big one').pairs).toEqual([['dimensions', 'the big one']]);
  });

  test('without a value say nothing', () => {
    expect(readDimensions(null, '{device=null, disk=, instanceId=i-1}').pairs).toEqual([
      ['instanceId', 'i-1'],
    ]);
  });

  test('give the account when the field for it is missing', () => {
    expect(keyOf({ userId: null })).toBe('cloudmonitor:1:1777:rule-1:instanceId=i-orders1');
  });

  test('in any order make the same key', () => {
    const pair = fc.tuple(fc.stringMatching(/^[a-z]{1,6}$/), fc.stringMatching(/^[a-z0-9./-]{1,12}$/));
    fc.assert(
      fc.property(
        fc
          .uniqueArray(pair, { selector: ([name]) => name, minLength: 1, maxLength: 8 })
          .chain((pairs) =>
            fc.tuple(fc.constant(pairs), fc.shuffledSubarray(pairs, { minLength: pairs.length })),
          ),
        ([one, other]) => {
          const text = (pairs: readonly (readonly [string, string])[]): string =>
            `{${pairs.map(([name, value]) => `${name}=${value}`).join(', ')}}`;
          const json = JSON.stringify(Object.fromEntries(other));
          expect(keyOf({ dimensions: text(other) })).toBe(keyOf({ dimensions: text(one) }));
          expect(keyOf({ dimensionsOriginal: json })).toBe(keyOf({ dimensions: text(one) }));
        },
      ),
    );
  });
});

describe('a key', () => {
  const text = fc.string({
    unit: fc.constantFrom('a', 'b', ':', '|', ',', '=', '%', '~', ' ', '\u0000', '\u200b', '磁'),
    maxLength: 5,
  });
  const problem = fc.record({
    userId: fc.option(text.filter((part) => part !== '')),
    ruleId: fc.option(text),
    alertName: text,
    project: text,
    metric: text,
    dimensions: fc.array(fc.tuple(text, text), { maxLength: 3 }),
  });

  test('tells different problems apart, whatever separators their names hold', () => {
    fc.assert(
      fc.property(problem, problem, (one, other) => {
        const relevant = (each: typeof one): string =>
          JSON.stringify([
            each.userId,
            each.ruleId ?? [each.alertName, each.project, each.metric],
            each.dimensions,
          ]);
        expect(thresholdKey(one) === thresholdKey(other)).toBe(relevant(one) === relevant(other));
      }),
      { numRuns: 20_000 },
    );
  });

  test('shows no invisible characters', () => {
    expect(keyOf({ ruleId: 'r\u202e\u0000:1' })).toBe(
      'cloudmonitor:1:1777:r%E2%80%AE%00%3A1:instanceId=i-orders1',
    );
  });

  test('keeps the mark of a hash to itself', () => {
    expect(keyOf({ ruleId: 'a~b' })).toBe('cloudmonitor:1:1777:a%7Eb:instanceId=i-orders1');
  });

  test('is at most 512 characters long, readable at its beginning and different for different ends', () => {
    const long = (end: string): string => keyOf({ dimensions: `{path=${'x'.repeat(600)}${end}}` });
    expect(long('a')).toHaveLength(512);
    expect(long('a')).toMatch(/^cloudmonitor:1:1777:rule-1:path=x+~[0-9a-f]{32}$/);
    expect(long('a')).toBe(long('a'));
    expect(long('a')).not.toBe(long('b'));
  });

  test('is the same for old and new names of a product', () => {
    const old = keyOf({ ruleId: null, metricProject: 'acs_redis_dashboard' });
    expect(old).toBe(keyOf({ ruleId: null, metricProject: 'acs_kvstore' }));
    expect(keyOf({ ruleId: null, metricProject: null, namespace: 'acs_ecs_dashboard' })).toBe(
      keyOf({ ruleId: null }),
    );
  });
});
