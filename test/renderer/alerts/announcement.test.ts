import { describe, expect, test } from 'vitest';
import { announcementOf } from '../../../renderer/alerts/announcement.ts';
import type { AlertChange } from '../../../shared/alert.ts';
import { windowText } from '../../../shared/text/window-text.ts';
import { fakeAlert } from '../fake-alerts.ts';

const now = Date.UTC(2026, 4, 6, 3, 0);

function change(kind: AlertChange['kind'], priority: 'critical' | 'medium' | 'low', number = 1): AlertChange {
  const alert = fakeAlert(number, now, { priority, title: 'Disk full', resource: 'db-1' });
  return { revision: number, at: now, kind, reason: '', cause: 'event', before: null, alert };
}

describe('what is spoken', () => {
  test('a new critical interrupts', () => {
    expect(announcementOf([change('opened', 'critical')], windowText.en)).toEqual({
      urgency: 'assertive',
      sentence: 'Critical: Disk full, db-1',
    });
  });

  test('a rise to critical is as loud as a new one', () => {
    expect(announcementOf([change('level-rose', 'critical')], windowText.en)?.urgency).toBe('assertive');
  });

  test('a new medium waits its turn', () => {
    expect(announcementOf([change('opened', 'medium')], windowText.en)?.urgency).toBe('polite');
  });

  test('low, repeats and recoveries are silent', () => {
    const resolved = change('resolved', 'critical');
    const silent = [change('opened', 'low'), change('repeated', 'critical'), resolved];
    expect(announcementOf(silent, windowText.en)).toBeNull();
  });

  test('what a person opened again is silent', () => {
    expect(
      announcementOf([{ ...change('reopened', 'critical'), cause: 'person' }], windowText.en),
    ).toBeNull();
    expect(announcementOf([change('reopened', 'critical')], windowText.en)).not.toBeNull();
  });

  test('many at once are one sentence, about the worst', () => {
    const many = [
      change('opened', 'critical', 1),
      change('opened', 'medium', 2),
      change('opened', 'critical', 3),
    ];
    expect(announcementOf(many, windowText.en)?.sentence).toBe('2 alerts, Critical');
  });
});
