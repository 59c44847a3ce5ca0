import { useSyncExternalStore } from 'react';
import { sendThrough, serverOrigin, serverUrl, visitor } from '../../session/current.ts';
import type { Exchange } from './exchange.ts';
import { createRecorder } from './recorder.ts';

/** The recorder of this page; there is one. */
export const recorder = createRecorder(
  (...call) => fetch(...call),
  new URL(window.location.href),
  serverUrl.slice(serverOrigin.length),
);

/** The exchanges of this page since it began to record, the newest last. */
export const useExchanges = (): Exchange[] => useSyncExternalStore(recorder.subscribe, recorder.exchanges);

/** A number that grows each time that a visitor's personal data is removed. A component that shows such data drops it then. */
export const useTimesForgotten = (): number =>
  useSyncExternalStore(recorder.subscribe, recorder.timesForgotten);

/**
 * Records every call of this page from now on. To be called once.
 * @param onAccountChange called when another account than before has logged in
 * @param onForget called when the recorder has removed a visitor's personal data
 */
export function startRecording(onAccountChange: () => void, onForget: () => void): void {
  const meet = () => {
    const state = visitor.now();
    if (state.is === 'known' && recorder.meet(state.conversation)) onForget();
  };
  meet();
  visitor.subscribe(meet);
  recorder.onAccountChange(onAccountChange);
  sendThrough(recorder.fetch);
}
