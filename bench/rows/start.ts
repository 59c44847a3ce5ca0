import { freePort, untilFirstAnswer } from '../lib/first-answer.ts';
import { peerCommand } from '../lib/peers.ts';
import { type Start, startedProcess } from '../lib/processes.ts';
import { productCommand, register, sqliteIn, startProduct } from '../lib/product.ts';
import { inTurn, sideBySide } from '../lib/rounds.ts';
import type { Row } from '../lib/row.ts';

/** The time from the start of the process to the first answer. */
export const start: Row = {
  name: 'start',
  async measure(bench) {
    const database = sqliteIn(bench.folder);
    const { cookie, user } = await registeredIn(database);
    const coatcheck = async () => {
      const port = await freePort();
      return timeOf(productCommand({ database, port }), port, cookie);
    };
    const fastify = async () => {
      const port = await freePort();
      return timeOf(
        peerCommand('fastify.js', { PEER_USER: JSON.stringify(user), PORT: String(port) }),
        port,
        cookie,
      );
    };
    // Once for each, so that their files are in memory.
    await coatcheck();
    await fastify();
    return [
      {
        name: 'start',
        what: 'from the start of the process to the first GET /me that answers 200, on a database that is there already',
        against: 'a bare Fastify with this one route',
        unit: 'ms',
        goal: { atMost: 2 },
        rounds: sideBySide(await inTurn(bench, { coatcheck, fastify }), 'coatcheck', 'fastify'),
        notes: [
          'Coatcheck starts from its bundle, the bare Fastify from its modules. Both are asked every 2 ms.',
        ],
      },
    ];
  },
};

async function registeredIn(database: string) {
  await using product = await startProduct({ database });
  return await register(product.url, 'ada');
}

/** Starts a process, waits for its first answer, and ends it. */
async function timeOf(command: Start, port: number, cookie: string) {
  await using _process = startedProcess(command);
  const ms = await untilFirstAnswer(new URL(`http://127.0.0.1:${port}/me`), { cookie });
  return { rate: ms, micros: undefined };
}
