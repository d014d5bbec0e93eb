import Type, { type Static } from 'typebox';

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

/** Every setting: meaning, range and default in one place. At most 20, so that people find them. */
export const Settings = Type.Object({
  port: Type.Integer({
    minimum: 0,
    maximum: 65535,
    default: 9797,
    description: 'webhook listener on 127.0.0.1; 0 picks a free port; applies at the next start',
  }),
  language: Type.Union([Type.Literal('system'), Type.Literal('en'), Type.Literal('zh-CN')], {
    default: 'system',
  }),
  theme: Type.Union([Type.Literal('system'), Type.Literal('light'), Type.Literal('dark')], {
    default: 'system',
  }),
  forwardedHeader: ForwardedHeader,
});
export type Settings = Readonly<Static<typeof Settings>>;

export const defaultSettings: Settings = {
  port: 9797,
  language: 'system',
  theme: 'system',
  forwardedHeader: 'none',
};

/** What `updateSettings` takes. */
export const SettingsChanges = Type.Partial(Settings, { additionalProperties: false });
export type SettingsChanges = Readonly<Static<typeof SettingsChanges>>;
