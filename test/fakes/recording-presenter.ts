import type { Presenter, ShowResult, Toast, ToastActivation } from '../../main/notifications/presenter.ts';
import type { AlertId } from '../../shared/alert.ts';

/** Records what is asked of it, in order. With `hold`, answers only when the test says so. */
export class RecordingPresenter implements Presenter {
  readonly name = 'freedesktop';
  /** `show A1 <title>`, `close A1`, `stop`. */
  readonly asked: string[] = [];
  readonly toasts: Toast[] = [];
  readonly up = new Set<AlertId>();
  actions = true;
  hold = false;
  result: ShowResult | Error = { shown: true };
  /** Left behind by a process before this one. */
  leftBehind: readonly AlertId[] = [];
  mostAtOnce = 0;
  #waiting: (() => void)[] = [];
  #listeners: ((activation: ToastActivation) => void)[] = [];

  async show(toast: Toast): Promise<ShowResult> {
    this.asked.push(`show ${toast.alertId}`);
    this.toasts.push(toast);
    await this.#turn();
    if (this.result instanceof Error) throw this.result;
    if (this.result.shown) this.up.add(toast.alertId);
    return this.result;
  }

  async close(alertId: AlertId): Promise<void> {
    this.asked.push(`close ${alertId}`);
    await this.#turn();
    this.up.delete(alertId);
  }

  async shownBefore(): Promise<readonly AlertId[]> {
    await this.#turn();
    for (const alertId of this.leftBehind) this.up.add(alertId);
    return this.leftBehind;
  }

  hasActions(): Promise<boolean> {
    return Promise.resolve(this.actions);
  }

  onActivation(listener: (activation: ToastActivation) => void): void {
    this.#listeners.push(listener);
  }

  stop(): Promise<void> {
    this.asked.push('stop');
    return Promise.resolve();
  }

  /** A person does something to a toast. */
  activate(activation: ToastActivation): void {
    for (const listener of this.#listeners) listener(activation);
  }

  /** Answers everything that waits, and holds nothing back from now on. */
  release(): void {
    this.hold = false;
    for (const go of this.#waiting.splice(0)) go();
  }

  async #turn(): Promise<void> {
    if (!this.hold) return;
    const turn = new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#waiting.length);
    await turn;
  }
}
