import { describe, expect, test } from 'vitest';
import { commandFor, type KeyPress } from '../../../renderer/controls/shortcuts.ts';

const press = (key: string, changes: Partial<KeyPress> = {}): ReturnType<typeof commandFor> =>
  commandFor({ key, shift: false, ctrlOrMeta: false, alt: false, focus: 'row', ...changes });

describe('keys', () => {
  test.each([
    ['j', 'down'],
    ['k', 'up'],
    ['a', 'acknowledge'],
    ['s', 'snooze'],
    ['e', 'resolve'],
    ['n', 'note'],
    ['c', 'copy'],
    ['o', 'open-link'],
    ['/', 'search'],
    ['1', 'only-critical'],
    ['2', 'only-medium'],
    ['3', 'only-low'],
    ['Enter', 'open'],
    [' ', 'select'],
    ['Escape', 'escape'],
  ])('%s means %s', (key, command) => {
    expect(press(key)).toBe(command);
  });

  test('Shift+A acts on the selection, ? needs the Shift that some keyboards want', () => {
    expect(press('A', { shift: true })).toBe('acknowledge-selected');
    expect(press('?', { shift: true })).toBe('help');
  });

  test('while typing only Escape is heard', () => {
    for (const key of ['a', 'j', '/', '1', 'Enter', ' ']) expect(press(key, { focus: 'field' })).toBeNull();
    expect(press('Escape', { focus: 'field' })).toBe('escape');
  });

  test('an open menu keeps all keys, Escape too', () => {
    for (const key of ['a', 'Escape', 'Enter']) expect(press(key, { focus: 'menu' })).toBeNull();
  });

  test('Enter and Space on a button press the button', () => {
    expect(press('Enter', { focus: 'button' })).toBeNull();
    expect(press(' ', { focus: 'button' })).toBeNull();
    expect(press('a', { focus: 'button' })).toBe('acknowledge');
  });

  test('the system keeps its combinations; Ctrl+Z undoes', () => {
    expect(press('c', { ctrlOrMeta: true })).toBeNull();
    expect(press('a', { ctrlOrMeta: true })).toBeNull();
    expect(press('a', { alt: true })).toBeNull();
    expect(press('z', { ctrlOrMeta: true })).toBe('undo');
  });

  test('arrows enter the list from nowhere and are the list’s own inside it', () => {
    expect(press('ArrowDown', { focus: 'elsewhere' })).toBe('down');
    expect(press('ArrowDown')).toBeNull();
  });
});
