import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { hashPassword } from '../../apps/api/src/password/hash.ts';
import type { LoopAnswer, LoopQuestion } from '../lib/argon2-loop.ts';
import type { Finding } from '../lib/finding.ts';
import { rateOf } from '../lib/load.ts';
import { logins } from '../lib/logins.ts';
import { peerCommand } from '../lib/peers.ts';
import { ask } from '../lib/processes.ts';
import { password, sqliteIn, startProduct } from '../lib/product.ts';
import { inTurn } from '../lib/rounds.ts';
import type { Row } from '../lib/row.ts';
import { seedSqlite } from '../lib/seed.ts';

const accounts = 2_000;
/** Logins of the try that says how many fit into a round. */
const tried = 40;
/** The number of threads that the server gives to its hashes (apps/api/src/password/hash-threads.ts). */
const threads = Math.max(4, availableParallelism() + 1);

/** POST /login beside the hash of the password alone. */
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
    const command = peerCommand('argon2-loop.ts', { UV_THREADPOOL_SIZE: String(threads) });
    const loop = async (concurrency: number, amount: number) => {
      const question: LoopQuestion = { hash, password, concurrency, amount };
      const { seconds, processorMs } = await ask<LoopAnswer>(command, question);
      return { rate: amount / seconds, micros: (processorMs * 1_000) / amount };
    };

    const findings: Finding[] = [];
    for (const concurrency of [2, 8]) {
      bench.say(`${concurrency} at a time`);
      const own = (amount: number) =>
        rateOf(product, { connections: concurrency, requests: logins(accounts), until: { amount } });
      await own(tried);
      const amount = Math.ceil((await loop(concurrency, tried)).rate * bench.seconds);
      findings.push({
        name: `login, ${concurrency} at a time`,
        what: `POST /login on SQLite, ${concurrency} at a time, of ${accounts.toLocaleString('en')} accounts in turn, each from an address of its own`,
        against: 'argon2.verify in a loop, with the same parameters, as many at a time and as many threads',
        unit: 'logins/s',
        goal: { atLeast: 0.95 },
        rounds: await inTurn(
          bench,
          () => own(amount),
          () => loop(concurrency, amount),
        ),
        notes: [
          'A login also reads the limits, writes a session and an event, and waits until they are on the disk.',
        ],
      });
    }
    return findings;
  },
};
