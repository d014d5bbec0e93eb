import { describe, expect, test } from 'vitest';
import {
  parseToastMemory,
  type ToastMemory,
  toastMemoryText,
  ToastNumbers,
} from '../../../main/notifications/toast-numbers.ts';

const daemon = { bus: 'f00d', name: ':1.9' };

/** Holds the text that the file would hold. */
function keeper(text: string | null = null) {
  const state = { text, writes: 0 };
  return {
    state,
    read: () => (state.text === null ? null : parseToastMemory(state.text)),
    write: (memory: ToastMemory | null) => {
      state.writes += 1;
      state.text = memory === null ? null : toastMemoryText(memory);
    },
  };
}

describe('numbers', () => {
  test('meeting the daemon that gave them keeps them, meeting another one forgets them', () => {
    const kept = keeper();
    const first = new ToastNumbers(kept);
    first.meet(daemon);
    first.add('A1', 5);
    const second = new ToastNumbers(kept);
    second.meet({ ...daemon });
    expect(second.numberOf('A1')).toBe(5);
    expect(second.toastOf(5)).toBe('A1');
    second.meet({ ...daemon, name: ':1.10' });
    expect(second.numberOf('A1')).toBeNull();
    expect(second.toastOf(5)).toBeNull();
    expect(kept.state.text).toBeNull();
  });

  test('those of toasts that are about no single alert outlive a crash as well', () => {
    const kept = keeper();
    const first = new ToastNumbers(kept);
    first.meet(daemon);
    first.add('summary', 5);
    first.add('hearing', 6);
    expect(new ToastNumbers(kept).toastIds()).toEqual(['summary', 'hearing']);
  });

  test('meeting another daemon tells that toasts are lost, once and only when there were any', () => {
    const numbers = new ToastNumbers(keeper());
    expect(numbers.meet(daemon)).toBe(false);
    numbers.add('A1', 5);
    expect(numbers.meet(daemon)).toBe(false);
    expect(numbers.meet(null)).toBe(true);
    expect(numbers.meet({ ...daemon, name: ':1.10' })).toBe(false);
  });

  test('on a bus that does not say which one it is, nothing is remembered', () => {
    const kept = keeper();
    const numbers = new ToastNumbers(kept);
    numbers.meet({ bus: null, name: ':1.9' });
    numbers.add('A1', 5);
    expect(numbers.numberOf('A1')).toBe(5);
    expect(kept.state.text).toBeNull();
    numbers.meet({ bus: null, name: ':1.9' });
    expect(numbers.numberOf('A1')).toBeNull();
  });

  test('a number that the daemon gave again belongs to the newer toast alone', () => {
    const numbers = new ToastNumbers(keeper());
    numbers.meet(daemon);
    numbers.add('A1', 5);
    numbers.add('A2', 5);
    expect(numbers.numberOf('A1')).toBeNull();
    expect(numbers.toastOf(5)).toBe('A2');
  });

  test('an old toast that has closed does not take the newer one with it', () => {
    const numbers = new ToastNumbers(keeper());
    numbers.meet(daemon);
    numbers.add('A1', 5);
    numbers.add('A1', 6);
    numbers.remove('A1', 5);
    expect(numbers.numberOf('A1')).toBe(6);
    expect(numbers.toastIds()).toEqual(['A1']);
  });

  test('a thousand closings in one moment are one write', async () => {
    const kept = keeper();
    const numbers = new ToastNumbers(kept);
    numbers.meet(daemon);
    for (let at = 1; at <= 1000; at += 1) numbers.add(`A${at}`, at);
    const before = kept.state.writes;
    for (let at = 1; at <= 1000; at += 1) numbers.remove(`A${at}`, at);
    await new Promise((resolve) => setImmediate(resolve));
    expect(kept.state).toEqual({ text: null, writes: before + 1 });
  });
});

test('what was written is read', () => {
  const memory: ToastMemory = {
    daemon,
    numbers: new Map([
      ['A1', 1],
      ['A20', 0xffff_ffff],
    ]),
  };
  expect(parseToastMemory(toastMemoryText(memory))).toEqual(memory);
});
