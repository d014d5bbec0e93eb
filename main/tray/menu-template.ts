// A tray menu in the shape of Electron's menu templates; plain data and functions, no Electron.
import type { TrayAction, TrayMenuItem } from './tray-view.ts';

/** The part of Electron's `MenuItemConstructorOptions` that we use. */
export interface MenuTemplateItem {
  readonly type: 'normal' | 'separator' | 'submenu';
  readonly label?: string;
  readonly enabled?: boolean;
  readonly click?: () => void;
  readonly submenu?: MenuTemplateItem[];
}

export function menuTemplate(
  items: readonly TrayMenuItem[],
  onAction: (action: TrayAction) => void,
): MenuTemplateItem[] {
  return items.map((item): MenuTemplateItem => {
    switch (item.type) {
      case 'separator':
        return { type: 'separator' };
      case 'line':
        return { type: 'normal', label: literal(item.label), enabled: false };
      case 'action':
        return {
          type: 'normal',
          label: literal(item.label),
          enabled: item.enabled,
          click: () => onAction(item.action),
        };
      case 'submenu':
        return { type: 'submenu', label: literal(item.label), submenu: menuTemplate(item.items, onAction) };
    }
  });
}

/** Electron takes `&` for the mark of an access key. Underscores, GTK's mark, it doubles itself. */
function literal(label: string): string {
  return label.replaceAll('&', '&&');
}
