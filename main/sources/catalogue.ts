// The only file that names the senders. A new one is a file (or folder) beside this and one line here.
import type { SourceKind } from '../../shared/alert.ts';
import { cloudmonitor } from './cloudmonitor/cloudmonitor.ts';
import { clustercontrol } from './clustercontrol/clustercontrol.ts';
import type { Sender } from './source.ts';
import { universal } from './universal/universal.ts';

/** Every sender that can be read. */
export const senders: readonly Sender[] = [cloudmonitor, clustercontrol, universal];

/** The sender of a kind, or null when this version cannot read that kind yet. */
export function senderOf(kind: SourceKind): Sender | null {
  return senders.find((sender) => sender.kind === kind) ?? null;
}
