// What app.ts needs from the world around it. index.ts gives it a desktop, headless.ts gives it none, tests give fakes.
import type { AlertId } from '../shared/alert.ts';
import type { Push } from '../shared/bridge.ts';
import type { DesktopFacts, StartAtLogin } from '../shared/desktop-facts.ts';
import type { PowerFacts } from '../shared/on-call.ts';
import type { SoundName, SoundOutcome } from '../shared/sound.ts';
import type { BridgeHandlers } from './window/bridge-call.ts';
import type { Keyring } from './settings/tunnel-secret.ts';
import type { Presenter } from './notifications/presenter.ts';
import type { TrayAction, TrayView } from './tray/tray-view.ts';

/** A desktop: everything that only Electron can do. */
export interface Desktop {
  readonly presenter: Presenter;
  readonly tray: TrayView;
  /** Sends to the window if there is one; a window asks `watch` when it is ready, so nothing is queued. */
  readonly push: (push: Push) => void;
  /** Opens or focuses the window, on an alert when one is named. */
  readonly showWindow: (alertId: AlertId | null) => void;
  /** Opens or focuses the window, on the list of what is open. */
  readonly showList: () => void;
  /** Opens or focuses the window, on another screen. */
  readonly showScreen: (screen: 'coverage' | 'way-in' | 'settings') => void;
  /** Plays one of our sounds; `volume` in percent. May never settle. */
  readonly playSound: (name: SoundName, volume: number) => Promise<SoundOutcome>;
  /** Calls back when the computer is about to sleep. Systems forget to tell. */
  readonly onSleep: (listener: () => void) => void;
  /** Calls back when the computer has woken from sleep. */
  readonly onWake: (listener: () => void) => void;
  /**
   * True when a person is at the window and would see one more row there (the focus rule of the priority table). Each
   * yes uses one up, until the page tells again how many are free.
   */
  readonly takeVisibleRow: () => boolean;
  /** What the page says of itself: how many new rows would be seen without a scroll or a click? */
  readonly noteFreeRows: (freeRows: number) => void;
  /** Calls back when the computer is about to go off. */
  readonly onShutdown: (listener: () => void) => void;
  /** What the computer runs on. Rejects nothing. */
  readonly power: () => Promise<PowerFacts>;
  /** True: the computer does not go to sleep by itself. */
  readonly keepAwake: (on: boolean) => void;
  /** The desktop as it is right now. */
  readonly facts: () => Promise<DesktopFacts>;
  /** Answers with what the system says afterwards. Throws what it refuses with. */
  readonly setStartAtLogin: (on: boolean) => StartAtLogin;
  /** Keeps the secrets of tunnels. */
  readonly keyring: Keyring;
  /** Keys that show the window from anywhere; empty: none. False: the system does not give them, and nothing has changed. */
  readonly setShortcut: (keys: string) => boolean;
  readonly copyText: (text: string) => Promise<void>;
  /** Opens an https link in the browser. */
  readonly openLink: (url: string) => Promise<void>;
  readonly quit: () => void;
}

export interface AppOptions {
  /** Holds the store, the control socket, secrets and logs; created when missing. */
  readonly dataDir: string;
  readonly version: string;
  /** Overrides the port of the settings; null follows them. */
  readonly port: number | null;
  /** BCP 47, for `language: system`. */
  readonly locale: () => string;
  /** Null: headless. */
  readonly desktop: Desktop | null;
  /** pino-style JSON lines; null is silent. Nothing secret ever reaches it. */
  readonly log: (line: string) => void;
}

/** The running app. */
export interface App {
  readonly handlers: BridgeHandlers;
  readonly webhookUrl: string;
  readonly controlSocket: string;
  /** What the first start prints: the newest CloudMonitor source's URL and a curl line to try, or null without a source. */
  readonly tryIt: () => { readonly url: string; readonly curl: string } | null;
  readonly actOnTray: (action: TrayAction) => void;
  /** Rejects nothing; ends within a second. */
  readonly stop: () => Promise<void>;
}

/** A start that cannot go on, with one sentence for the person. */
export class StartFailure extends Error {
  /** `data-folder-in-use` | `data-folder-unusable` | `port-taken` | `store-newer` | `store-damaged`. */
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = 'StartFailure';
    this.code = code;
  }
}
