// A delivery as text to pass on: the request as it came, and what became of it. Pure.
import type { DeliveryDetail } from '../../shared/bridge.ts';
import { reasonSentence } from '../../shared/text/reason-text.ts';
import type { Texts } from '../../shared/text/texts.ts';

/** What fits into the clipboard call beside the rest (shared/bridge.ts). */
const longestBody = 1_100_000;

/** `time` writes epoch ms. The secret of the address is in none of its parts. */
export function deliveryAsText(
  delivery: DeliveryDetail,
  source: string,
  texts: Texts,
  time: (at: number) => string,
): string {
  const { window: t, deliveriesScreen: own, language } = texts;
  const facts = [
    `${delivery.id}: ${t.verdict[delivery.verdict]}`,
    reasonSentence(language, delivery.reason),
    `${own.received}: ${time(delivery.receivedAt)}`,
    `${own.source}: ${source}`,
    `${own.sender}: ${delivery.remoteAddress}`,
    ...(delivery.alertIds.length === 0 ? [] : [`${own.alerts}: ${delivery.alertIds.join(', ')}`]),
    `${own.hash}: ${delivery.bodyHash}`,
  ].filter((line) => line !== '');
  const request = [
    `${delivery.method} /hooks/${delivery.sourceId}/…${delivery.query === '' ? '' : `?${delivery.query}`}`,
    ...Object.entries(delivery.headers).map(([name, value]) => `${name}: ${value}`),
  ];
  return `${[...facts, '', ...request, '', delivery.body.slice(0, longestBody)].join('\n')}\n`;
}
