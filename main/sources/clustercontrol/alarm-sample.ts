// A flat alarm as ClusterControl may send it: the members of its alarm object with the documented words of its lifecycle. What it
// really sends is published nowhere (reference 0). All values are invented.
import { createHash } from 'node:crypto';
import type { Sample, SampleOptions } from '../source.ts';

/** By this `sent_by` a delivery that Tocsin made itself is known: it says nothing about what ClusterControl sends. */
export const ownName = 'Tocsin';

/** The same options give the same body. `name` is the title and makes alarm and host their own. */
export function alarmSample({ state, level, at, name }: SampleOptions): Sample {
  const seed = createHash('sha256').update(name).digest();
  const number = seed.readUInt32BE(0) + 1;
  const host = `db-${(seed[4] ?? 0) + 1}`;
  const time = new Date(at).toISOString();
  const alarm = {
    status: state === 'recovered' ? 'ENDED' : 'CREATED',
    sent_by: ownName,
    alarm_id: number,
    cluster_id: 1,
    cluster_name: 'orders',
    component_name: 'Host',
    type_name: 'HostCpuUsage',
    severity_name: `ALARM_${level}`,
    title: name,
    message: `Server ${host} reports: CPU usage is 97 %.`,
    recommendation: 'Find the process that uses most of the CPU.',
    hostname: host,
    host_id: (seed[4] ?? 0) + 1,
    measured: 97.4,
    counter: 1,
    ignored: 0,
    reported: time,
  };
  return { contentType: 'application/json', body: JSON.stringify(alarm) };
}
