import type { AlertId } from '../../shared/alert.ts';

/** What a person can ask of the tray menu; carried out in traying.ts. */
export type TrayAction =
  | { readonly kind: 'show-window' }
  | { readonly kind: 'show-alert'; readonly id: AlertId }
  | { readonly kind: 'acknowledge'; readonly ids: readonly AlertId[] }
  | { readonly kind: 'copy-webhook-url' }
  | { readonly kind: 'send-test-alert' }
  | { readonly kind: 'quiet-minutes'; readonly minutes: 30 | 120 }
  | { readonly kind: 'quiet-until-morning' }
  | { readonly kind: 'end-quiet' }
  /** `until` null: until it is switched off. */
  | { readonly kind: 'on-call'; readonly until: 'eight-hours' | 'morning' | null }
  | { readonly kind: 'end-on-call' }
  | { readonly kind: 'show-screen'; readonly screen: 'settings' }
  | { readonly kind: 'quit' };

export type TrayMenuItem =
  | { readonly type: 'separator' }
  | { readonly type: 'line'; readonly label: string }
  | {
      readonly type: 'action';
      readonly label: string;
      readonly action: TrayAction;
      readonly enabled: boolean;
    }
  | { readonly type: 'submenu'; readonly label: string; readonly items: readonly TrayMenuItem[] };

/** Which drawing: shapes differ, so that colour is never needed to tell them apart. */
export type TrayIcon =
  | 'quiet'
  | 'firing-critical'
  | 'firing-medium'
  | 'acknowledged'
  | 'snoozed'
  | 'deaf'
  | 'deaf-firing';

/** Everything the icon says, as data. */
export interface TrayFace {
  readonly icon: TrayIcon;
  /** Unacknowledged alerts of critical and medium priority. */
  readonly count: number;
  readonly tooltip: string;
  readonly menu: readonly TrayMenuItem[];
}

/** Draws faces. Implemented with Electron in tray.ts, recorded in tests. */
export interface TrayView {
  /** `look` is asked when it is time to draw, so that a storm costs a few looks and not one per change. */
  render(look: () => TrayFace): void;
}
