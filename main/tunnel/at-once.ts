import type { TunnelProvider, TunnelTrouble } from './provider.ts';

/** A plan that cannot even begin. */
export function troubleAtOnce(trouble: TunnelTrouble): TunnelProvider {
  return {
    start: (_port, { onDown }) => {
      onDown(trouble);
      return { stop: () => Promise.resolve() };
    },
  };
}
