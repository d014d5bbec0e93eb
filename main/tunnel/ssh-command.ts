// What ssh is told and what its words mean. Pure.
import type { TunnelPlan } from '../../shared/tunnel.ts';
import { detailOf } from './plain-line.ts';
import type { TunnelTrouble } from './provider.ts';

export type SshPlan = Extract<TunnelPlan, { kind: 'ssh' }>;

/** The pinned key is filed under this name, so that no spelling of the host matters. */
export const hostAlias = 'tocsin-tunnel';

export interface SshFacts {
  /** Ours on 127.0.0.1. */
  readonly port: number;
  /** A file of our own with the keys of hosts. */
  readonly knownHosts: string;
  /** How often the far end must answer; two misses end the connection. */
  readonly aliveSeconds: number;
}

/**
 * To a host of the user. Nothing of `~/.ssh/config` counts (`-F none`): it could add forwards, commands and jump hosts that
 * nobody sees in the plan, and a host behind a jump host could not be asked for its key. Keys and the agent count as usual.
 */
export function ownHostArguments(plan: SshPlan & { readonly host: string }, facts: SshFacts): string[] {
  const told = {
    ...alwaysTold(facts),
    StrictHostKeyChecking: 'yes',
    HostKeyAlias: hostAlias,
    // Only at this level does ssh say that the far end listens.
    LogLevel: 'DEBUG1',
    Port: plan.port,
    ...(plan.user === null ? {} : { User: plan.user }),
    ...(plan.identityFile === null ? {} : { IdentitiesOnly: 'yes' }),
  };
  const forward = `${bindAddress(plan)}:${plan.remotePort}:127.0.0.1:${facts.port}`;
  const key = plan.identityFile === null ? [] : ['-i', plan.identityFile];
  return ['-NT', ...asArguments(told), ...key, '-R', forward, '--', plan.host];
}

/** To a service without accounts, which prints the address. None of the user's keys is shown to it. */
export function publicServiceArguments(
  service: { readonly user: string; readonly host: string; readonly port: number },
  facts: SshFacts,
): string[] {
  const told = {
    ...alwaysTold(facts),
    // The key that is seen first counts, until a person chooses this way in again.
    StrictHostKeyChecking: 'accept-new',
    IdentitiesOnly: 'yes',
    IdentityFile: 'none',
    IdentityAgent: 'none',
    User: service.user,
    Port: service.port,
  };
  return ['-T', ...asArguments(told), '-R', `80:127.0.0.1:${facts.port}`, '--', service.host];
}

type SshOptions = Readonly<Record<string, string | number>>;

function alwaysTold({ knownHosts, aliveSeconds }: SshFacts): SshOptions {
  return {
    BatchMode: 'yes',
    ExitOnForwardFailure: 'yes',
    ServerAliveInterval: aliveSeconds,
    ServerAliveCountMax: 2,
    ConnectTimeout: 10,
    UserKnownHostsFile: quoted(knownHosts),
    GlobalKnownHostsFile: '/dev/null',
    // Else the host could add keys of its own choice.
    UpdateHostKeys: 'no',
    CheckHostIP: 'no',
    ControlMaster: 'no',
    ControlPath: 'none',
  };
}

function asArguments(told: SshOptions): string[] {
  return ['-F', 'none', ...Object.entries(told).flatMap(([name, value]) => ['-o', `${name}=${value}`])];
}

/** ssh takes the value apart at blanks and replaces what follows a percent sign. */
function quoted(file: string): string {
  return `"${file.replace(/[\\"]/g, '\\$&').replaceAll('%', '%%')}"`;
}

/**
 * Everybody may come in where the port itself is the public address; else only what runs on that host, a proxy with TLS.
 * One address and no name: of `localhost` or `*` sshd takes what it can get, and is content with IPv6 when another program
 * has that port of 127.0.0.1.
 */
function bindAddress(plan: SshPlan & { readonly host: string }): string {
  if (!isBarePort(plan)) return '127.0.0.1';
  return plan.host.includes(':') ? '[::]' : '0.0.0.0';
}

/** Whether senders call the far port of ssh itself: no proxy stands before it, so nobody there names them. */
export function isBarePort(plan: TunnelPlan): boolean {
  if (plan.kind !== 'ssh' || plan.service !== 'own-host') return false;
  if (plan.publicUrl === null) return true;
  if (!URL.canParse(plan.publicUrl)) return false;
  const { port, protocol } = new URL(plan.publicUrl);
  // `URL` leaves out the usual port, also where a person has written it. Whoever serves https is a proxy, not our port.
  return (port === '' && protocol === 'http:' ? 80 : Number(port)) === plan.remotePort;
}

/** The address that a plan for an own host leads to. */
export function ownHostUrl({ publicUrl, host, remotePort }: SshPlan & { readonly host: string }): string {
  return publicUrl ?? `http://${host.includes(':') ? `[${host}]` : host}:${remotePort}`;
}

/** One line of the file of known hosts, under our alias. */
export function knownHost(hostKey: string): string {
  return `${hostAlias} ${hostKey}\n`;
}

/** What ssh prints when the far end listens. */
export function saysListening(line: string): boolean {
  return line.startsWith(`${debugMark}remote forward success for: listen `);
}

/** Says how it goes, not what is wrong. */
export function isDebug(line: string): boolean {
  return line.startsWith(debugMark);
}
const debugMark = 'debug1: ';

/**
 * The address in a line of the public service, or null: the host, then how it is served, then the address of that same
 * host. Links to its own pages look otherwise.
 */
export function announcedUrl(line: string): string | null {
  const found = /^(\S+) tunneled with tls termination, (https:\/\/\S+)$/.exec(line);
  const [, host = '', url = ''] = found ?? [];
  return /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(host) && url === `https://${host}` ? url : null;
}

/** First match wins, over all lines. */
const reasons: readonly (readonly [RegExp, TunnelTrouble['code'], { readonly retry: boolean }])[] = [
  [
    /host key verification failed|identification has changed|no .+ host key is known/i,
    'host-key-changed',
    { retry: false },
  ],
  // Trying on would get us locked out by whatever counts failed logins.
  [/permission denied|too many authentication failures/i, 'login-refused', { retry: false }],
  [/remote port forwarding failed/i, 'port-refused', { retry: true }],
  [
    /could not resolve|connection refused|timed out|no route to host|network is unreachable|connection reset|kex_exchange_identification|banner exchange|connection closed/i,
    'host-unreachable',
    { retry: true },
  ],
];
/** Says why a key was not even tried. */
const keyTrouble = /identity file .+ not accessible|unprotected private key|load key /i;

/** Why ssh ended, from what it said, `isDebug` left out. */
export function sshTrouble(said: readonly string[], wasUp: boolean): TunnelTrouble {
  const last = detailOf(said.at(-1) ?? '', []);
  if (wasUp) return { code: 'lost', detail: last, retry: true };
  for (const [pattern, code, { retry }] of reasons) {
    const line = said.find((text) => pattern.test(text));
    if (line === undefined) continue;
    const about = code === 'login-refused' ? said.find((text) => keyTrouble.test(text)) : undefined;
    return { code, detail: detailOf(about === undefined ? line : `${line}; ${about}`, []), retry };
  }
  return { code: 'failed', detail: last, retry: true };
}
