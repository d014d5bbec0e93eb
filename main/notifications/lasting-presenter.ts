import type { Presenter, ToastActivation, ToastId } from './presenter.ts';

/** A presenter that outlives the part of the app that uses it: what one raised, the next takes over. */
export interface LastingPresenter {
  readonly presenter: Presenter;
  /** From now on until the next `shownBefore` nothing is taken off the screen: somebody takes over. */
  readonly handOver: () => void;
}

export function lastingPresenter(lasting: Presenter): LastingPresenter {
  const shown = new Set<ToastId>();
  let handover: 'never' | 'under-way' | 'done' = 'never';
  let listener: ((activation: ToastActivation) => void) | null = null;
  let whenBack: ((toastsLost: boolean) => void) | null = null;
  lasting.onActivation((activation) => listener?.(activation));
  lasting.onDesktopBack((toastsLost) => whenBack?.(toastsLost));
  return {
    presenter: {
      name: lasting.name,
      show: (toast) => {
        shown.add(toast.id);
        return lasting.show(toast);
      },
      close: async (toastId) => {
        if (handover === 'under-way') return;
        shown.delete(toastId);
        await lasting.close(toastId);
      },
      isUp: (toastId) => lasting.isUp(toastId),
      shownBefore: async () => {
        if (handover === 'never') return lasting.shownBefore();
        handover = 'done';
        return [...shown];
      },
      hasActions: () => lasting.hasActions(),
      onActivation: (next) => {
        listener = next;
      },
      onDesktopBack: (next) => {
        whenBack = next;
      },
      stop: async () => {
        if (handover !== 'under-way') await lasting.stop();
      },
    },
    handOver: () => {
      handover = 'under-way';
    },
  };
}
