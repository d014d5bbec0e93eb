/** What a sender's word for a state means: of Alertmanager, Grafana and of what people write in scripts; in any case. */
export type StateMeaning = 'firing' | 'recovered' | 'acknowledged';

const meanings: ReadonlyMap<string, StateMeaning> = new Map([
  ...['firing', 'fire', 'alert', 'alerting', 'alarm', 'active', 'open', 'opened'].map(firing),
  ...['trigger', 'triggered', 'problem', 'down', 'failed', 'failing', 'critical', 'error', 'warning'].map(
    firing,
  ),
  ...['resolved', 'resolve', 'recovered', 'recovery', 'recover', 'ok', 'up', 'normal'].map(recovered),
  ...['inactive', 'clear', 'cleared', 'closed', 'close', 'ended', 'fixed', 'success'].map(recovered),
  ...['acknowledged', 'acknowledge', 'ack', 'acked', 'accept', 'accepted'].map(acknowledged),
]);

/** Null for a word that nobody uses for a state. */
export function readStateWord(word: string): StateMeaning | null {
  return word.length > 32 ? null : (meanings.get(word.trim().toLowerCase()) ?? null);
}

function firing(word: string): readonly [string, StateMeaning] {
  return [word, 'firing'];
}
function recovered(word: string): readonly [string, StateMeaning] {
  return [word, 'recovered'];
}
function acknowledged(word: string): readonly [string, StateMeaning] {
  return [word, 'acknowledged'];
}
