import { availableParallelism } from 'node:os';
import argon2 from 'argon2';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { addressOf, networksOf } from '../http/address.ts';
import { invalidRequest } from '../http/problems.ts';
import type { Blocklist } from './blocklist.ts';
import { decoysBeside, learnCost, parametersOf } from './decoys.ts';
import { createQueue, type Queue } from './queue.ts';

/** Argon2id at OWASP's stated minimum (Password Storage Cheat Sheet); memory in KiB. */
const parameters = { type: argon2.argon2id, memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 } as const;

// What failed attempts cost in any case: today's parameters, in the order in which argon2 writes them.
learnCost(
  `$argon2id$v=19$m=${parameters.memoryCost},p=1,t=${parameters.timeCost}$${'A'.repeat(22)}$${'A'.repeat(43)}`,
);

declare module 'fastify' {
  interface FastifyInstance {
    passwordQueue: Queue;
  }
}

/** Makes {@link inTurn} available to the requests of an app. */
export function queuePasswords(app: FastifyInstance): void {
  const queue = createQueue({ concurrency: availableParallelism(), maxWaiting: 512, maxWaitMs: 10_000 });
  app.decorate('passwordQueue', queue);
}

/**
 * Runs a job when a hash may be computed: one a core at a time, one of libuv's threads left for everything else.
 * 512 more may wait, each at most 10 s, and networks take turns.
 * @param reply the answer that waits for it. When its connection closes first, the job is not run.
 * @throws {ProblemError} 503 when the queue is full or closed, or when the wait was too long.
 */
export function inTurn<T>(reply: FastifyReply, job: () => Promise<T>): Promise<T> {
  const gone = new AbortController();
  // With a reason, since without one each request would cost an error. The answer's own event: a request closes as soon
  // as its body was read.
  const abort = () => gone.abort('closed');
  if (reply.raw.destroyed) abort();
  else reply.raw.once('close', abort);
  const sender = { networks: networksOf(addressOf(reply.request)), gone: gone.signal };
  return reply.server.passwordQueue.inTurn(sender, job);
}

/** A hash in PHC string format. To be called in turn. */
export const hashPassword = (password: string): Promise<string> => argon2.hash(password, parameters);

/**
 * Whether the password is the one behind the hash. To be called in turn. No hash, or one that cannot be used, is never
 * right, and costs what any wrong password costs: one check of each set of parameters in use.
 * @throws what argon2 throws of a hash that can be used, when there is no memory for it, for instance.
 */
export async function verifyPassword(hash: string | undefined, password: string): Promise<boolean> {
  const own = hash === undefined ? undefined : parametersOf(hash);
  if (hash !== undefined && own !== undefined && (await argon2.verify(hash, password))) return true;
  for (const decoy of decoysBeside(own)) await argon2.verify(decoy, password);
  return false;
}

/** Whether a hash was made with other parameters than today's. */
export const needsRehash = (hash: string): boolean => argon2.needsRehash(hash, parameters);

/**
 * Refuses what NIST SP 800-63B-4 section 3.1.1.2 has refused: common and expected passwords and those made from
 * the username. Lengths are the schema's business.
 * @throws {ProblemError} 400 `invalid-request`.
 */
export async function requireGoodPassword(
  password: string,
  username: string,
  isCommon: Blocklist,
  pointer = '#/password',
): Promise<void> {
  if (isVariantOf(password, username)) {
    throw invalidRequest([
      { pointer, rule: 'is-username', detail: 'Password must not be your username or a variant of it.' },
    ]);
  }
  if ((await isCommon(password)) || isVariantOf(password, 'coatcheck')) {
    throw invalidRequest([
      {
        pointer,
        rule: 'too-common',
        detail:
          'Choose a password that is harder to guess. This one is on a list of common passwords or follows a plain pattern.',
      },
    ]);
  }
}

/**
 * The word itself, any case, forwards or backwards, once or often, its letters swapped for look-alikes, its dots and
 * dashes anywhere, and nothing but digits and signs around it.
 */
function isVariantOf(password: string, word: string): boolean {
  const letters = [...word.replaceAll(/[._-]/g, '')].map((letter) => lookAlikes[letter] ?? letter);
  const forwards = letters.join('[._\\s-]*');
  const backwards = letters.toReversed().join('[._\\s-]*');
  const rest = password.replaceAll(new RegExp(`${forwards}|${backwards}`, 'giu'), '');
  return rest !== password && !/\p{L}/u.test(rest);
}

const lookAlikes: Record<string, string> = {
  a: '[a4@]',
  b: '[b8]',
  e: '[e3]',
  g: '[g9]',
  i: '[i1!]',
  l: '[l1!]',
  o: '[o0]',
  s: '[s5$]',
  t: '[t7+]',
  z: '[z2]',
};
