import { Value } from 'typebox/value';
import { expect, test } from 'vitest';
import { type PressedKeys, shortcutOf } from '../../../renderer/settings/shortcut-keys.ts';
import { SettingsChanges } from '../../../shared/settings.ts';

const pressed = (code: string, held: Partial<PressedKeys> = {}): PressedKeys => ({
  code,
  ctrl: false,
  alt: false,
  shift: false,
  meta: false,
  ...held,
});

test('modifiers and a key make a shortcut that the settings take', () => {
  const made = [
    shortcutOf(pressed('KeyT', { ctrl: true, alt: true }), false),
    shortcutOf(pressed('Digit7', { meta: true, shift: true }), false),
    shortcutOf(pressed('Space', { meta: true }), true),
    shortcutOf(pressed('F12', { alt: true }), false),
    shortcutOf(pressed('ArrowUp', { ctrl: true }), false),
  ];
  expect(made).toEqual(['Control+Alt+T', 'Shift+Super+7', 'Command+Space', 'Alt+F12', 'Control+Up']);
  for (const shortcut of [...made, '']) expect(Value.Check(SettingsChanges, { shortcut })).toBe(true);
});

test('modifiers alone, Shift with a letter, and keys without a name make none', () => {
  for (const press of [
    pressed('ControlLeft', { ctrl: true }),
    pressed('KeyA'),
    pressed('KeyA', { shift: true }),
    pressed('Escape', { ctrl: true }),
    pressed('Comma', { ctrl: true }),
  ]) {
    expect(shortcutOf(press, false)).toBeNull();
  }
});

test('the settings take nothing that is no shortcut', () => {
  for (const shortcut of ['A', 'Shift', 'Control+', 'Control+Alt', 'Hyper+A', 'Control+A; rm', '+A']) {
    expect(Value.Check(SettingsChanges, { shortcut }), shortcut).toBe(false);
  }
});
