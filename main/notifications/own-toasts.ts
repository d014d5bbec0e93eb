// Toasts about ourselves: that we cannot hear, that we hear again and what was missed, another public address, warnings while
// on call, the hand-over. No alert, so no timeline: each decision goes into the log with its reason.
import type { GapSummary } from '../../shared/gap-summary.ts';
import type { Hearing, HearingCauseCode } from '../../shared/hearing.ts';
import type { OnCallWarning } from '../../shared/on-call.ts';
import type { SoundName } from '../../shared/sound.ts';
import { gapLengthText, gapSummaryText } from '../../shared/text/coverage-text.ts';
import type { Texts } from '../../shared/text/texts.ts';
import type { TunnelStatus } from '../../shared/tunnel.ts';
import type { OwnToastId, Toast } from './presenter.ts';
import type { SoundDesk } from './sound-desk.ts';
import type { ToastDesk } from './toast-desk.ts';
import { bodyBytes, cutToBytes, titleBytes } from './toast-text.ts';

/** Where a click on such a toast leads. */
export type OwnPlace = 'list' | 'coverage' | 'way-in';

/** A decision and what came of it. `why`: what it was about, the quiet that withheld it, or the desktop's own sentence. */
export interface OwnNote {
  readonly toast: OwnToastId;
  readonly act: 'shown' | 'withheld' | 'failed';
  readonly why: string;
}

export interface OwnToastsParts {
  readonly desk: ToastDesk;
  readonly sounds: SoundDesk;
  readonly texts: () => Texts;
  /** The setting: nothing that names a host may be on the screen. */
  readonly hideDetails: () => boolean;
  /** Why something of this urgency waits for the end of the quiet; null: it does not. Nobody asks whether a window is watched. */
  readonly heldBack: (urgency: Toast['urgency']) => string | null;
  readonly open: (place: OwnPlace) => void;
  readonly note: (note: OwnNote) => void;
  readonly now: () => number;
}

type Addresses = Pick<TunnelStatus, 'publicUrl' | 'formerUrls'>;

/** What the rest of the app tells of us. Every one of them may be called as often as one likes with what holds. */
export interface OwnNews {
  /** Losing our hearing is one toast, until we hear again. */
  followHearing(hearing: Hearing): void;
  /** Once after a stretch in which we could not hear, when it is over; `summary` null: it was too short to have lost anything. */
  gapOver(lengthMs: number, summary: GapSummary | null): void;
  /** Another public address is one toast, until there is no former one any more. */
  followAddress(addresses: Addresses): void;
  followWarnings(warnings: readonly OnCallWarning[]): void;
  /** The shift has ended by itself. */
  offerHandOver(): void;
}

export interface OwnToasts extends OwnNews {
  /** A person clicked it. */
  readonly answer: (id: OwnToastId) => void;
  /** Says what waited for the end of the quiet and still holds, once nothing is in its way. */
  readonly sayWaiting: () => void;
  /** The desktop lost its toasts: what still holds is said once more, without a sound. */
  readonly restate: () => void;
}

interface Message {
  readonly why: string;
  readonly words: (texts: Texts) => { readonly title: string; readonly lines: readonly string[] };
  readonly button: (texts: Texts) => string;
  readonly urgency: Toast['urgency'];
  readonly expires: boolean;
  readonly sound: SoundName | null;
  readonly place: OwnPlace;
}

/** A person's own doing, which that person knows of. */
const ownDoing: ReadonlySet<HearingCauseCode> = new Set(['never-set-up', 'all-sources-paused']);
/** Somebody has to act, now. */
const urgent: ReadonlySet<OnCallWarning> = new Set(['lid-closing', 'network-lost', 'battery-low']);
/** A tunnel that comes and goes is one noise, not one a minute. */
const deafSoundEveryMs = 5 * 60_000;

