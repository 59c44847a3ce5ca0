import { useEffect } from 'react';
import { keep, recall } from '../browser/storage.ts';
import { type Exchange, emptyTape, useTape } from './wire.ts';

const key = 'steps';

/** The steps of the path that were taken, counted from 0: as this page saw it, a reload ago too. */
export function useStepsDone(): Set<number> {
  const tape = useTape();
  const before: number[] = JSON.parse(recall(sessionStore, key) ?? '[]');
  const done = new Set([...before, ...stepsIn(tape, before)]);
  const kept = JSON.stringify([...done]);
  useEffect(() => keep(sessionStore, key, kept), [kept]);
  return done;
}

/** Forgets the steps. */
export const forgetSteps = (): void => keep(sessionStore, key, '[]');

/** Forgets the steps and what was recorded. */
export function startAgain(): void {
  forgetSteps();
  emptyTape();
}

/** Of the steps, the one that the two after it look back to. */
const loggingIn = 3;

/** The steps that a recording shows. @param before those that were taken before it began */
function stepsIn(tape: Exchange[], before: number[]): number[] {
  const answered = tape.filter(({ status }) => status && status < 300);
  const all = (method: string, path: string) =>
    answered.filter((one) => one.method === method && one.path === path);
  const looks = all('GET', '/session');
  const login = all('POST', '/login').at(-1)?.number ?? (before.includes(loggingIn) ? 0 : undefined);
  const isLater = ({ number }: Exchange) => login !== undefined && number > login;
  const taken = [
    looks.some(({ sent }) => !sent),
    all('PATCH', '/session').some(({ told }) => told?.session),
    // Who is known by name has done that, here or before.
    looks.some(({ told }) => told?.user),
    login !== undefined,
    // The first look is the page's own, right after the login.
    looks.filter((one) => isLater(one) && one.told?.user).length > 1,
    all('POST', '/logout').some(isLater),
  ];
  return taken.flatMap((done, step) => (done ? [step] : []));
}

const sessionStore = () => sessionStorage;
