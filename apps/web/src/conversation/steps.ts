import { useEffect } from 'react';
import { keep, recall } from '../keeping.ts';
import { type Exchange, emptyTape, useTape } from './wire.ts';

const key = 'steps';

/** The steps of the path that were taken, counted from 0: as this page saw it, a reload ago too. */
export function useStepsDone(): Set<number> {
  const tape = useTape();
  const before: number[] = JSON.parse(recall(sessionStore, key) ?? '[]');
  const done = new Set([...before, ...stepsIn(tape)]);
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

/** The steps that a recording shows. */
export function stepsIn(tape: Exchange[]): number[] {
  const answered = tape.filter(({ status }) => status && status < 300);
  const is = (method: string, path: string) => (one: Exchange) => one.method === method && one.path === path;
  const login = answered.findLast(is('POST', '/login'));
  const looks = answered.filter(is('GET', '/session'));
  const taken = [
    looks.some(({ sent }) => !sent),
    answered.filter(is('PATCH', '/session')).some(({ told }) => told?.session),
    // Who is known by name has done that, here or before.
    looks.some(({ told }) => told?.user),
    login !== undefined,
    // The first look is the page's own, right after the login.
    login !== undefined && looks.filter(({ number, told }) => number > login.number && told?.user).length > 1,
    login !== undefined && answered.filter(is('POST', '/logout')).some(({ number }) => number > login.number),
  ];
  return taken.flatMap((done, step) => (done ? [step] : []));
}

const sessionStore = () => sessionStorage;
