import { createContext, useContext } from 'react';
import { type Texts, textsOf } from '../../shared/text/texts.ts';

/** The sentences of the language the window speaks right now. */
export const TextsContext = createContext<Texts>(textsOf('en'));

export function useTexts(): Texts {
  return useContext(TextsContext);
}
