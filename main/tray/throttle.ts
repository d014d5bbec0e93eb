/** Hands on the first value at once, then the newest at most once per `waitMs`. A storm costs few redraws and loses no end state. */
export interface Throttle<Value> {
  push(value: Value): void;
}

export function createThrottle<Value>(waitMs: number, act: (value: Value) => void): Throttle<Value> {
  let timer: NodeJS.Timeout | null = null;
  let waiting: { readonly value: Value } | null = null;

  function pause(): void {
    timer = setTimeout(() => {
      timer = null;
      if (waiting === null) return;
      const { value } = waiting;
      waiting = null;
      pause();
      act(value);
    }, waitMs);
  }

  return {
    push: (value) => {
      if (timer !== null) {
        waiting = { value };
        return;
      }
      pause();
      act(value);
    },
  };
}
