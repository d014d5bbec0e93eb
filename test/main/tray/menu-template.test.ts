import { expect, test } from 'vitest';
import { menuTemplate } from '../../../main/tray/menu-template.ts';
import type { TrayAction, TrayMenuItem } from '../../../main/tray/tray-view.ts';

const menu: readonly TrayMenuItem[] = [
  { type: 'line', label: 'All quiet' },
  { type: 'separator' },
  {
    type: 'submenu',
    label: 'Critical · R&D disk_usage',
    items: [{ type: 'action', label: 'Show', action: { kind: 'show-alert', id: 'A3' }, enabled: true }],
  },
  { type: 'action', label: 'Copy webhook URL', action: { kind: 'copy-webhook-url' }, enabled: false },
];

test('a face becomes a menu whose labels read as written', () => {
  expect(menuTemplate(menu, () => undefined)).toMatchObject([
    { type: 'normal', label: 'All quiet', enabled: false },
    { type: 'separator' },
    {
      type: 'submenu',
      label: 'Critical · R&&D disk_usage',
      submenu: [{ type: 'normal', label: 'Show', enabled: true }],
    },
    { type: 'normal', label: 'Copy webhook URL', enabled: false },
  ]);
});

test('choosing an entry hands over its action', () => {
  const chosen: TrayAction[] = [];
  const template = menuTemplate(menu, (action) => chosen.push(action));
  template[2]?.submenu?.[0]?.click?.();
  expect(chosen).toEqual([{ kind: 'show-alert', id: 'A3' }]);
});
