// What a bug report is made of, gathered when it is asked for. Runs in plain Node.
import type { Health } from '../shared/bridge.ts';
import type { DeliveryQueries } from './alerts/delivery-queries.ts';
import type { Desktop } from './app-parts.ts';
import type { SettingsStore } from './settings/settings-store.ts';
import { deliveriesListed, diagnosticsText } from './system/diagnostics.ts';
import type { BridgeHandlers } from './window/bridge-call.ts';

export interface DiagnosingParts {
  readonly health: () => Health;
  /** Null: headless. */
  readonly desktop: Pick<Desktop, 'facts'> | null;
  readonly handlers: () => BridgeHandlers;
  readonly deliveryQueries: DeliveryQueries;
  readonly settings: SettingsStore;
  readonly now: () => number;
}

/** Plain text; no secret, no address, no text of an alert. */
export async function diagnose(parts: DiagnosingParts): Promise<string> {
  return diagnosticsText({
    at: parts.now(),
    runningMs: process.uptime() * 1000,
    node: process.versions.node,
    health: parts.health(),
    desktop: (await parts.desktop?.facts()) ?? null,
    sources: await parts.handlers().listSources({}),
    deliveries: parts.deliveryQueries.listDeliveries({ limit: deliveriesListed }).deliveries,
    settings: parts.settings.current,
  });
}
