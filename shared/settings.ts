import Type, { type Static } from 'typebox';

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
});
export type Settings = Readonly<Static<typeof Settings>>;

export const defaultSettings: Settings = { port: 9797, language: 'system', theme: 'system' };

/** What `updateSettings` takes. */
export const SettingsChanges = Type.Partial(Settings, { additionalProperties: false });
export type SettingsChanges = Readonly<Static<typeof SettingsChanges>>;
