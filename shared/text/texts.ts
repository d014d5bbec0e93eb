// Every sentence a person sees, by area; each area's file holds both languages side by side.
import type { Language } from './language.ts';
import { deliveriesText } from './deliveries-text.ts';
import { notificationText } from './notification-text.ts';
import { refusalText } from './refusal-text.ts';
import { settingsText } from './settings-text.ts';
import { setupGuideText } from './setup-guide-text.ts';
import { setupText } from './setup-text.ts';
import { sourcesText } from './sources-text.ts';
import { statusText } from './status-text.ts';
import { storageText } from './storage-text.ts';
import { trayText } from './tray-text.ts';
import { windowText } from './window-text.ts';

/** All texts of one language. */
export function textsOf(language: Language) {
  return {
    language,
    deliveriesScreen: deliveriesText[language],
    guide: setupGuideText[language],
    notification: notificationText[language],
    refusal: refusalText[language],
    settings: settingsText[language],
    setup: setupText[language],
    sourcesScreen: sourcesText[language],
    status: statusText[language],
    storage: storageText[language],
    tray: trayText[language],
    window: windowText[language],
  } as const;
}
export type Texts = ReturnType<typeof textsOf>;
