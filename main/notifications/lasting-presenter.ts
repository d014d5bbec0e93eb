import type { AlertId } from '../../shared/alert.ts';
import type { Presenter, ToastActivation } from './presenter.ts';

/** A presenter that outlives the part of the app that uses it: what one raised, the next takes over. */
export interface LastingPresenter {
  readonly presenter: Presenter;
  /** From now on until the next `shownBefore` nothing is taken off the screen: somebody takes over. */
  readonly handOver: () => void;
}

export function lastingPresenter(lasting: Presenter): LastingPresenter {
  const shown = new Set<AlertId>();
  let handover: 'never' | 'under-way' | 'done' = 'never';
  let listener: ((activation: ToastActivation) => void) | null = null;
  lasting.onActivation((activation) => listener?.(activation));
  return {
    presenter: {
      name: lasting.name,
      show: (toast) => {
        shown.add(toast.alertId);
        return lasting.show(toast);
      },
      close: async (alertId) => {
        if (handover === 'under-way') return;
        shown.delete(alertId);
        await lasting.close(alertId);
      },
      shownBefore: async () => {
        if (handover === 'never') return lasting.shownBefore();
        handover = 'done';
        return [...shown];
      },
      hasActions: () => lasting.hasActions(),
      onActivation: (next) => {
        listener = next;
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
