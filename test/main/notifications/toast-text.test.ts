import { describe, expect, test } from 'vitest';
import { cutToBytes, toastFor } from '../../../main/notifications/toast-text.ts';
import { textsOf } from '../../../shared/text/texts.ts';
import { sampleAlert, sampleChange } from '../../fakes/sample-alert.ts';

const english = textsOf('en');
const chinese = textsOf('zh-CN');

describe('a toast', () => {
  test('says priority and title first, then what the source says', () => {
    expect(toastFor(sampleChange('opened'), english, true)).toEqual({
      alertId: 'A1',
      title: 'Critical · Queue is full',
      body: 'queue-7: depth 98 % >= 90 % since 05:01',
      urgency: 'critical',
      expires: false,
      actions: [
        { id: 'acknowledge', label: 'Acknowledge' },
        { id: 'open', label: 'Open' },
      ],
    });
  });

  test('of medium priority is normal and expires', () => {
    const toast = toastFor(sampleChange('opened', sampleAlert({ priority: 'medium' })), english, true);
    expect(toast).toMatchObject({ title: 'Medium · Queue is full', urgency: 'normal', expires: true });
  });

  test('has no buttons where there are none to be had', () => {
    expect(toastFor(sampleChange('opened'), english, false).actions).toEqual([]);
  });

  test('of a rise begins with the levels in the words of the source', () => {
    const before = { state: 'open', priority: 'medium', level: 'WARN', snoozedUntil: null } as const;
    const { body } = toastFor(sampleChange('level-rose', sampleAlert(), { before }), english, true);
    expect(body).toBe('WARN → CRITICAL\nqueue-7: depth 98 % >= 90 % since 05:01');
  });

  test('of a rise without level words names our priorities', () => {
    const before = { state: 'open', priority: 'medium', level: null, snoozedUntil: null } as const;
    const { body } = toastFor(
      sampleChange('level-rose', sampleAlert({ level: null }), { before }),
      chinese,
      true,
    );
    expect(body.split('\n')[0]).toBe('中等 → 严重');
  });

  test.each([
    ['reopened', english.notification.reopened],
    ['snooze-ended', english.notification.snoozeEnded],
  ] as const)('after %s says why it disturbs again', (kind, sentence) => {
    expect(toastFor(sampleChange(kind), english, true).body).toMatch(new RegExp(`^${sentence}\n`, 'u'));
  });

  test('of missing data says so', () => {
    const { body } = toastFor(sampleChange('opened', sampleAlert({ noData: true })), chinese, true);
    expect(body.split('\n')[0]).toBe('无数据');
  });

  test('names the resource where the source gave no text', () => {
    expect(toastFor(sampleChange('opened', sampleAlert({ text: '' })), english, true).body).toBe('queue-7');
  });

  test('keeps to one line of title and to two lines and 256 bytes of body, whatever the source sends', () => {
    const before = { state: 'open', priority: 'medium', level: 'WARN', snoozedUntil: null } as const;
    const alert = sampleAlert({ title: '磁盘\n\n空间'.repeat(60), text: '一二三\n四五'.repeat(100) });
    const { title, body } = toastFor(sampleChange('level-rose', alert, { before }), chinese, true);
    expect(title).not.toContain('\n');
    expect(Buffer.byteLength(title)).toBeLessThanOrEqual(120);
    expect(body.split('\n')).toHaveLength(2);
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(256);
    expect(body).toMatch(/…$/u);
  });
});

describe('cutting to bytes', () => {
  test('leaves alone what fits', () => {
    expect(cutToBytes('abcdef', 6)).toBe('abcdef');
  });
  test('cuts between characters as people see them', () => {
    const family = '👩‍👩‍👧';
    expect(cutToBytes(`ab${family}cd`, 20)).toBe('ab…');
    expect(cutToBytes('四五六', 8)).toBe('四…');
  });
});
