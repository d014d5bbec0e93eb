import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import type { AlertId } from '../shared/alert.ts';
import { countAlerts } from '../shared/alert-order.ts';
import { defaultSettings } from '../shared/settings.ts';
import { pickLanguage } from '../shared/text/language.ts';
import { textsOf } from '../shared/text/texts.ts';
import { AlertsScreen, type AlertsView, freshView } from './alerts/AlertsScreen.tsx';
import { noFilter } from './alerts/alert-filter.ts';
import { createAlertActs, type Notice } from './alerts/alert-acts.ts';
import { LiveRegion } from './alerts/LiveRegion.tsx';
import { NoticeBar } from './alerts/NoticeBar.tsx';
import { ask } from './bridge.ts';
import { Rail, type RailScreen } from './controls/Rail.tsx';
import { ShortcutSheet } from './controls/ShortcutSheet.tsx';
import { TextsContext } from './controls/texts.ts';
import { useShortcuts } from './controls/use-shortcuts.ts';
import { CoverageScreen } from './coverage/CoverageScreen.tsx';
import { DeliveriesScreen } from './deliveries/DeliveriesScreen.tsx';
import { type DeliveryFilter, noDeliveryFilter } from './deliveries/delivery-pages.ts';
import { HearingBar } from './hearing/HearingBar.tsx';
import { StoreNotices } from './hearing/StoreNotices.tsx';
import type { LiveStore } from './live-store.ts';
import { SettingsScreen } from './settings/SettingsScreen.tsx';
import { SetupScreen } from './setup/SetupScreen.tsx';
import { isSetupDue } from './setup/setup-due.ts';
import { SourcesScreen } from './sources/SourcesScreen.tsx';
import { WayInScreen } from './tunnel/WayInScreen.tsx';

/** The way in has no place in the rail: it is reached from where it is missed. */
type Screen = RailScreen | 'way-in';

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
  const [setup, setSetup] = useState<'when-due' | 'open' | 'closed'>('when-due');
  const isSetupShown = setup === 'open' || (setup === 'when-due' && isSetupDue(live));
  const testAlert = useRef<AlertId | null>(null);
  const noteTestAlert = useCallback((id: AlertId) => {
    testAlert.current = id;
  }, []);
  const endSetup = (): void => {
    setSetup('closed');
    setScreen('alerts');
    if (live.settings?.setupDone === false) void ask('updateSettings', { changes: { setupDone: true } });
  };
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
    setSetup('closed');
    setScreen('alerts');
    setView({ filter: noFilter, currentId: id, isDetailOpen: true });
    setFocusRequest({ id });
  }, []);
  const leave = useCallback(() => setScreen('alerts'), []);
  const showWayIn = useCallback(() => {
    setSetup('closed');
    setScreen('way-in');
  }, []);
  const [isHandOverWanted, setHandOverWanted] = useState(false);
  const showSources = useCallback(() => setScreen('sources'), []);
  const showDeliveries = useCallback((filter: Partial<DeliveryFilter>) => {
    setDeliveryFilter({ ...noDeliveryFilter, ...filter });
    setScreen('deliveries');
  }, []);
  useEffect(
    () =>
      store.onShow((what) => {
        if (what.type === 'show-screen') {
          setSetup('closed');
          // Who is led to Coverage comes for the hand-over.
          setHandOverWanted(what.screen === 'coverage');
          setScreen(what.screen);
        } else if (what.type === 'show-list') {
          setSetup('closed');
          setScreen('alerts');
          setView({ ...freshView, filter: { ...noFilter, places: new Set([what.place]) } });
        } else if (what.id !== testAlert.current) {
          // The person looks at the test's own notification; the set-up goes on.
          showAlert(what.id);
        }
      }),
    [store, showAlert],
  );

  useShortcuts({
    help: () => setSheetOpen(true),
    undo: () => {
      if (notice?.undo == null) return false;
      setNotice(null);
      notice.undo();
      return true;
    },
    // The other screens have something of their own to step back from first.
    ...(screen === 'settings' || screen === 'coverage' || screen === 'way-in' ? { escape: leave } : {}),
  });
  // The way in leads nowhere from itself, and within the set-up it is a step of its own.
  const bar = (
    <HearingBar
      live={live}
      onRetry={store.reload}
      onWayIn={screen === 'way-in' || isSetupShown ? null : showWayIn}
    />
  );

  return (
    <I18nProvider locale={language}>
      <TextsContext.Provider value={texts}>
        <div className="window">
          <Rail
            screen={screen === 'way-in' ? 'sources' : screen}
            onChange={(to) => {
              setSetup('closed');
              setHandOverWanted(false);
              setScreen(to);
            }}
          />
          <div className="content">
            <StoreNotices live={live} />
            {isSetupShown ? (
              <>
                {bar}
                <SetupScreen
                  live={live}
                  onBegin={() => setSetup('open')}
                  onEnd={endSetup}
                  onTestAlert={noteTestAlert}
                />
              </>
            ) : screen === 'alerts' ? (
              <AlertsScreen
                live={live}
                bar={bar}
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
                bar={bar}
                onLeave={leave}
              />
            ) : (
              <>
                <header className="page-head">
                  <h1>
                    {screen === 'coverage'
                      ? texts.coverageScreen.title
                      : screen === 'way-in'
                        ? texts.tunnelSetup.title
                        : texts.window[screen]}
                  </h1>
                </header>
                {bar}
                {screen === 'sources' && (
                  <SourcesScreen
                    live={live}
                    onShowDeliveries={showDeliveries}
                    onWayIn={showWayIn}
                    onLeave={leave}
                  />
                )}
                {screen === 'way-in' && <WayInScreen live={live} onShowSources={showSources} />}
                {screen === 'coverage' && <CoverageScreen live={live} isHandOverWanted={isHandOverWanted} />}
                {screen === 'settings' && (
                  <SettingsScreen live={live} onSetup={() => setSetup('open')} onWayIn={showWayIn} />
                )}
              </>
            )}
          </div>
        </div>
        <NoticeBar
          notice={notice}
          shownMs={(live.settings ?? defaultSettings).undoSeconds * 1000}
          onDone={clearNotice}
        />
        <ShortcutSheet isOpen={isSheetOpen} onClose={() => setSheetOpen(false)} />
        <LiveRegion store={store} />
      </TextsContext.Provider>
    </I18nProvider>
  );
}
