// What the tray says, as data. Low alerts are in the list only: they change neither icon, number, words nor menu.
//
//   unacknowledged critical or medium   firing, coloured and shaped by the worst of them
//   not sure that we can hear           deaf; while something fires, deaf-firing: neither hides the other
//   acknowledged ones left              acknowledged
//   snoozed ones left                   snoozed
//   none of these                       quiet: a calm icon means that we can hear
import type { Alert, AlertId } from '../../shared/alert.ts';
import { compareAlerts, placeOf } from '../../shared/alert-order.ts';
import type { Quiet } from '../../shared/bridge.ts';
import { type Hearing, isListening } from '../../shared/hearing.ts';
import type { OnCall } from '../../shared/on-call.ts';
import type { Texts } from '../../shared/text/texts.ts';
import type { TrayFace, TrayIcon, TrayMenuItem } from './tray-view.ts';

export interface TrayFacts {
  /** Every alert that is not resolved, in any order. */
  readonly unresolved: Iterable<Alert>;
  readonly hearing: Hearing;
  /** Toasts do not reach the screen. */
  readonly notificationsFail: boolean;
  /** Why toasts wait, and until when. */
  readonly quiet: Quiet | null;
  /** False: no way in from outside was chosen, so only programs on this computer are heard. */
  readonly hearsOutside: boolean;
  readonly onCall: OnCall | null;
  readonly texts: Texts;
  /** Epoch ms; null: nothing was ever delivered. */
  readonly lastDeliveryAt: number | null;
  /** Whether there is a source to copy the address of and to send a test alert to. */
  readonly webhookUrlKnown: boolean;
}

/** Alerts named in the menu. */
const named = 5;
const titleLength = 60;
/** Windows shows no more of a tooltip. */
const tooltipLength = 127;

/** One pass over the alerts, so that ten thousand of them cost next to nothing. */
export function trayFace(facts: TrayFacts): TrayFace {
  const tally = count(facts.unresolved);
  const status = statusLine(tally, facts);
  return {
    icon: iconOf(tally, facts.hearing),
    count: tally.critical + tally.medium,
    tooltip: cut(status, tooltipLength),
    menu: menuOf(tally, status, facts),
  };
}

interface Tally {
  readonly critical: number;
  readonly medium: number;
  readonly acknowledged: number;
  readonly snoozed: number;
  /** Every unacknowledged critical and medium alert. */
  readonly ids: readonly AlertId[];
  /** The first of them in the order of the list. */
  readonly first: readonly Alert[];
}

function count(unresolved: Iterable<Alert>): Tally {
  let critical = 0;
  let medium = 0;
  let acknowledged = 0;
  let snoozed = 0;
  const ids: AlertId[] = [];
  const first: Alert[] = [];
  for (const alert of unresolved) {
    if (alert.priority === 'low') continue;
    const place = placeOf(alert);
    if (place === 'acknowledged') acknowledged += 1;
    if (place === 'snoozed') snoozed += 1;
    if (place !== 'open') continue;
    if (alert.priority === 'critical') critical += 1;
    else medium += 1;
    ids.push(alert.id);
    insertInOrder(first, alert);
  }
  return { critical, medium, acknowledged, snoozed, ids, first };
}

function insertInOrder(first: Alert[], alert: Alert): void {
  let at = first.length;
  for (
    let before = first[at - 1];
    before !== undefined && compareAlerts(alert, before) < 0;
    before = first[at - 1]
  ) {
    at -= 1;
  }
  if (at >= named) return;
  first.splice(at, 0, alert);
  if (first.length > named) first.pop();
}

function iconOf(tally: Tally, hearing: Hearing): TrayIcon {
  const hears = hearing.state === 'hearing';
  if (tally.critical + tally.medium > 0) {
    if (!hears) return 'deaf-firing';
    return tally.critical > 0 ? 'firing-critical' : 'firing-medium';
  }
  if (!hears) return 'deaf';
  if (tally.acknowledged > 0) return 'acknowledged';
  return tally.snoozed > 0 ? 'snoozed' : 'quiet';
}

/** `2 critical, 1 medium · listening · quiet until Nov 22, 07:00 · last heard Nov 21, 14:02`. */
function statusLine(tally: Tally, facts: TrayFacts): string {
  const { notificationsFail, quiet, onCall, texts, lastDeliveryAt } = facts;
  const words = texts.tray;
  const counts = (['critical', 'medium', 'acknowledged', 'snoozed'] as const)
    .filter((name) => tally[name] > 0)
    .map((name) => words.count[name](tally[name]));
  return [
    counts.length > 0 ? counts.join(words.countSeparator) : words.nothingUrgent,
    hearingWords(facts),
    ...(onCall === null ? [] : [onCallWords(onCall, texts)]),
    ...(notificationsFail ? [words.notificationsFail] : []),
    ...(quiet === null ? [] : [words.quietUntil(moment(quiet.until, texts.language))]),
    lastDeliveryAt === null ? words.neverHeard : words.lastHeard(moment(lastDeliveryAt, texts.language)),
  ].join(words.statusSeparator);
}

