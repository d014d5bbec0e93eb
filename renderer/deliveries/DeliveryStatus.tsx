import ArrowUp from 'lucide-react/icons/arrow-up';
import { useTexts } from '../controls/texts.ts';
import type { News } from './delivery-pages.ts';

interface DeliveryStatusProps {
  readonly shown: number;
  readonly next: string | null;
  readonly isLoading: boolean;
  readonly news: News;
  readonly onShowNews: () => void;
  readonly onGoOn: () => void;
}

/** The line above the list: how many, how far back was looked, what is new. Always there, so nothing jumps. */
export function DeliveryStatus({ shown, next, isLoading, news, onShowNews, onGoOn }: DeliveryStatusProps) {
  const { deliveriesScreen: t, window } = useTexts();
  // A list that fills the window asks for more by itself when its end comes into view.
  const isStuck = !isLoading && next !== null && shown < 20;
  return (
    <div className="list-status">
      <span className="list-status-words" role="status">
        {isLoading ? window.loading : t.loaded(shown, next !== null)}
        {isStuck && (
          <>
            {' · '}
            {t.searchedTo(next)}{' '}
            <button type="button" className="text-button" onClick={onGoOn}>
              {t.goOn}
            </button>
          </>
        )}
      </span>
      {news.deliveries.length > 0 && (
        <button type="button" className="new-button" aria-label={t.showNew} onClick={onShowNews}>
          {t.newOnes(news.deliveries.length, news.hasGap)}
          <ArrowUp aria-hidden="true" size={12} />
        </button>
      )}
    </div>
  );
}
