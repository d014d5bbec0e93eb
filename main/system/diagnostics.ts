// What a person may paste into a bug report: everything that explains a silence, nothing that tells who they are or what
// their alerts say. Pure. Names and values only, in English, because whoever reads it looks for them.
import type { Delivery, SourceId } from '../../shared/alert.ts';
import type { Health } from '../../shared/bridge.ts';
import type { DesktopFacts } from '../../shared/desktop-facts.ts';
import { defaultSettings, type Settings } from '../../shared/settings.ts';
import type { Source } from '../../shared/source.ts';

export interface DiagnosticFacts {
  /** Epoch ms. */
  readonly at: number;
  readonly runningMs: number;
  readonly node: string;
  readonly health: Health;
  /** Null: headless. */
  readonly desktop: DesktopFacts | null;
  readonly sources: readonly Source[];
  /** Newest first. */
  readonly deliveries: readonly Delivery[];
  readonly settings: Settings;
}

/** How many deliveries are listed. */
export const deliveriesListed = 20;

/** One line for each fact. */
export function diagnosticsText(facts: DiagnosticFacts): string {
  const { at, health, desktop, deliveries } = facts;
  return [
    `Tocsin ${health.version} diagnostics, ${time(at)}`,
    `running: ${Math.round(facts.runningMs / 1000)} s`,
    '',
    '## System',
    ...(desktop === null ? ['desktop: none (headless)', `node: ${facts.node}`] : desktopLines(desktop)),
    '',
    '## Hearing',
    `hearing: ${health.hearing.state}`,
    `causes: ${list(health.hearing.causes.map(({ code }) => code))}`,
    `listener: 127.0.0.1:${health.listener.port}`,
    `tunnel: ${tunnelWords(health.tunnel)}`,
    `notifications: ${health.notifications.state}${health.notifications.since === null ? '' : ` since ${time(health.notifications.since)}`}`,
    ...(health.notifications.error === null
      ? []
      : [`notification error: ${masked(health.notifications.error)}`]),
    `quiet: ${health.quiet === null ? 'no' : `${health.quiet.reason} until ${time(health.quiet.until)}`}`,
    '',
    '## Counts',
    ...countLines(health.counts),
    '',
    '## Sources (names and addresses left out)',
    ...(facts.sources.length === 0 ? ['none'] : facts.sources.map(sourceLine)),
    '',
    `## Last ${deliveriesListed} deliveries (bodies left out)`,
    ...(deliveries.length === 0
      ? ['none']
      : deliveries.slice(0, deliveriesListed).map((delivery) => deliveryLine(delivery, facts.sources))),
    '',
    '## Settings (* changed from the default)',
    ...settingLines(facts.settings),
    '',
  ].join('\n');
}

function desktopLines(desktop: DesktopFacts): string[] {
  const { versions } = desktop;
  return [
    `system: ${desktop.system}`,
    `session: ${masked(desktop.session) || 'unknown'}`,
    `electron: ${versions.electron}, chromium: ${versions.chromium}, node: ${versions.node}`,
    `tray host: ${desktop.trayHost}`,
    `notification server: ${masked(desktop.notificationServer ?? 'none known')}`,
    `notification capabilities: ${masked(list(desktop.notificationCapabilities))}`,
    `start at login: ${desktop.startAtLogin.state}`,
  ];
}

function tunnelWords(tunnel: Health['tunnel']): string {
  if (tunnel === null) return 'none';
  return `${tunnel.kind}, ${tunnel.state}, ${tunnel.publicUrl === null ? 'no public address' : 'public address known'}`;
}

function countLines({ open, acknowledged, snoozed }: Health['counts']): string[] {
  return [
    `open: ${open.critical} critical, ${open.medium} medium, ${open.low} low`,
    `acknowledged: ${acknowledged}, snoozed: ${snoozed}`,
  ];
}

function sourceLine(source: Source, index: number): string {
  const { deliveries, notUnderstood, open } = source.counts;
  return [
    `${numberOf(index)} ${source.kind}${source.paused ? ' (paused)' : ''}: ${deliveries} deliveries`,
    `${notUnderstood} not understood`,
    `${open} unresolved`,
    `last ${source.lastDeliveryAt === null ? 'never' : time(source.lastDeliveryAt)}`,
    `probe ${source.probeSeenAt === null ? 'never' : time(source.probeSeenAt)}`,
  ].join(', ');
}

function deliveryLine(delivery: Delivery, sources: readonly Pick<Source, 'id'>[]): string {
  return [
    time(delivery.receivedAt),
    sourceNumber(delivery.sourceId, sources),
    `${delivery.bytes} bytes`,
    delivery.verdict,
    masked(delivery.reason),
  ].join(' | ');
}

function sourceNumber(id: SourceId, sources: readonly Pick<Source, 'id'>[]): string {
  const index = sources.findIndex((source) => source.id === id);
  return index < 0 ? 'removed source' : numberOf(index);
}

const numberOf = (index: number): string => `#${index + 1}`;

function settingLines(settings: Settings): string[] {
  return Object.entries(settings).map(([name, value]) => {
    const usual: unknown = defaultSettings[name as keyof Settings];
    const isUsual = JSON.stringify(value) === JSON.stringify(usual);
    return `${isUsual ? ' ' : '*'} ${name}: ${masked(JSON.stringify(value))}`;
  });
}

const list = (names: readonly string[]): string => (names.length === 0 ? 'none' : names.join(', '));

const time = (at: number): string => new Date(at).toISOString();

/** What a sentence of the system could carry along: addresses of any kind, folders of a person, anything like a secret. */
const telling: readonly (readonly [RegExp, string])[] = [
  [/[a-z][a-z0-9+.-]*:\/\/\S+/gi, '<address>'],
  [/\S*\/hooks\/\S*/g, '<address>'],
  [/[\w.+-]+@[\w-]+(\.[\w-]+)+/g, '<e-mail>'],
  [/\b\d{1,3}(\.\d{1,3}){3}\b/g, '<ip>'],
  [/(\/home\/|\/Users\/|[A-Z]:\\Users\\)[^/\\\s]+/g, '$1<person>'],
  // Secrets are 22 letters of base64url; names that programs use are in lower case.
  [/(?=[\w-]*[\dA-Z])[\w-]{20,}/g, '<masked>'],
];

/** One line without what tells too much; rather too much is taken than too little. */
export function masked(text: string): string {
  return telling
    .reduce((left, [pattern, instead]) => left.replace(pattern, instead), text)
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .slice(0, 300);
}
