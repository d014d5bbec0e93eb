// The one toast that is about ourselves: we could hear and cannot any more. It goes when we hear again.
import type { Hearing, HearingCauseCode } from '../../shared/hearing.ts';
import type { SoundName } from '../../shared/sound.ts';
import type { Texts } from '../../shared/text/texts.ts';
import type { Toast } from './presenter.ts';
import type { SoundDesk } from './sound-desk.ts';
import type { ToastDesk } from './toast-desk.ts';

export interface HearingToastParts {
  readonly desk: ToastDesk;
  readonly sounds: SoundDesk;
  readonly texts: () => Texts;
  /** It is quiet and critical things wait too. */
  readonly isHeldBack: () => boolean;
}

/** A person's own doing, which that person knows of. */
const ownDoing: ReadonlySet<HearingCauseCode> = new Set(['never-set-up', 'all-sources-paused']);

export class HearingToast {
  readonly #parts: HearingToastParts;
  #heard = false;

  constructor(parts: HearingToastParts) {
    this.#parts = parts;
  }

  /** Call with every change of hearing. */
  follow({ state, causes }: Hearing): void {
    const { desk, sounds, isHeldBack } = this.#parts;
    if (state === 'hearing') {
      this.#heard = true;
      desk.close('hearing');
      return;
    }
    const cause = causes.find(({ code }) => !ownDoing.has(code));
    if (state !== 'deaf' || cause === undefined || !this.#heard || isHeldBack()) return;
    this.#heard = false;
    const started = sounds.start('deaf');
    desk.show('hearing', {
      make: (hasActions) => hearingToast(cause.code, this.#parts.texts(), hasActions, started.inToast),
      // No alert, so no timeline: the log and the tray say it.
      shown: () => undefined,
      failed: () => undefined,
      dropped: () => undefined,
    });
    void started.missed.then((missed) => {
      if (missed !== null) desk.sound('hearing', missed);
    });
  }
}

function hearingToast(
  code: HearingCauseCode,
  texts: Texts,
  hasActions: boolean,
  sound: SoundName | null,
): Toast {
  const words = texts.notification;
  return {
    id: 'hearing',
    title: words.deafTitle,
    body: `${texts.status.cause[code]}\n${texts.status.remedy[code]}`,
    urgency: 'critical',
    expires: false,
    sound,
    actions: hasActions ? [{ id: 'open', label: words.open }] : [],
  };
}
