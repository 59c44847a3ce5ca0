import { useEffect, useSyncExternalStore } from 'react';
import { keep, recall } from '../../browser/storage.ts';
import { recorder, useExchanges } from '../recording/recording.ts';
import { type StepName, stepNames, stepsTaken } from './steps.ts';

/** How far a person has come in the lesson. */
interface Progress {
  /** The step beside the toy. */
  current: StepName;
  /** The steps that were taken when the person came to the current one. The list folds them. */
  passed: readonly StepName[];
}

const [keyOfTaken, keyOfCurrent] = ['steps', 'step'];
const sessionStore = () => sessionStorage;

/** The steps in what the browser has stored. Names that no step has are ignored. */
const readSteps = (kept: string | undefined): StepName[] => {
  const names: unknown[] = JSON.parse(kept ?? '[]');
  return stepNames.filter((name) => names.includes(name));
};

/** The steps that were taken, as far as an effect or a button has written them down. */
let noted = readSteps(recall(sessionStore, keyOfTaken));

function note(steps: StepName[]) {
  noted = steps;
  keep(sessionStore, keyOfTaken, JSON.stringify(steps));
}

let progress: Progress = {
  current: readSteps(recall(sessionStore, keyOfCurrent))[0] ?? stepNames[0],
  passed: noted,
};
const listeners = new Set<() => void>();

function set(next: Progress) {
  progress = next;
  keep(sessionStore, keyOfCurrent, JSON.stringify([next.current]));
  for (const listener of listeners) listener();
}

/** How far the person has come in this tab, also before a reload. */
export const useProgress = (): Progress =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => progress,
  );

/** The steps that a person has taken in this tab, also before a reload. */
export function useStepsTaken(): Set<StepName> {
  const exchanges = useExchanges();
  useProgress();
  const shown = stepsTaken(exchanges, noted);
  const taken = stepNames.filter((name) => noted.includes(name) || shown.includes(name));
  useEffect(() => note(taken));
  return new Set(taken);
}

/** Sets the step beside the toy. To go on from a step that is only read takes it. */
export function goTo(step: StepName): void {
  const isRead = progress.current === 'end' && step === 'logOut';
  note(stepNames.filter((name) => noted.includes(name) || (name === 'end' && isRead)));
  set({ current: step, passed: noted });
}

/** Forgets which steps were taken, and begins with the first. */
export function forgetSteps(): void {
  note([]);
  set({ current: stepNames[0], passed: [] });
}

/** Forgets which steps were taken, and every exchange. */
export function startAgain(): void {
  forgetSteps();
  recorder.clear();
}
