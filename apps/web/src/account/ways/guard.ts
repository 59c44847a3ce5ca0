import type { ProofWay } from '@coatcheck/api-types';
import { createContext } from 'react';

/** What the buttons of the page know of the proof that their calls may ask for. */
export interface Guard {
  /** The id of the button whose call is to be made again, since the proof has been given. */
  resumed: string | undefined;
  /** Called when that button makes its call again. A button that shows later must not make it once more. */
  onResumed: () => void;
  /** Asks the person for a proof. @param id of the button whose call asked for it */
  askForProof: (id: string, ways: ProofWay[]) => void;
}

export const Guard = createContext<Guard>({
  resumed: undefined,
  onResumed: () => {},
  askForProof: () => {},
});
