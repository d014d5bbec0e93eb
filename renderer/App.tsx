import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import type { AlertId } from '../shared/alert.ts';
import { countAlerts } from '../shared/alert-order.ts';
import { pickLanguage } from '../shared/text/language.ts';
import { textsOf } from '../shared/text/texts.ts';
import { AlertsScreen, type AlertsView, freshView } from './alerts/AlertsScreen.tsx';
import { noFilter } from './alerts/alert-filter.ts';
import { createAlertActs, type Notice } from './alerts/alert-acts.ts';
import { LiveRegion } from './alerts/LiveRegion.tsx';
import { NoticeBar } from './alerts/NoticeBar.tsx';
import { Rail, type Screen } from './controls/Rail.tsx';
import { ShortcutSheet } from './controls/ShortcutSheet.tsx';
import { TextsContext } from './controls/texts.ts';
import { useShortcuts } from './controls/use-shortcuts.ts';
import { DeliveriesScreen } from './deliveries/DeliveriesScreen.tsx';
import { type DeliveryFilter, noDeliveryFilter } from './deliveries/delivery-pages.ts';
import { HearingBar } from './hearing/HearingBar.tsx';
import { StoreNotices } from './hearing/StoreNotices.tsx';
import type { LiveStore } from './live-store.ts';
import { SettingsScreen } from './settings/SettingsScreen.tsx';
import { SourcesScreen } from './sources/SourcesScreen.tsx';

/** The window: rail, one screen, and what lies over it. */
export function App({ store }: { readonly store: LiveStore }) {
  const live = useSyncExternalStore(store.subscribe, store.state);
  const language = pickLanguage(live.settings?.language ?? 'system', navigator.language);
  const texts = useMemo(() => textsOf(language), [language]);
  const [screen, setScreen] = useState<Screen>('alerts');
  const [view, setView] = useState<AlertsView>(freshView);
  const [focusRequest, setFocusRequest] = useState<{ readonly id: AlertId } | null>(null);
  const [notice, setNotice] = useState<Notice | null>(null);
  const clearNotice = useCallback(() => setNotice(null), []);
  const [deliveryFilter, setDeliveryFilter] = useState<DeliveryFilter>(noDeliveryFilter);
  const [isSheetOpen, setSheetOpen] = useState(false);
  const acts = useMemo(() => createAlertActs(texts, setNotice), [texts]);

  const theme = live.settings?.theme ?? 'system';
  const { open } = useMemo(() => countAlerts(live.alerts.values()), [live.alerts]);
  const openCount = open.critical + open.medium + open.low;
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = texts.window.windowTitle(openCount);
    if (theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  }, [language, texts, theme, openCount]);

  const showAlert = useCallback((id: AlertId) => {
    setScreen('alerts');
    setView({ filter: noFilter, currentId: id, isDetailOpen: true });
    setFocusRequest({ id });
  }, []);
  const leave = useCallback(() => setScreen('alerts'), []);
  const showDeliveries = useCallback((filter: Partial<DeliveryFilter>) => {
    setDeliveryFilter({ ...noDeliveryFilter, ...filter });
    setScreen('deliveries');
  }, []);
  useEffect(() => store.onShowAlert(showAlert), [store, showAlert]);

  useShortcuts({
    help: () => setSheetOpen(true),
    undo: () => {
      if (notice?.undo == null) return false;
      setNotice(null);
      notice.undo();
      return true;
    },
    // The other screens have something of their own to step back from first.
    ...(screen === 'settings' ? { escape: leave } : {}),
  });

  return (
    <I18nProvider locale={language}>
      <TextsContext.Provider value={texts}>
        <div className="window">
          <Rail screen={screen} onChange={setScreen} />
          <div className="content">
            <StoreNotices live={live} />
            {screen === 'alerts' ? (
              <AlertsScreen
                live={live}
                store={store}
                acts={acts}
                view={view}
                onView={setView}
                focusRequest={focusRequest}
              />
            ) : screen === 'deliveries' ? (
              <DeliveriesScreen
                live={live}
                filter={deliveryFilter}
                onFilter={setDeliveryFilter}
                onShowAlert={showAlert}
                onRetry={store.reload}
                onLeave={leave}
              />
            ) : (
              <>
                <header className="page-head">
                  <h1>{texts.window[screen]}</h1>
                </header>
                <HearingBar live={live} onRetry={store.reload} />
                {screen === 'sources' ? (
                  <SourcesScreen live={live} onShowDeliveries={showDeliveries} onLeave={leave} />
                ) : (
                  <SettingsScreen live={live} />
                )}
              </>
            )}
          </div>
        </div>
        <NoticeBar notice={notice} onDone={clearNotice} />
        <ShortcutSheet isOpen={isSheetOpen} onClose={() => setSheetOpen(false)} />
        <LiveRegion store={store} />
      </TextsContext.Provider>
    </I18nProvider>
  );
}
