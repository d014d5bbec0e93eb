import { describe, expect, test } from 'vitest';
import { entryText } from '../../shared/text/entry-text.ts';
import { reasonSentence } from '../../shared/text/reason-text.ts';

describe('the text of a timeline entry', () => {
  test('says for how many times and since when a problem is back, in both languages', () => {
    const entry = { kind: 'opened', text: '3/1200', reason: 'opened' } as const;
    expect(entryText('en', entry)).toBe('3rd time in 7 days, the last one was over 20 minutes ago');
    expect(entryText('zh-CN', entry)).toBe('7 天内第 3 次，上一次结束于20分钟前');
    expect(entryText('en', { ...entry, text: '11/1' })).toContain('11th time');
  });

  test('leaves a note that looks like a history alone', () => {
    expect(entryText('en', { kind: 'noted', text: '3/1200', reason: 'note' })).toBe('3/1200');
  });

  test('says who showed a toast, and leaves an unknown name alone', () => {
    expect(entryText('en', { kind: 'notified', text: 'freedesktop', reason: 'opened' })).toContain('desktop');
    expect(entryText('en', { kind: 'notified', text: 'constructor', reason: 'opened' })).toBe('constructor');
  });

  test('says how long nothing was heard when the time closed it', () => {
    const entry = { kind: 'resolved', reason: 'closed-by-time' } as const;
    expect(entryText('en', { ...entry, text: '60' })).toBe('Nothing heard for 60 minutes');
    expect(entryText('zh-CN', { ...entry, text: '60' })).toContain('60');
    expect(entryText('en', { ...entry, text: 'a while' })).toBe('a while');
  });

  test('shows a broken time as it is instead of failing', () => {
    expect(entryText('en', { kind: 'snoozed', text: 'soon', reason: 'snoozed-by-user' })).toBe('soon');
  });
});

describe('reasons', () => {
  test('become sentences, several of them too, and unknown names stay readable', () => {
    expect(reasonSentence('en', 'recovered, level-contradicts-state')).toBe(
      'The source reports recovery. The level says otherwise than the state; the state counts.',
    );
    expect(reasonSentence('zh-CN', 'retry')).toContain('重发');
    expect(reasonSentence('en', 'something-from-tomorrow')).toBe('something-from-tomorrow');
    expect(reasonSentence('en', 'constructor')).toBe('constructor');
  });
});
