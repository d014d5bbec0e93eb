import type {
  Presenter,
  ShowResult,
  Toast,
  ToastActivation,
  ToastId,
} from '../../main/notifications/presenter.ts';

/** Records what is asked of it, in order. With `hold`, answers only when the test says so. */
export class RecordingPresenter implements Presenter {
  readonly name = 'freedesktop';
  /** `show A1 <title>`, `close A1`, `stop`. */
  readonly asked: string[] = [];
  readonly toasts: Toast[] = [];
  readonly up = new Set<ToastId>();
  actions = true;
  hold = false;
  result: ShowResult | Error = { shown: true };
  /** Left behind by a process before this one. */
  leftBehind: readonly ToastId[] = [];
  mostAtOnce = 0;
  #waiting: (() => void)[] = [];
  #listeners: ((activation: ToastActivation) => void)[] = [];
  #backListeners: ((toastsLost: boolean) => void)[] = [];

  async show(toast: Toast): Promise<ShowResult> {
    this.asked.push(`show ${toast.id}`);
    this.toasts.push(toast);
    await this.#turn();
    if (this.result instanceof Error) throw this.result;
    if (this.result.shown) this.up.add(toast.id);
    return this.result;
  }

  async close(toastId: ToastId): Promise<void> {
    this.asked.push(`close ${toastId}`);
    await this.#turn();
    this.up.delete(toastId);
  }

  async shownBefore(): Promise<readonly ToastId[]> {
    await this.#turn();
    for (const toastId of this.leftBehind) this.up.add(toastId);
    return this.leftBehind;
  }

  isUp(toastId: ToastId): boolean {
    return this.up.has(toastId);
  }

  hasActions(): Promise<boolean> {
    return Promise.resolve(this.actions);
  }

  onActivation(listener: (activation: ToastActivation) => void): void {
    this.#listeners.push(listener);
  }

  onDesktopBack(listener: (toastsLost: boolean) => void): void {
    this.#backListeners.push(listener);
  }

  stop(): Promise<void> {
    this.asked.push('stop');
    return Promise.resolve();
  }

  /** A person does something to a toast. */
  activate(activation: ToastActivation): void {
    for (const listener of this.#listeners) listener(activation);
  }

  /** Somebody who shows notifications has come. */
  comeBack(toastsLost: boolean): void {
    if (toastsLost) this.up.clear();
    for (const listener of this.#backListeners) listener(toastsLost);
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
