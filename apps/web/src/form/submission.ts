import { type SubmitEvent, useRef, useState } from 'react';
import { useWords } from '../i18n/words.ts';
import { type Failure, type Refusal, refusal } from '../session/failure.ts';
import { type Inputs, type Mistake, mistakesOf } from './mistakes.ts';
import { useSecondsUntil } from './seconds.ts';

/** One job that a person starts by a press: log in, register, log out. */
export interface Submission {
  onSubmit: (event: SubmitEvent<HTMLFormElement>) => void;
  /** Whether an answer is being waited for. */
  pending: boolean;
  /** Seconds until the server wants to hear of it again. */
  seconds: number;
  /** What went wrong the last time; the same object as long as it is the same time. */
  refusal: Refusal | undefined;
  /** The username that was sent then. */
  username: string;
  mistakes: Mistake[];
  /** How often it was tried: shown passwords hide again at every try. */
  tries: number;
  /** Gives up waiting. */
  stop: () => void;
}

/**
 * Runs one job at a time: a second press sends nothing, and neither does one before `Retry-After` is over.
 *
 * @param send does it with what was typed, and gives what went wrong
 * @param inputs which input stands for which part of the request
 */
export function useSubmission(
  send: (typed: FormData, signal: AbortSignal) => Promise<Failure | undefined>,
  inputs: Inputs = {},
): Submission {
  const words = useWords();
  const [pending, setPending] = useState(false);
  const [tries, setTries] = useState(0);
  const [refused, setRefused] = useState<Refusal & { username: string }>();
  const seconds = useSecondsUntil(refused?.until ?? 0);
  // State comes a render late; two presses can come before it.
  const running = useRef<AbortController>(undefined);

  async function submit(form: HTMLFormElement) {
    if (running.current || (refused && Date.now() < refused.until)) return;
    const controller = new AbortController();
    running.current = controller;
    setPending(true);
    setTries((count) => count + 1);
    try {
      const typed = new FormData(form);
      const failure = await send(typed, controller.signal);
      const username = String(typed.get(inputs['#/username'] ?? '') ?? '').trim();
      setRefused(failure && { ...refusal(failure), username });
    } finally {
      running.current = undefined;
      setPending(false);
    }
  }

  return {
    onSubmit(event) {
      event.preventDefault();
      submit(event.currentTarget);
    },
    pending,
    seconds,
    refusal: refused,
    username: refused?.username ?? '',
    mistakes: refused ? mistakesOf(refused, inputs, refused.username, seconds, words) : [],
    tries,
    stop: () => running.current?.abort(),
  };
}
