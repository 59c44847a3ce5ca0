import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { hashPassword } from '../../apps/api/src/password/hash.ts';
import type { LoopAnswer, LoopQuestion } from '../lib/argon2-loop.ts';
import type { Finding } from '../lib/finding.ts';
import { rateOf } from '../lib/load.ts';
import { logins } from '../lib/logins.ts';
import { peerCommand, startPeer } from '../lib/peers.ts';
import { ask, type Server } from '../lib/processes.ts';
import { password, sqliteIn, startProduct } from '../lib/product.ts';
import { inTurn, sideBySide } from '../lib/rounds.ts';
import type { Row } from '../lib/row.ts';
import { seedSqlite } from '../lib/seed.ts';

const accounts = 2_000;
/** Logins of the try that says how many fit into a round. */
const tried = 40;
/** The number of threads that the server gives to its hashes (apps/api/src/password/hash-threads.ts). */
const threads = Math.max(4, availableParallelism() + 1);

/** POST /login beside the hash of the password alone, and beside the least that Fastify can do around it. */
export const login: Row = {
  name: 'login',
  async measure(bench) {
    const hash = await hashPassword(password);
    const path = join(bench.folder, 'coatcheck.db');
    await seedSqlite(path, { accounts, sessions: 0, passwordHash: hash }, bench.progress);
    await using product = await startProduct({
      database: sqliteIn(bench.folder),
      env: { TRUSTED_PROXIES: '127.0.0.1' },
    });
    const env = { UV_THREADPOOL_SIZE: String(threads) };
    await using bare = await startPeer('fastify-login.js', { ...env, PEER_HASH: hash });
    const command = peerCommand('argon2-loop.ts', env);
    const loop = async (concurrency: number, amount: number) => {
      const question: LoopQuestion = { hash, password, concurrency, amount };
      const { seconds, processorMs } = await ask<LoopAnswer>(command, question);
      return { rate: amount / seconds, micros: (processorMs * 1_000) / amount };
    };

    const findings: Finding[] = [];
    for (const concurrency of [2, 8]) {
      bench.say(`${concurrency} at a time`);
      const rate = (server: Server, amount: number) =>
        rateOf(server, { connections: concurrency, requests: logins(accounts), until: { amount } });
      const amount = Math.ceil((await loop(concurrency, tried)).rate * bench.seconds);
      // Both servers as much, so that the code of one is compiled as far as that of the other.
      await rate(product, amount);
      await rate(bare, amount);
      const rounds = await inTurn(bench, {
        coatcheck: () => rate(product, amount),
        loop: () => loop(concurrency, amount),
        fastify: () => rate(bare, amount),
      });
      const name = `login, ${concurrency} at a time`;
      const what = `POST /login on SQLite, ${concurrency} at a time, of ${accounts.toLocaleString('en')} accounts in turn, each from an address of its own`;
      const againstLoop = `argon2.verify in a loop, with the same parameters, as many at a time, with ${threads} threads, as many as Coatcheck has`;
      const againstRoute = 'a bare Fastify route that verifies the password, and does nothing else';
      const unit = 'logins/s';
      findings.push(
        {
          name,
          what,
          against: againstLoop,
          unit,
          goal: { atLeast: 0.95 },
          rounds: sideBySide(rounds, 'coatcheck', 'loop'),
          notes: [
            `A login also reads the limits, writes a session and an event, and waits until they are on the disk. Coatcheck computes ${availableParallelism()} hashes at a time, one a core, in threads of a lower priority; the others compute up to ${Math.min(concurrency, threads)}.`,
          ],
        },
        {
          name: `${name}, beside Fastify`,
          what,
          against: againstRoute,
          unit,
          rounds: sideBySide(rounds, 'coatcheck', 'fastify'),
          notes: ['The route keeps no account, no limit, no session and no log.'],
        },
        {
          name: `${name}, bare Fastify`,
          what: `Not Coatcheck: ${againstRoute}, in the same rounds`,
          against: againstLoop,
          unit,
          rounds: sideBySide(rounds, 'fastify', 'loop'),
          notes: [],
        },
      );
    }
    return findings;
  },
};
