// Which desktop service shows our toasts, and Electron's own notifications where there is no better one.
import { existsSync } from 'node:fs';
import { Notification } from 'electron';
import { createFreedesktopPresenter } from './freedesktop-notifier.ts';
import { createNativePresenter } from './native-presenter.ts';
import type { Presenter } from './presenter.ts';
import { sessionBusAddress } from './session-bus.ts';
import { toastFile } from './toast-file.ts';

export interface PresenterOptions {
  /** Electron shows notifications from then on. */
  readonly ready: Promise<void>;
  /** Remembers the toasts that are up, for the process that comes after a crash of this one. */
  readonly memoryFile: string;
  /** Hears about a memory that cannot be written. */
  readonly onTrouble: (what: string, error: unknown) => void;
}

/** Linux: the desktop's notification service over D-Bus, which has buttons; else, and elsewhere, Electron's. */
export function choosePresenter({ ready, memoryFile, onTrouble }: PresenterOptions): Presenter {
  const address = process.platform === 'linux' ? sessionBusAddress(process.env, existsSync) : null;
  if (address === null) return electronPresenter(ready);
  return createFreedesktopPresenter({
    address,
    appName: 'Tocsin',
    desktopEntry: 'app.tocsin.Tocsin',
    memory: toastFile(memoryFile, onTrouble),
  });
}

function electronPresenter(ready: Promise<void>): Presenter {
  const { platform } = process;
  return createNativePresenter({
    ready,
    isSupported: () => Notification.isSupported(),
    create: (options) => new Notification({ ...options, actions: [...options.actions] }),
    // Electron 33 has no such method, whatever the typings of 45 say.
    remove: platform === 'darwin' && 'remove' in Notification ? (id) => Notification.remove(id) : null,
    // Buttons: macOS always had them, Windows since Electron 40, Linux never.
    hasActions:
      platform === 'darwin' || (platform === 'win32' && Number.parseInt(process.versions.electron, 10) >= 40),
  });
}
