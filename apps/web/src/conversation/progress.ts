import { useEffect } from 'react';
import { keep, recall } from '../browser/storage.ts';
import { recorder, useExchanges } from './recording.ts';
import { type StepName, stepNames, stepsTaken } from './steps.ts';

const key = 'steps';

/** The steps that were taken in this tab, those before a reload too. */
export function useStepsTaken(): Set<StepName> {
  const exchanges = useExchanges();
  const before = readSteps(recall(sessionStore, key));
  const taken = new Set([...before, ...stepsTaken(exchanges, before)]);
  const kept = JSON.stringify([...taken]);
  useEffect(() => keep(sessionStore, key, kept), [kept]);
  return taken;
}

/** Forgets the steps. */
export const forgetSteps = (): void => keep(sessionStore, key, '[]');

/** Forgets the steps and what was recorded. */
export function startAgain(): void {
  forgetSteps();
  recorder.clear();
}

/** Steps as the browser kept them. */
const readSteps = (kept: string | undefined): StepName[] => {
  const names: unknown[] = JSON.parse(kept ?? '[]');
  return stepNames.filter((name) => names.includes(name));
};

const sessionStore = () => sessionStorage;
