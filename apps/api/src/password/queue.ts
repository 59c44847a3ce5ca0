import { availableParallelism } from 'node:os';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';
import { FairQueue, type Place } from '../fair-queue/fair-queue.ts';
import { HungUp, unavailable } from '../http/problems.ts';

/** The sender of a request that waits for a job. */
interface Sender {
  /** The networks that the sender's address lies in, the widest first. */
  networks: string[];
  /** Aborts when the sender hangs up. */
  gone: AbortSignal;
}

/** The queue of jobs that hash passwords: see {@link createQueue}. */
export interface Queue {
  /**
   * Runs a job in its turn.
   * @returns a promise that settles as the job does, once the next job has begun.
   * @throws {ProblemError} 503 `unavailable` when the place is given up or the wait is over. The job is not run then.
   * @throws {HungUp} when the sender hangs up. The job is not run then.
   */
  inTurn<T>(sender: Sender, job: () => Promise<T>): Promise<T>;
  /** Gives up every place. From now on a job runs at once or not at all. */
  close(): void;
}

/** @returns the sender of the request to which this reply belongs. */
export function senderOf(reply: FastifyReply): Sender {
  const gone = new AbortController();
  // `abort` gets a reason, since without one each request would cost an error. The event is that of the response: a
  // request closes as soon as its body was read.
  const abort = () => gone.abort('closed');
  if (reply.raw.destroyed) abort();
  else reply.raw.once('close', abort);
  return { networks: reply.request.networks, gone: gone.signal };
}

/** The two ends of a wait. */
interface Waiting {
  start(): void;
  giveUp(): void;
}

/**
 * Makes the bounded queue before the hashes of passwords. Networks take turns in it, so that a crowd from one network
 * delays only itself. When all places are taken, the network that holds most of them gives up its newest.
 * @param options.concurrency jobs that run at a time: one for each core, which leaves one of libuv's threads for the
 * rest.
 * @param options.maxWaiting further jobs that may wait.
 * @param options.maxWaitMs milliseconds that each of them may wait.
 */
export function createQueue({
  concurrency = availableParallelism(),
  maxWaiting = 512,
  maxWaitMs = 10_000,
} = {}): Queue {
  const places = new FairQueue<Waiting>();
  const waiting = new Set<Waiting>();
  let running = 0;
  let isClosed = false;

  return {
    async inTurn(sender, job) {
      const place = await turn(sender);
      try {
        return await job();
      } finally {
        places.finish(place);
        running -= 1;
        // The caller goes on with a write to the database, which would keep the next job from its hash.
        if (startNext()) await nextTurn();
      }
    },
    close() {
      isClosed = true;
      for (const { giveUp } of waiting) giveUp();
    },
  };

  function turn({ networks, gone }: Sender) {
    return new Promise<Place<Waiting>>((resolve, reject) => {
      if (gone.aborted) return reject(hungUp());
      const leave = (why: Error) => {
        places.leave(place);
        stopWaiting();
        reject(why);
      };
      const onGone = () => leave(hungUp());
      const timer = setTimeout(() => leave(busy()), maxWaitMs);
      const stopWaiting = () => {
        waiting.delete(place.value);
        clearTimeout(timer);
        gone.removeEventListener('abort', onGone);
      };
      const place = places.add(networks, {
        start() {
          stopWaiting();
          resolve(place);
        },
        giveUp: () => leave(busy()),
      });
      waiting.add(place.value);
      gone.addEventListener('abort', onGone);
      startNext();
      if (places.size > (isClosed ? 0 : maxWaiting)) places.surplus(place).value.giveUp();
    });
  }

  /**
   * Gives the places that are free to the next in the queue, so that nobody who comes later slips in between.
   * @returns whether a job was started.
   */
  function startNext(): boolean {
    const before = running;
    while (running < concurrency) {
      const next = places.next();
      if (!next) break;
      running += 1;
      next.value.start();
    }
    return running > before;
  }
}

const busy = () =>
  unavailable('Too many passwords are being checked right now. Try again in a few seconds.', 5);

const hungUp = () => new HungUp('The connection was closed before its turn');
