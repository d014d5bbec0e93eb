/** The languages every sentence exists in. Text from senders is never translated. */
export type Language = 'en' | 'zh-CN';

/** The language to speak: the person's choice, else the system's, else English. */
export function pickLanguage(choice: 'system' | Language, systemLocale: string): Language {
  if (choice !== 'system') return choice;
  return systemLocale.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}
