// What a person does to alerts, as bridge calls, and the sentence (with undo, where there is one) that follows.
import type { Alert, AlertId } from '../../shared/alert.ts';
import { type Place, placeOf } from '../../shared/alert-order.ts';
import { type BridgeReply, mostCopied } from '../../shared/bridge.ts';
import type { Texts } from '../../shared/text/texts.ts';
import { ask } from '../bridge.ts';
import { readClock } from '../controls/clock.ts';
import { momentText, zonedText } from '../controls/time-text.ts';
import { type CopyForm, copyOf } from './alert-copy.ts';
import { type SnoozeChoice, snoozeArgument } from './snooze-choice.ts';

/** The line at the bottom of the window after an action; gone after 8 s. */
export interface Notice {
  readonly tone: 'done' | 'failed';
  /** Asked whenever it is drawn: the language may change while it is shown. */
  readonly sentence: (texts: Texts) => string;
  readonly undo: (() => void) | null;
}

export interface AlertActs {
  readonly acknowledge: (alerts: readonly Alert[]) => void;
  readonly unacknowledge: (alerts: readonly Alert[]) => void;
  readonly snooze: (alerts: readonly Alert[], choice: SnoozeChoice) => void;
  readonly unsnooze: (alerts: readonly Alert[]) => void;
  readonly resolve: (alerts: readonly Alert[]) => void;
  /** Resolves to true when the note is stored. */
  readonly addNote: (id: AlertId, text: string) => Promise<boolean>;
  readonly copy: (alerts: readonly Alert[], form: CopyForm) => void;
  readonly openLink: (url: string) => void;
}

/** The bridge takes at most this many ids in one call. */
const idsPerCall = 1000;

function idsIn(alerts: readonly Alert[], places: readonly Place[]): readonly AlertId[] {
  return alerts.filter((alert) => places.includes(placeOf(alert))).map((alert) => alert.id);
}

async function inChunks(
  ids: readonly AlertId[],
  call: (ids: AlertId[]) => Promise<BridgeReply<Alert[]>>,
): Promise<BridgeReply<Alert[]>> {
  const all: Alert[] = [];
  for (let start = 0; start < ids.length; start += idsPerCall) {
    const reply = await call(ids.slice(start, start + idsPerCall));
    if (!reply.ok) return reply;
    all.push(...reply.result);
  }
  return { ok: true, result: all };
}

/** Actions skip alerts they mean nothing to (an acknowledged one is not acknowledged again). `texts`: for what is copied. */
export function createAlertActs(texts: Texts, say: (notice: Notice) => void): AlertActs {
  const fail = (reason: string): void =>
    say({ tone: 'failed', sentence: ({ window: t }) => t.refused(reason), undo: null });

  const act = (
    ids: readonly AlertId[],
    call: (ids: AlertId[]) => Promise<BridgeReply<Alert[]>>,
    sentence: (texts: Texts, done: readonly Alert[]) => string,
    undo: ((ids: readonly AlertId[]) => void) | null,
  ): void => {
    if (ids.length === 0) return;
    void inChunks(ids, call).then((reply) => {
      if (!reply.ok) fail(reply.error.message);
      else
        say({
          tone: 'done',
          sentence: (current) => sentence(current, reply.result),
          undo: undo === null ? null : () => undo(ids),
        });
    });
  };
  const takeBack = (ids: readonly AlertId[]): void =>
    act(
      ids,
      (some) => ask('unacknowledgeAlerts', { ids: some }),
      ({ window: t }) => t.didUnacknowledge(ids.length),
      null,
    );
  const wake = (ids: readonly AlertId[]): void =>
    act(
      ids,
      (some) => ask('unsnoozeAlerts', { ids: some }),
      ({ window: t }) => t.didUnsnooze(ids.length),
      null,
    );

  /** `closed`: the alerts as they were before. Closing ended their snoozes, too. */
  const reopen = async (closed: readonly Alert[]): Promise<void> => {
    const reply = await inChunks(
      closed.map((alert) => alert.id),
      (ids) => ask('reopenAlerts', { ids }),
    );
    if (!reply.ok) return fail(reply.error.message);
    const back = new Set(reply.result.flatMap((alert) => (alert.state === 'resolved' ? [] : [alert.id])));
    const asleep = closed.filter((alert) => back.has(alert.id) && (alert.snoozedUntil ?? 0) > readClock());
    for (const until of new Set(asleep.flatMap(({ snoozedUntil }) => snoozedUntil ?? []))) {
      const ids = asleep.filter((alert) => alert.snoozedUntil === until).map((alert) => alert.id);
      const snoozed = await inChunks(ids, (some) => ask('snoozeAlerts', { ids: some, until }));
      if (!snoozed.ok) return fail(snoozed.error.message);
    }
    say({
      tone: back.size === 0 ? 'failed' : 'done',
      sentence: ({ window: t }) => t.didReopen(back.size, closed.length),
      undo: null,
    });
  };

  return {
    acknowledge: (alerts) => {
      const ids = idsIn(alerts, ['open']);
      act(
        ids,
        (some) => ask('acknowledgeAlerts', { ids: some }),
        ({ window: t }) => t.didAcknowledge(ids.length),
        takeBack,
      );
    },
    unacknowledge: (alerts) => takeBack(idsIn(alerts, ['acknowledged'])),
    snooze: (alerts, choice) => {
      const ids = idsIn(alerts, ['open', 'acknowledged', 'snoozed']);
      const now = readClock();
      act(
        ids,
        (some) => ask('snoozeAlerts', snoozeArgument(some, choice, now)),
        ({ window: t, language }, done) =>
          t.didSnooze(ids.length, momentText(language, done[0]?.snoozedUntil ?? now, now)),
        wake,
      );
    },
    unsnooze: (alerts) => wake(idsIn(alerts, ['snoozed'])),
    resolve: (alerts) => {
      const ids = idsIn(alerts, ['open', 'acknowledged', 'snoozed']);
      act(
        ids,
        (some) => ask('resolveAlerts', { ids: some }),
        ({ window: t }) => t.didResolve(ids.length),
        () => void reopen(alerts.filter((alert) => ids.includes(alert.id))),
      );
    },
    addNote: async (id, text) => {
      const reply = await ask('addNote', { id, text });
      if (reply.ok) say({ tone: 'done', sentence: ({ window: t }) => t.didNote, undo: null });
      else fail(reply.error.message);
      return reply.ok;
    },
    copy: (alerts, form) => {
      const text = copyOf(alerts, form, texts.window, (at) => zonedText(texts.language, at));
      if (text.length > mostCopied)
        return say({ tone: 'failed', sentence: ({ window: t }) => t.tooMuchToCopy, undo: null });
      void ask('copyText', { text }).then((reply) =>
        reply.ok
          ? say({ tone: 'done', sentence: ({ window: t }) => `${t.copied}.`, undo: null })
          : fail(reply.error.message),
      );
    },
    openLink: (url) => {
      void ask('openLink', { url }).then((reply) => {
        if (!reply.ok) fail(reply.error.message);
      });
    },
  };
}
