// The hidden page that plays our sounds (renderer/sound): the main process cannot play any. Made when a sound is wanted and
// destroyed soon after the last one, because a page costs tens of megabytes.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { WebContentsView } from 'electron';
import { Value } from 'typebox/value';
import { type SoundName, SoundOutcome } from '../../shared/sound.ts';

export interface SoundPageOptions {
  /** Pages can be made from then on. */
  readonly ready: Promise<void>;
  readonly url: string;
  readonly onTrouble: (what: string, error: unknown) => void;
}

export interface SoundPage {
  /** `volume` in percent. Settles when the page confirms or refuses; a page that hangs never settles it. */
  readonly play: (name: SoundName, volume: number) => Promise<SoundOutcome>;
  readonly close: () => void;
}

/** Longer than the longest sound lasts, and than what comes close together is apart. */
const keptMs = 8000;

export function createSoundPage({ ready, url, onTrouble }: SoundPageOptions): SoundPage {
  let current: { readonly view: WebContentsView; readonly loaded: Promise<void> } | null = null;
  let timer: NodeJS.Timeout | null = null;

  const close = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const page = current?.view.webContents;
    current = null;
    if (page !== undefined && !page.isDestroyed()) page.close();
  };

  const open = (): NonNullable<typeof current> => {
    // In no window, so that it can take no focus, and without a preload, so that it can reach nothing.
    const view = new WebContentsView({
      webPreferences: {
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        webviewTag: false,
        spellcheck: false,
        devTools: false,
        backgroundThrottling: false,
        autoplayPolicy: 'no-user-gesture-required',
      },
    });
    view.webContents.on('render-process-gone', (_event, { reason }) => {
      if (current?.view !== view) return;
      onTrouble(`The sound page ended: ${reason}.`, null);
      close();
    });
    return { view, loaded: view.webContents.loadURL(url) };
  };

  const play = async (name: SoundName, volume: number): Promise<SoundOutcome> => {
    await ready;
    // After the toast: making a page holds the process up for tens of milliseconds.
    await nextTurn();
    current ??= open();
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(close, keptMs);
    const { view, loaded } = current;
    try {
      await loaded;
      const outcome: unknown = await view.webContents.executeJavaScript(
        `playSound(${JSON.stringify(name)}, ${volume})`,
        true,
      );
      if (Value.Check(SoundOutcome, outcome)) return outcome;
      throw new Error(`The sound page answered ${String(outcome)}.`);
    } catch (error) {
      onTrouble('The sound page failed.', error);
      close();
      return 'no-answer';
    }
  };

  return { play, close };
}
