import { type SubmitEvent, useRef, useState } from 'react';
import { useWords } from '../i18n/words.ts';
import { type Failure, type TimedFailure, timed } from '../session/failure.ts';
import {
  type Inputs,
  type Mistake,
  mistakesOf,
  type SentencesOfFailures,
  type SentencesOfFields,
} from './mistakes.ts';
import { useSecondsUntil } from './seconds.ts';

/** A job that a person starts by a press: a login, a registration, a logout. */
export interface Submission {
  onSubmit: (event: SubmitEvent<HTMLFormElement>) => void;
  /** Whether the job is running. */
  pending: boolean;
  /** Seconds until the server accepts a new try. */
  seconds: number;
  /** The failure of the last try. Every try that fails sets a new object. */
  failure: TimedFailure | undefined;
  /** The username that the last failed try sent. */
  username: string;
  /** The failure in sentences. */
  mistakes: Mistake[];
  /** The number of tries so far. Every try hides a password that is shown. */
  tries: number;
  /** Aborts the running job. */
  stop: () => void;
}

/**
 * Runs one job at a time. A second press sends nothing while the job runs, and neither before `Retry-After` is over.
 *
 * @param send does the job with the typed values. Resolves with the failure, or with undefined when the job succeeded.
 * @param inputs the id of the input for each part of the request
 * @param ownFields the sentences about fields that no other form has
 * @param ownFailures the sentences about failures that mean something else in this form
 */
export function useSubmission(
  send: (typed: FormData, signal: AbortSignal) => Promise<Failure | undefined>,
  inputs: Inputs = {},
  ownFields: SentencesOfFields = {},
  ownFailures: SentencesOfFailures = {},
): Submission {
  const words = useWords();
  const [pending, setPending] = useState(false);
  const [tries, setTries] = useState(0);
  const [failed, setFailed] = useState<{ failure: TimedFailure; username: string }>();
  const { failure, username = '' } = failed ?? {};
  const seconds = useSecondsUntil(failure?.retryAt ?? 0);
  // A ref, since two presses can come before React renders the state.
  const running = useRef<AbortController>(undefined);

  async function submit(form: HTMLFormElement) {
    if (running.current || (failure && Date.now() < failure.retryAt)) return;
    const controller = new AbortController();
    running.current = controller;
    setPending(true);
    setTries((count) => count + 1);
    try {
      const typed = new FormData(form);
      const result = await send(typed, controller.signal);
      const username = String(typed.get(inputs['#/username'] ?? '') ?? '').trim();
      setFailed(result && { failure: timed(result), username });
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
    failure,
    username,
    mistakes: failure ? mistakesOf(failure, inputs, username, seconds, words, ownFields, ownFailures) : [],
    tries,
    stop: () => running.current?.abort(),
  };
}