export function createOwnToasts(parts: OwnToastsParts): OwnToasts {
  const { desk, sounds, note, now } = parts;
  /** What holds now and was said, and what holds and waits for the end of the quiet. */
  const said = new Map<OwnToastId, Message>();
  const waiting = new Map<OwnToastId, Message>();
  /** Where a toast leads that may still be on the screen. */
  const places = new Map<OwnToastId, OwnPlace>();
  /**
   * We could hear, or were about to: losing it is news. So is a start that is deaf from its first moment, for whoever logs in
   * sees no window, and on some desktops no tray.
   */
  let isNews = true;
  /** Somebody was told that we are deaf, and not yet that we are not. */
  let owesAnswer = false;
  let deafSoundAt: number | null = null;
  let address: string | null = null;
  let warned: readonly OnCallWarning[] = [];

  function say(id: OwnToastId, message: Message): void {
    const quiet = parts.heldBack(message.urgency);
    if (quiet !== null) {
      waiting.set(id, message);
      note({ toast: id, act: 'withheld', why: `${message.why}: ${quiet}` });
      return;
    }
    waiting.delete(id);
    if (message.expires) said.delete(id);
    else said.set(id, message);
    show(id, message, message.sound);
  }

  function show(id: OwnToastId, message: Message, sound: SoundName | null): void {
    const started = sounds.start(sound);
    places.set(id, message.place);
    desk.show(id, {
      make: (hasActions) => toastOf(id, message, hasActions, started.inToast),
      shown: () => note({ toast: id, act: 'shown', why: message.why }),
      failed: (error) => note({ toast: id, act: 'failed', why: `${message.why}: ${error}` }),
      dropped: (why) => note({ toast: id, act: 'withheld', why: `${message.why}: ${why}` }),
    });
    void started.missed.then((missed) => {
      if (missed !== null) desk.sound(id, missed);
    });
  }

  function toastOf(id: OwnToastId, message: Message, hasActions: boolean, sound: SoundName | null): Toast {
    const texts = parts.texts();
    const { title, lines } = message.words(texts);
    return {
      id,
      title: cutToBytes(title, titleBytes),
      body: cutToBytes(lines.join('\n'), bodyBytes),
      urgency: message.urgency,
      expires: message.expires,
      sound,
      actions: hasActions ? [{ id: 'open', label: message.button(texts) }] : [],
    };
  }

  function unsay(id: OwnToastId): void {
    waiting.delete(id);
    if (said.delete(id)) desk.close(id);
  }

  function sayDeaf(code: HearingCauseCode): void {
    const isLoud = deafSoundAt === null || Math.abs(now() - deafSoundAt) >= deafSoundEveryMs;
    if (isLoud && parts.heldBack('critical') === null) deafSoundAt = now();
    say('hearing', {
      why: code,
      words: ({ notification, status }) => ({
        title: notification.deafTitle,
        lines: [status.cause[code], status.remedy[code]],
      }),
      button: ({ onCall }) => onCall.openWindow,
      urgency: 'critical',
      expires: false,
      sound: isLoud ? 'deaf' : null,
      place: 'list',
    });
  }

  /** Either of the two that tell of the end may come first. */
  function endDeaf(): void {
    if (waiting.get('hearing')?.expires === false) waiting.delete('hearing');
    if (!said.delete('hearing')) return;
    desk.close('hearing');
    owesAnswer = true;
  }

  function followHearing({ state, causes }: Hearing): void {
    if (state !== 'deaf') isNews = true;
    if (state === 'hearing') endDeaf();
    const cause = causes.find(({ code }) => !ownDoing.has(code));
    if (state !== 'deaf' || cause === undefined || !isNews) return;
    isNews = false;
    sayDeaf(cause.code);
  }

  function gapOver(lengthMs: number, summary: GapSummary | null): void {
    endDeaf();
    const isAnswer = owesAnswer;
    owesAnswer = false;
    if (!isAnswer && summary === null) return;
    say('hearing', {
      why: 'hearing-again',
      words: ({ language, onCall }) => {
        const told = summary === null ? null : gapSummaryText(language, summary);
        // Whoever was told that we are deaf is told that we are not; who was not, what it was about.
        const title =
          told === null || isAnswer ? onCall.hearingAgain(gapLengthText(language, lengthMs)) : told.title;
        return { title, lines: told?.lines ?? [] };
      },
      button: ({ onCall }) => onCall.openWindow,
      urgency: 'normal',
      expires: true,
      sound: null,
      place: 'coverage',
    });
  }

  function followAddress({ publicUrl, formerUrls }: Addresses): void {
    const [former] = formerUrls;
    // A tunnel that is down has no address; what was said of the last one still holds.
    if (former !== undefined && publicUrl === null) return;
    const name = former === undefined ? null : [publicUrl, ...formerUrls.map(({ url }) => url)].join('\n');
    if (name === address) return;
    address = name;
    if (former === undefined || publicUrl === null) {
      unsay('address');
      return;
    }
    say('address', {
      why: 'address-changed',
      words: ({ onCall }) => ({
        title: onCall.addressTitle,
        lines: parts.hideDetails()
          ? [onCall.addressRemedy]
          : [onCall.addressNow(publicUrl), onCall.addressBefore(former.url), onCall.addressRemedy],
      }),
      button: ({ onCall }) => onCall.openWindow,
      urgency: 'critical',
      expires: false,
      sound: 'medium',
      place: 'way-in',
    });
  }

  function followWarnings(warnings: readonly OnCallWarning[]): void {
    const isNew = (warning: OnCallWarning): boolean => !warned.includes(warning);
    const added = warnings.filter(isNew);
    const isFewer = warned.some((warning) => !warnings.includes(warning));
    const waits = waiting.has('on-call');
    warned = warnings;
    if (warnings.length === 0) {
      unsay('on-call');
      // Those that expire by themselves may still be there.
      desk.close('on-call');
      return;
    }
    if (added.length === 0 && !isFewer) return;
    const isUrgent = warnings.some((warning) => urgent.has(warning));
    const message: Message = {
      why: warnings.join(', '),
      words: ({ onCall }) => ({
        title: onCall.warningTitle,
        lines: warnings.flatMap((warning) => [
          onCall.warning[warning],
          // Several of them have no room for it; the window has.
          ...(warnings.length === 1 ? [onCall.warningRemedy[warning]] : []),
        ]),
      }),
      button: ({ onCall }) => onCall.openWindow,
      urgency: isUrgent ? 'critical' : 'normal',
      expires: !isUrgent,
      sound: added.some((warning) => urgent.has(warning)) ? 'deaf' : null,
      place: 'list',
    };
    // One that a person took away does not come back only to say less.
    if (added.length > 0 || waits || desk.isUp('on-call')) say('on-call', message);
  }

  return {
    followHearing,
    gapOver,
    followAddress,
    followWarnings,
    offerHandOver: () =>
      say('hand-over', {
        why: 'shift-over',
        words: ({ onCall }) => ({ title: onCall.shiftOverTitle, lines: [onCall.shiftOver] }),
        button: ({ onCall }) => onCall.openHandOver,
        urgency: 'normal',
        expires: false,
        sound: null,
        place: 'coverage',
      }),
    answer: (id) => {
      // Once opened it has done its work; what lasts is on the screen it leads to.
      if (id === 'hand-over') said.delete(id);
      parts.open(places.get(id) ?? 'list');
    },
    sayWaiting: () => {
      for (const [id, message] of waiting) if (parts.heldBack(message.urgency) === null) say(id, message);
    },
    restate: () => {
      for (const [id, message] of said) show(id, message, null);
    },
  };
}
