import { useEffect } from 'react';
import { keep, recall } from '../../browser/storage.ts';
import { recorder, useExchanges } from '../recording/recording.ts';
import { type StepName, stepNames, stepsTaken } from './steps.ts';

const key = 'steps';

/** The steps that a person has taken in this tab, also before a reload. */
export function useStepsTaken(): Set<StepName> {
  const exchanges = useExchanges();
  const before = readSteps(recall(sessionStore, key));
  const taken = new Set([...before, ...stepsTaken(exchanges, before)]);
  const kept = JSON.stringify([...taken]);
  useEffect(() => keep(sessionStore, key, kept), [kept]);
  return taken;
}

/** Forgets which steps were taken. */
export const forgetSteps = (): void => keep(sessionStore, key, '[]');

/** Forgets which steps were taken, and every exchange. */
export function startAgain(): void {
  forgetSteps();
  recorder.clear();
}

/** The steps in what the browser has stored. Names that no step has are ignored. */
const readSteps = (kept: string | undefined): StepName[] => {
  const names: unknown[] = JSON.parse(kept ?? '[]');
  return stepNames.filter((name) => names.includes(name));
};

const sessionStore = () => sessionStorage;
