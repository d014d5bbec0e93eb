// How monitors reach this computer: what a person chose, how it goes, and whether it was proven.
import Type, { type Static } from 'typebox';

const Strict = { additionalProperties: false } as const;
const Text = (maxLength: number) => Type.String({ minLength: 1, maxLength });
const Maybe = <Schema extends Type.TSchema>(schema: Schema) => Type.Union([Type.Null(), schema]);

/** The window judges by the same patterns while a person types. */
export const planPatterns = {
  publicUrl: '^https?://[^\\s/?#@]+(/[^\\s?#]*)?$',
  host: '^[A-Za-z0-9_]([A-Za-z0-9._:-]*[A-Za-z0-9_])?$',
  user: '^[A-Za-z0-9_][A-Za-z0-9._-]*$',
} as const;

/** `https://host[:port][/path]` without a slash at the end; `http://` is for loopback and private networks. */
export const PublicUrl = Type.String({ maxLength: 300, pattern: planPatterns.publicUrl });
/** A host name or address that cannot be taken for an option of a command line. */
const Host = Type.String({ maxLength: 253, pattern: planPatterns.host });
const User = Type.String({ maxLength: 64, pattern: planPatterns.user });
const Port = Type.Integer({ minimum: 1, maximum: 65_535 });

/** What a person chose. Its secret (authtoken, tunnel token) is handed over beside it and never comes back. */
export const TunnelPlan = Type.Union([
  Type.Object({ kind: Type.Literal('none', { description: 'only programs on this computer call' }) }, Strict),
  Type.Object(
    { kind: Type.Literal('ngrok'), domain: Maybe(Host) },
    { ...Strict, description: 'by its library; the secret is the authtoken' },
  ),
  Type.Object(
    {
      kind: Type.Literal('ssh', { description: "ssh -R by the system's OpenSSH" }),
      service: Type.Union([Type.Literal('own-host'), Type.Literal('localhost.run')]),
      user: Maybe(User),
      host: Maybe(Host),
      port: Port,
      identityFile: Maybe(Text(1000)),
      hostKey: Maybe(
        Type.String({
          maxLength: 2000,
          pattern: '^(ssh|ecdsa|sk)-[a-z0-9@.-]+ [A-Za-z0-9+/=]+$',
          description: 'type and key; any other key of that host is refused',
        }),
      ),
      remotePort: Port,
      publicUrl: Maybe(PublicUrl),
    },
    Strict,
  ),
  Type.Object(
    {
      kind: Type.Literal('cloudflared'),
      mode: Type.Union([Type.Literal('named'), Type.Literal('quick')]),
      publicUrl: Maybe(PublicUrl),
    },
    { ...Strict, description: 'by its installed program; the secret of `named` is the tunnel token' },
  ),
  Type.Object(
    { kind: Type.Literal('own-address'), publicUrl: PublicUrl },
    { ...Strict, description: 'a reverse proxy, tailscale funnel or anything else that the user runs' },
  ),
]);
export type TunnelPlan = Readonly<Static<typeof TunnelPlan>>;
export type TunnelKind = TunnelPlan['kind'];

/** Why a tunnel is not up; sentence and remedy are in `text/tunnel-text.ts`. */
export const TunnelTroubleCode = Type.Union([
  Type.Literal('program-missing', { description: 'ssh or cloudflared is not installed' }),
  Type.Literal('secret-missing'),
  Type.Literal('secret-unreadable', { description: 'the keyring does not give it out' }),
  Type.Literal('login-refused', { description: 'token or key not accepted' }),
  Type.Literal('host-key-changed', { description: 'not the pinned one' }),
  Type.Literal('host-key-missing', { description: 'own host without a pinned key' }),
  Type.Literal('host-unreachable'),
  Type.Literal('port-refused', { description: 'the far end does not forward that port' }),
  Type.Literal('address-in-use', { description: 'the domain is served by another agent' }),
  Type.Literal('no-address', { description: 'it runs but never said its public address' }),
  Type.Literal('lost', { description: 'it was up and ended or stopped answering' }),
  Type.Literal('failed', { description: 'for another reason; the detail says which' }),
]);
export type TunnelTroubleCode = Static<typeof TunnelTroubleCode>;

