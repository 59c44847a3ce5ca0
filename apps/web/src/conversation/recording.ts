import { useSyncExternalStore } from 'react';
import { sendThrough, visitor } from '../session/current.ts';
import type { Exchange } from './exchange.ts';
import { createRecorder } from './recorder.ts';

/** The recorder of this page; there is one. */
export const recorder = createRecorder((...call) => fetch(...call), new URL(window.location.href));

/** The exchanges of this page since it began to record, the newest last. */
export const useExchanges = (): Exchange[] => useSyncExternalStore(recorder.subscribe, recorder.exchanges);

/** Another number after each time that somebody was forgotten: what still holds words of theirs drops them. */
export const useTimesForgotten = (): number =>
  useSyncExternalStore(recorder.subscribe, recorder.timesForgotten);

/**
 * From now on every call of this page is recorded.
 * @param onAnother called when somebody else than before has logged in
 * @param onForget called when a session is over, and with it what was said about whoever had it
 */
export function startRecording(onAnother: () => void, onForget: () => void): void {
  const meet = () => {
    const state = visitor.now();
    if (state.is === 'known' && recorder.meet(state.conversation)) onForget();
  };
  meet();
  visitor.subscribe(meet);
  recorder.onAnother(onAnother);
  sendThrough(recorder.fetch);
}
