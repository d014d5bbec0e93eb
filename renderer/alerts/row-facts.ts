// What a row keeps of long facts, so that its second line stays calm. Pure; the detail and the spoken row say all of it.

/** Without the address that CloudMonitor puts behind a host's name: `db-1/10.0.0.7` is `db-1`. */
export function shortResource(resource: string): string {
  return resource.replace(
    /(?<=[^/\s])\/(?:\d{1,3}(?:\.\d{1,3}){3}|[\da-f]{0,4}(?::[\da-f]{0,4}){2,7})$/i,
    '',
  );
}

/** Without the statistic in brackets, and with the sign that people write: `>= 90 (Average)` is `≥ 90`. */
export function shortCondition(condition: string): string {
  return condition
    .replaceAll(/ \([^()]*\)/g, '')
    .replaceAll('>=', '≥')
    .replaceAll('<=', '≤');
}
