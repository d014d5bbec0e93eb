import type { Desktop } from '../../main/app-parts.ts';
import { noKeyring } from '../../main/settings/tunnel-secret.ts';
import { RecordingPresenter } from './recording-presenter.ts';

/** A desktop that shows nothing and on which nobody does anything; a test gives the parts that it is about. */
export function fakeDesktop(more: Partial<Desktop> = {}): Desktop {
  return {
    presenter: new RecordingPresenter(),
    tray: { render: () => undefined },
    push: () => undefined,
    showWindow: () => undefined,
    showList: () => undefined,
    showScreen: () => undefined,
    onSleep: () => undefined,
    onShutdown: () => undefined,
    keyring: noKeyring,
    power: () => Promise.resolve({ supply: 'unknown', batteryPercent: null }),
    keepAwake: () => undefined,
    playSound: () => Promise.resolve('no-device'),
    onWake: () => undefined,
    facts: () => Promise.reject(new Error('not asked here')),
    setStartAtLogin: () => {
      throw new Error('not asked here');
    },
    setShortcut: () => true,
    takeVisibleRow: () => false,
    noteFreeRows: () => undefined,
    copyText: () => Promise.resolve(),
    openLink: () => Promise.resolve(),
    quit: () => undefined,
    ...more,
  };
}