function onCallWords({ until }: OnCall, { tray: words, language }: Texts): string {
  return until === null ? words.onCall : words.onCallUntil(moment(until, language));
}

function hearingWords({ hearing, hearsOutside, texts }: TrayFacts): string {
  const words = texts.tray;
  switch (hearing.state) {
    case 'hearing':
      return hearsOutside ? words.listening : words.listeningHere;
    case 'starting':
      return words.starting;
    case 'deaf':
      return words.deaf(hearing.causes[0]?.message.replace(/[.。]$/u, '') ?? null);
  }
}

/** With the day, always: nobody draws the tray anew at midnight, and "14:02" must not mean yesterday. */
function moment(at: number, language: Texts['language']): string {
  return new Intl.DateTimeFormat(language, {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(at);
}

function menuOf(
  tally: Tally,
  status: string,
  { texts, hearing, webhookUrlKnown, quiet, onCall }: TrayFacts,
): readonly TrayMenuItem[] {
  const words = texts.tray;
  const { ids, first } = tally;
  const menu: TrayMenuItem[] = [
    // Some Linux panels show no tooltip (electron/electron#28131), so the menu begins with the same words.
    { type: 'line', label: status },
    { type: 'action', label: words.openApp, action: { kind: 'show-window' }, enabled: true },
  ];
  if (first.length > 0) {
    menu.push({ type: 'separator' }, ...first.map((alert) => alertItem(alert, texts)));
    if (ids.length > first.length) menu.push({ type: 'line', label: words.more(ids.length - first.length) });
    menu.push({
      type: 'action',
      label: words.acknowledgeAll(ids.length),
      action: { kind: 'acknowledge', ids },
      enabled: true,
    });
  }
  menu.push(
    { type: 'separator' },
    onCallItem(onCall, texts),
    quietItem(quiet, texts),
    {
      type: 'action',
      label: words.copyWebhookUrl,
      action: { kind: 'copy-webhook-url' },
      enabled: webhookUrlKnown,
    },
    {
      type: 'action',
      label: words.sendTestAlert,
      action: { kind: 'send-test-alert' },
      enabled: webhookUrlKnown && isListening(hearing),
    },
    { type: 'separator' },
    {
      type: 'action',
      label: words.settings,
      action: { kind: 'show-screen', screen: 'settings' },
      enabled: true,
    },
    { type: 'action', label: words.quit, action: { kind: 'quit' }, enabled: true },
  );
  return menu;
}

function onCallItem(onCall: OnCall | null, { tray: words }: Texts): TrayMenuItem {
  if (onCall !== null) {
    return { type: 'action', label: words.endOnCall, action: { kind: 'end-on-call' }, enabled: true };
  }
  const choices = [
    ['eight-hours', words.onCallEightHours],
    ['morning', words.onCallUntilMorning],
    [null, words.onCallOpenEnd],
  ] as const;
  return {
    type: 'submenu',
    label: words.onCallMenu,
    items: choices.map(([until, label]) => ({
      type: 'action',
      label,
      action: { kind: 'on-call', until },
      enabled: true,
    })),
  };
}

/** Quiet hours end by the clock; the quiet that somebody asked for can be taken back. */
function quietItem(quiet: Quiet | null, texts: Texts): TrayMenuItem {
  const words = texts.tray;
  if (quiet?.reason === 'quiet-for-now') {
    return { type: 'action', label: words.endQuiet, action: { kind: 'end-quiet' }, enabled: true };
  }
  const minutes = ([30, 120] as const).map(
    (length): TrayMenuItem => ({
      type: 'action',
      label: words.quietMinutes(length),
      action: { kind: 'quiet-minutes', minutes: length },
      enabled: true,
    }),
  );
  return {
    type: 'submenu',
    label: words.quietMenu,
    items: [
      ...minutes,
      {
        type: 'action',
        label: words.quietUntilMorning,
        action: { kind: 'quiet-until-morning' },
        enabled: true,
      },
    ],
  };
}

function alertItem(alert: Alert, texts: Texts): TrayMenuItem {
  const words = texts.tray;
  const title = cut(alert.title.replace(/\s+/gu, ' ').trim(), titleLength);
  return {
    type: 'submenu',
    label: words.alert(words.priority[alert.priority], title),
    items: [
      {
        type: 'action',
        label: words.acknowledge,
        action: { kind: 'acknowledge', ids: [alert.id] },
        enabled: true,
      },
      { type: 'action', label: words.show, action: { kind: 'show-alert', id: alert.id }, enabled: true },
    ],
  };
}

/** Cuts between code points; the ellipsis counts. */
function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  return `${text
    .slice(0, length - 1)
    .replace(/[\uD800-\uDBFF]$/u, '')
    .trimEnd()}…`;
}