/** What a call to our own public address found. */
export const ProbeFinding = Type.Union([
  Type.Literal('reached', { description: 'we recognised ourselves' }),
  Type.Literal('wrong-answer', { description: "somebody else's page" }),
  Type.Literal('timeout'),
  Type.Literal('refused', { description: 'connection refused or cut off' }),
  Type.Literal('name-unknown', { description: 'DNS does not know the host' }),
  Type.Literal('certificate', { description: 'TLS does not trust it' }),
  Type.Literal('no-network', { description: 'this computer has none' }),
  Type.Literal('listener-silent', { description: 'not even the local address answers' }),
]);
export type ProbeFinding = Static<typeof ProbeFinding>;

export const Proof = Type.Object({
  reachedAt: Maybe(Type.Integer({ description: 'newest call that came back, epoch ms' })),
  roundTripMs: Maybe(Type.Number()),
  misses: Type.Integer({ description: 'calls in a row that did not; deaf from the third on' }),
  finding: Maybe(ProbeFinding),
  detail: Maybe(Type.String({ description: 'of the newest miss, in the words of the network' })),
  nextAt: Maybe(Type.Integer()),
});
export type Proof = Readonly<Static<typeof Proof>>;

/** The way in as it is right now. */
export const TunnelStatus = Type.Object({
  kind: Type.Union([
    Type.Literal('ngrok'),
    Type.Literal('ssh'),
    Type.Literal('cloudflared'),
    Type.Literal('own-address'),
  ]),
  state: Type.Union([Type.Literal('starting'), Type.Literal('up'), Type.Literal('down')]),
  publicUrl: Maybe(Type.String()),
  since: Type.Integer({ description: 'of the state' }),
  trouble: Maybe(
    Type.Object({
      code: TunnelTroubleCode,
      detail: Maybe(Type.String({ description: 'what the program or service said, secrets removed' })),
    }),
  ),
  nextTryAt: Maybe(Type.Integer({ description: 'while down' })),
  proof: Proof,
  /** Addresses before this one, until the person says that the new one is pasted everywhere. */
  formerUrls: Type.Array(Type.Object({ url: Type.String(), until: Type.Integer() })),
});
export type TunnelStatus = Readonly<Static<typeof TunnelStatus>>;

/** Plan, state, and what this computer has. */
export const TunnelView = Type.Object({
  plan: TunnelPlan,
  secret: Type.Union(
    [
      Type.Literal('none', { description: 'none is kept' }),
      Type.Literal('keyring', { description: 'encrypted with a key that the system keeps' }),
      Type.Literal('file', { description: 'readable by this user only: there is no keyring' }),
    ],
    { description: 'how the secret of the plan is kept' },
  ),
  programs: Type.Object(
    { ssh: Maybe(Type.String()), cloudflared: Maybe(Type.String()) },
    {
      description: 'version, or null when it is not installed',
    },
  ),
  status: Maybe(TunnelStatus),
});
export type TunnelView = Readonly<Static<typeof TunnelView>>;

/** `secret`: a new one, null to forget it, absent to keep what is there. */
export const SetTunnel = Type.Object({ plan: TunnelPlan, secret: Type.Optional(Maybe(Text(4000))) }, Strict);
export type SetTunnel = Readonly<Static<typeof SetTunnel>>;

export const AskHostKeys = Type.Object({ host: Host, port: Port }, Strict);
/** What a host shows, for a person to compare before it is pinned. */
export const HostKeys = Type.Array(
  Type.Object({ hostKey: Type.String(), fingerprint: Type.String({ description: 'SHA256:...' }) }),
);
export type HostKeys = Readonly<Static<typeof HostKeys>>;
