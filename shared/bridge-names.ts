// Names only, so that the preload bundle carries no schema library.

/** Every call of the bridge. `bridge.ts` gives each its argument and result; the compiler proves that none is missing. */
export const bridgeCallNames = [
  'health',
  'listSources',
  'addSource',
  'updateSource',
  'removeSource',
  'rotateSecret',
  'sourceAddress',
  'sourceLevels',
  'listAlerts',
  'getAlert',
  'acknowledgeAlerts',
  'unacknowledgeAlerts',
  'snoozeAlerts',
  'unsnoozeAlerts',
  'resolveAlerts',
  'reopenAlerts',
  'addNote',
  'listDeliveries',
  'getDelivery',
  'parseAgain',
  'sendTestAlert',
  'getStorage',
  'dismissNotice',
  'getSettings',
  'updateSettings',
  'setQuiet',
  'playSound',
  'desktopFacts',
  'setStartAtLogin',
  'diagnostics',
  'endTestAlerts',
  'getTunnel',
  'setTunnel',
  'hostKeys',
  'probeNow',
  'addressPasted',
  'coverage',
  'setOnCall',
  'handOver',
  'watch',
  'reportView',
  'copyText',
  'openLink',
] as const;
export type BridgeCallName = (typeof bridgeCallNames)[number];

/** The one IPC channel for calls and the one for pushes. */
export const callChannel = 'tocsin:call';
export const pushChannel = 'tocsin:push';
