import { Menu, type MenuItemConstructorOptions } from 'electron';

/**
 * The application menu: visible on macOS, where every app has one; elsewhere the window hides it and only its keys work
 * (copy, paste, zoom, close, and quit: without a tray host there is no other way to quit).
 */
export function setAppMenu(platform: NodeJS.Platform): void {
  const mac = platform === 'darwin';
  const own: MenuItemConstructorOptions = mac
    ? { role: 'appMenu' }
    : { label: 'Tocsin', submenu: [{ role: 'close' }, { role: 'quit', accelerator: 'CmdOrCtrl+Q' }] };
  const view: MenuItemConstructorOptions = {
    role: 'viewMenu',
    submenu: [{ role: 'resetZoom' }, { role: 'zoomIn' }, { role: 'zoomOut' }],
  };
  const edit: MenuItemConstructorOptions = { role: 'editMenu' };
  Menu.setApplicationMenu(
    Menu.buildFromTemplate(mac ? [own, edit, view, { role: 'windowMenu' }] : [own, edit, view]),
  );
}
