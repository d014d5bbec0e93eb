import Type, { type Static } from 'typebox';

/** Hour and minute of the day by the clock of this computer. */
const TimeOfDay = Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$' });
/** Which header of the way in names the sender. */
const ForwardedHeader = Type.Union(
  [
    Type.Literal('none'),
    Type.Literal('x-forwarded-for'),
    Type.Literal('x-real-ip'),
    Type.Literal('cf-connecting-ip'),
  ],
  {
    default: 'none',
    description:
      'the header in which your tunnel or proxy names the sender; only this one is believed, and only what the nearest proxy wrote',
  },
);
export type ForwardedHeader = Static<typeof ForwardedHeader>;

/** As Electron writes keys: one or more modifiers and one more key. */
const Shortcut = Type.String({
  pattern:
    '^$|^((Control|Alt|Shift|Super|Command)\\+)+([A-Z0-9]|F([1-9]|1[0-9]|2[0-4])|Space|Up|Down|Left|Right)$',
  maxLength: 60,
  default: '',
  description: 'keys that show the window from wherever one is; empty: none',
});

/** Every setting: meaning, range and default in one place. At most 20, so that people find them. */
export const Settings = Type.Object({
  port: Type.Integer({
    minimum: 0,
    maximum: 65535,
    default: 9797,
    description: 'webhook listener on 127.0.0.1; 0 picks a free port; it moves at once',
  }),
  language: Type.Union([Type.Literal('system'), Type.Literal('en'), Type.Literal('zh-CN')], {
    default: 'system',
  }),
  theme: Type.Union([Type.Literal('system'), Type.Literal('light'), Type.Literal('dark')], {
    default: 'system',
  }),
  quietHours: Type.Object(
    { enabled: Type.Boolean(), from: TimeOfDay, to: TimeOfDay },
    {
      additionalProperties: false,
      default: { enabled: false, from: '22:00', to: '07:00' },
      description: 'every day, over midnight where `to` is not after `from`; medium alerts wait for the end',
    },
  ),
  criticalInQuietHours: Type.Boolean({
    default: true,
    description: 'critical alerts are shown and sound also while it is quiet, by the clock or for now',
  }),
  reminderMinutes: Type.Integer({
    minimum: 0,
    maximum: 120,
    default: 5,
    description: 'between reminders of an open critical alert, twelve times, then hourly; 0: never',
  }),
  sounds: Type.Boolean({ default: true, description: 'false: neither Tocsin nor its toasts make a sound' }),
  volume: Type.Integer({ minimum: 0, maximum: 100, default: 70, description: 'percent; 0 is mute' }),
  hideDetailsInToasts: Type.Boolean({
    default: false,
    description: 'toasts say priority and number only, nothing that a sender wrote',
  }),
  undoSeconds: Type.Integer({
    minimum: 5,
    maximum: 60,
    default: 8,
    description: 'how long what was just done can be taken back by a click',
  }),
  keepAwake: Type.Boolean({
    default: true,
    description:
      'while on call and on mains the computer does not go to sleep by itself; its screen may turn off',
  }),
  outsideCheckUrl: Type.Union([Type.Null(), Type.String({ maxLength: 500, pattern: '^https://[^\\s]+$' })], {
    default: null,
    description:
      'called every minute while on call and hearing, so that somebody else notices when we are off',
  }),
  setupDone: Type.Boolean({
    default: false,
    description: 'no choice but a memory: the first run was walked to its end or left',
  }),
  forwardedHeader: ForwardedHeader,
  shortcut: Shortcut,
});
export type Settings = Readonly<Static<typeof Settings>>;

export const defaultSettings: Settings = {
  port: 9797,
  language: 'system',
  theme: 'system',
  quietHours: { enabled: false, from: '22:00', to: '07:00' },
  criticalInQuietHours: true,
  reminderMinutes: 5,
  sounds: true,
  volume: 70,
  hideDetailsInToasts: false,
  undoSeconds: 8,
  keepAwake: true,
  outsideCheckUrl: null,
  setupDone: false,
  forwardedHeader: 'none',
  shortcut: '',
};

/** What `updateSettings` takes. */
export const SettingsChanges = Type.Partial(Settings, { additionalProperties: false });
export type SettingsChanges = Readonly<Static<typeof SettingsChanges>>;
