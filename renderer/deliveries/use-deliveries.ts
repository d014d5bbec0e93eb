import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Delivery } from '../../shared/alert.ts';
import type { Source } from '../../shared/source.ts';
import { ask } from '../bridge.ts';
import {
  type DeliveryFilter,
  type DeliveryPages,
  gather,
  type News,
  newsOf,
  noNews,
  noPages,
  questionOf,
  withDelivery,
} from './delivery-pages.ts';

/** Typing settles before the app is asked. */
const settleMs = 200;

export interface ListedDeliveries extends DeliveryPages {
  readonly isLoading: boolean;
  /** Came since and waits behind the "n new" bar while the list is held. */
  readonly news: News;
  readonly showNews: () => void;
  readonly loadMore: () => void;
  readonly reload: () => void;
  readonly replace: (delivery: Delivery) => void;
}

/** The ledger, page by page; follows what arrives. `isHeld`: somebody reads, so nothing moves. */
export function useDeliveries(
  filter: DeliveryFilter,
  sources: readonly Source[],
  isHeld: boolean,
): ListedDeliveries {
  const question = useMemo(() => questionOf(filter), [filter]);
  const [pages, setPages] = useState<DeliveryPages>(noPages);
  const [news, setNews] = useState<News>(noNews);
  const [isLoading, setLoading] = useState(true);
  const round = useRef(0);

  const load = useCallback(
    async (after: string | null): Promise<void> => {
      const mine = round.current;
      const isStale = (): boolean => mine !== round.current;
      setLoading(true);
      const page = await gather((one) => ask('listDeliveries', one), question, after, isStale);
      if (isStale()) return;
      setLoading(false);
      setPages((before) => ({
        ...page,
        deliveries: after === null ? page.deliveries : [...before.deliveries, ...page.deliveries],
      }));
    },
    [question],
  );
  const reload = useCallback(() => {
    round.current += 1;
    setNews(noNews);
    void load(null);
  }, [load]);

  useEffect(() => {
    const timer = setTimeout(reload, settleMs);
    return () => {
      clearTimeout(timer);
      round.current += 1;
    };
  }, [reload]);

  // Sources tell of every request, once a second.
  const activity = sources.map(({ counts, probeSeenAt }) => `${counts.deliveries} ${probeSeenAt}`).join();
  const { deliveries, next, error } = pages;
  const isSettled = !isLoading && error === null;
  useEffect(() => {
    if (!isSettled) return undefined;
    let isStale = false;
    void ask('listDeliveries', question).then((reply) => {
      if (!isStale && reply.ok) setNews(newsOf(deliveries, reply.result));
    });
    return () => {
      isStale = true;
    };
    // `activity` says when to look.
  }, [activity, question, deliveries, isSettled]);

  const showNews = useCallback(() => {
    if (news.hasGap) return reload();
    setPages((before) => ({ ...before, deliveries: [...news.deliveries, ...before.deliveries] }));
    setNews(noNews);
  }, [news, reload]);
  useEffect(() => {
    if (!isHeld && news.deliveries.length > 0) showNews();
  }, [isHeld, news, showNews]);

  const loadMore = useCallback(() => {
    if (next !== null && isSettled) void load(next);
  }, [next, isSettled, load]);
  const replace = useCallback(
    (delivery: Delivery) => setPages((before) => withDelivery(before, delivery)),
    [],
  );
  return { ...pages, isLoading, news, showNews, loadMore, reload, replace };
}
