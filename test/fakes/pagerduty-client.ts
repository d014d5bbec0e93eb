// A program of somebody who uses PagerDuty: their client library from npm, unchanged, told another host. Takes one event as
// JSON from its argument and prints the answer.
import { event } from '@pagerduty/pdjs';

const given = JSON.parse(process.argv[2] ?? '') as Parameters<typeof event>[0];
const { status, data } = await event(given);
console.log(JSON.stringify({ status, data: data as unknown }));
