import Type, { type Static } from 'typebox';

/**
 * Whether Tocsin starts when the person logs in, as the system says, not as we once asked. `elsewhere`: another copy does.
 * `needs-approval`: the system waits for the person's consent. `sandboxed` and `not-installed`: cannot be had, and why.
 */
export const StartAtLogin = Type.Object({
  state: Type.Union([
    Type.Literal('on'),
    Type.Literal('off'),
    Type.Literal('elsewhere'),
    Type.Literal('needs-approval'),
    Type.Literal('sandboxed'),
    Type.Literal('not-installed'),
  ]),
  program: Type.Union([
    Type.Null(),
    Type.String({ description: 'with `elsewhere`: what is started instead of this copy' }),
  ]),
});
export type StartAtLogin = Readonly<Static<typeof StartAtLogin>>;

/** What can be known of the desktop that Tocsin runs on. */
export const DesktopFacts = Type.Object({
  platform: Type.Union([Type.Literal('linux'), Type.Literal('macos'), Type.Literal('windows')]),
  system: Type.String({ description: 'name and version of the operating system' }),
  session: Type.String({
    description: 'desktop and display protocol, such as `GNOME wayland`; empty: unknown',
  }),
  trayHost: Type.Union([Type.Literal('present'), Type.Literal('missing'), Type.Literal('unknown')]),
  notificationServer: Type.Union([
    Type.Null(),
    Type.String({
      description: 'Linux: name and version of who shows notifications; null: nobody, or not asked',
    }),
  ]),
  notificationCapabilities: Type.Array(Type.String()),
  startAtLogin: StartAtLogin,
  versions: Type.Object({ electron: Type.String(), chromium: Type.String(), node: Type.String() }),
});
export type DesktopFacts = Readonly<Static<typeof DesktopFacts>>;
