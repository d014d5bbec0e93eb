// Every sentence a person sees, by area; each area's file holds both languages side by side.
import type { Language } from './language.ts';
import { coverageScreenText } from './coverage-screen-text.ts';
import { coverageText } from './coverage-text.ts';
import { deliveriesText } from './deliveries-text.ts';
import { notificationText } from './notification-text.ts';
import { onCallScreenText } from './on-call-screen-text.ts';
import { onCallText } from './on-call-text.ts';
import { refusalText } from './refusal-text.ts';
import { settingsText } from './settings-text.ts';
import { setupGuideText } from './setup-guide-text.ts';
import { setupText } from './setup-text.ts';
import { sourcesText } from './sources-text.ts';
import { statusText } from './status-text.ts';
import { storageText } from './storage-text.ts';
import { trayText } from './tray-text.ts';
import { tunnelText } from './tunnel-text.ts';
import { tunnelSetupText } from './tunnel-setup-text.ts';
import { windowText } from './window-text.ts';

/** All texts of one language. */
export function textsOf(language: Language) {
  return {
    language,
    coverage: coverageText[language],
    coverageScreen: coverageScreenText[language],
    deliveriesScreen: deliveriesText[language],
    guide: setupGuideText[language],
    notification: notificationText[language],
    onCall: onCallText[language],
    onCallScreen: onCallScreenText[language],
    refusal: refusalText[language],
    settings: settingsText[language],
    setup: setupText[language],
    sourcesScreen: sourcesText[language],
    status: statusText[language],
    storage: storageText[language],
    tray: trayText[language],
    tunnel: tunnelText[language],
    tunnelSetup: tunnelSetupText[language],
    window: windowText[language],
  } as const;
}
export type Texts = ReturnType<typeof textsOf>;
