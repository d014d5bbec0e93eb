import { describe, expect, test } from 'vitest';
import {
  cutToBytes,
  reminderToast,
  summaryToast,
  type ToastStyle,
  toastFor,
} from '../../../main/notifications/toast-text.ts';
import { textsOf } from '../../../shared/text/texts.ts';
import { sampleAlert, sampleChange, sampleNow } from '../../fakes/sample-alert.ts';

const english = textsOf('en');
const chinese = textsOf('zh-CN');
const inEnglish: ToastStyle = { texts: english, hasActions: true, sound: null, hideDetails: false };
const inChinese: ToastStyle = { ...inEnglish, texts: chinese };
const hidden: ToastStyle = { ...inEnglish, hideDetails: true };

describe('a toast', () => {
  test('says priority and title first, then what the source says', () => {
    expect(toastFor(sampleChange('opened'), inEnglish)).toEqual({
      id: 'A1',
      title: 'Critical · Queue is full',
      body: 'queue-7: depth 98 % >= 90 % since 05:01',
      urgency: 'critical',
      expires: false,
      sound: null,
      actions: [
        { id: 'acknowledge', label: 'Acknowledge' },
        { id: 'open', label: 'Open' },
      ],
    });
  });

  test('of medium priority is normal and expires', () => {
    const toast = toastFor(sampleChange('opened', sampleAlert({ priority: 'medium' })), inEnglish);
    expect(toast).toMatchObject({ title: 'Medium · Queue is full', urgency: 'normal', expires: true });
  });

  test('has no buttons where there are none to be had', () => {
    expect(toastFor(sampleChange('opened'), { ...inEnglish, hasActions: false }).actions).toEqual([]);
  });

  test('of a rise begins with the levels in the words of the source', () => {
    const before = { state: 'open', priority: 'medium', level: 'WARN', snoozedUntil: null } as const;
    const { body } = toastFor(sampleChange('level-rose', sampleAlert(), { before }), inEnglish);
    expect(body).toBe('WARN → CRITICAL\nqueue-7: depth 98 % >= 90 % since 05:01');
  });

  test('of a rise without level words names our priorities', () => {
    const before = { state: 'open', priority: 'medium', level: null, snoozedUntil: null } as const;
    const { body } = toastFor(
      sampleChange('level-rose', sampleAlert({ level: null }), { before }),
      inChinese,
    );
    expect(body.split('\n')[0]).toBe('中等 → 严重');
  });

  test.each([
    ['reopened', english.notification.reopened],
    ['snooze-ended', english.notification.snoozeEnded],
  ] as const)('after %s says why it disturbs again', (kind, sentence) => {
    expect(toastFor(sampleChange(kind), inEnglish).body).toMatch(new RegExp(`^${sentence}\n`, 'u'));
  });

  test('of missing data says so', () => {
    const { body } = toastFor(sampleChange('opened', sampleAlert({ noData: true })), inChinese);
    expect(body.split('\n')[0]).toBe('无数据');
  });

  test('names the resource where the source gave no text', () => {
    expect(toastFor(sampleChange('opened', sampleAlert({ text: '' })), inEnglish).body).toBe('queue-7');
  });

  test('keeps to one line of title and to two lines and 256 bytes of body, whatever the source sends', () => {
    const before = { state: 'open', priority: 'medium', level: 'WARN', snoozedUntil: null } as const;
    const alert = sampleAlert({ title: '磁盘\n\n空间'.repeat(60), text: '一二三\n四五'.repeat(100) });
    const { title, body } = toastFor(sampleChange('level-rose', alert, { before }), inChinese);
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

test('a reminder says for how long nobody has acknowledged', () => {
  const { id, body } = reminderToast(sampleAlert(), 15 * 60_000, inEnglish);
  expect(id).toBe('A1');
  expect(body).toBe('Still open after 15 min, not acknowledged.\nqueue-7: depth 98 % >= 90 % since 05:01');
});

describe('a summary', () => {
  const at = (number: number, priority: 'critical' | 'medium') =>
    sampleAlert({ id: `A${number}`, priority, title: `t${number}`, openedAt: sampleNow + number });

  test('says how many, the worst, and the newest three', () => {
    const alerts = [at(1, 'critical'), ...[2, 3, 4, 5].map((number) => at(number, 'medium'))];
    expect(summaryToast(alerts, 'storm-summary', inEnglish)).toEqual({
      id: 'summary',
      title: '5 open: 1 critical, 4 medium',
      body: 'Many at once.\nCritical · t1\nMedium · t5\nMedium · t4\nMedium · t3',
      urgency: 'critical',
      expires: false,
      sound: null,
      actions: [
        { id: 'acknowledge', label: 'Acknowledge all 5' },
        { id: 'open', label: 'Open the list' },
      ],
    });
  });

  test('of medium alerts only is normal and expires', () => {
    const toast = summaryToast([at(1, 'medium'), at(2, 'medium')], 'quiet-over', inChinese);
    expect(toast).toMatchObject({
      title: '2 条未确认：2 条中等',
      body: '免打扰时段已结束。\n中等 · t2\n中等 · t1',
      urgency: 'normal',
      expires: true,
    });
  });

  test('keeps to 256 bytes of body and still names each, whatever the sources send', () => {
    const alerts = [1, 2, 3, 4, 5].map((number) => ({
      ...at(number, number === 1 ? 'critical' : 'medium'),
      title: `${number}磁盘\n空间`.repeat(60),
    }));
    const { body } = summaryToast(alerts, 'restated-after-wake', inChinese);
    expect(body.split('\n')).toHaveLength(5);
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(256);
  });
});

describe('where details are hidden', () => {
  const senderWords = {
    title: 'SECRET',
    text: 'SECRET',
    resource: 'SECRET',
    level: 'SECRET',
    value: 'SECRET',
  };
  const alert = sampleAlert(senderWords);

  test('nothing that a sender wrote is in any toast', () => {
    const before = { state: 'open', priority: 'medium', level: 'SECRET', snoozedUntil: null } as const;
    const toasts = [
      toastFor(sampleChange('opened', alert), hidden),
      toastFor(sampleChange('level-rose', alert, { before }), hidden),
      reminderToast(alert, 60_000, hidden),
      summaryToast([alert], 'storm-summary', hidden),
    ];
    expect(JSON.stringify(toasts)).not.toContain('SECRET');
    expect(toasts.map(({ title }) => title)).toEqual([
      'Critical · 1 alert',
      'Critical · 1 alert',
      'Critical · 1 alert',
      '1 open: 1 critical',
    ]);
    expect(toasts[1]?.body).toBe('Medium → Critical');
  });
});
