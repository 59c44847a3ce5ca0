import { availableParallelism } from 'node:os';
import { benchPostgres, postgresNote } from '../lib/bench-postgres.ts';
import { figure } from '../lib/figures.ts';
import type { Round } from '../lib/finding.ts';
import { rateOf } from '../lib/load.ts';
import { type Product, register, startProduct } from '../lib/product.ts';
import type { Row } from '../lib/row.ts';
import { spreadOf } from '../lib/statistics.ts';

const connections = 32;
const counts = [1, 2, 4];

/** GET /me of several processes over one PostgreSQL. */
export const postgres: Row = {
  name: 'postgres',
  async measure(bench) {
    await using server = await benchPostgres();
    const url = server.url(await server.create());
    await using processes = new AsyncDisposableStack();
    const products: Product[] = [];
    for (let at = 0; at < Math.max(...counts); at += 1)
      products.push(processes.use(await startProduct({ database: url })));
    const [first] = products;
    if (!first) throw new RangeError('No process was asked for.');
    const { cookie } = await register(first.url, 'ada');

    const measure = async (count: number, seconds: number) => {
      const load = {
        connections: connections / count,
        requests: [{ path: '/me', headers: { cookie } }],
        until: { seconds },
      };
      const rates = await Promise.all(products.slice(0, count).map((product) => rateOf(product, load)));
      return {
        rate: rates.reduce((sum, { rate }) => sum + rate, 0),
        p99: Math.max(...rates.map(({ p99 }) => p99)),
      };
    };
    await measure(Math.max(...counts), 2);
    const rounds = counts.map(() => ({ measured: [] as Round[], p99: [] as number[] }));
    for (let round = 1; round <= bench.rounds; round += 1) {
      let single: number | undefined;
      for (const [at, count] of counts.entries()) {
        const { rate, p99 } = await measure(count, bench.seconds);
        single ??= rate;
        rounds[at]?.measured.push(count === 1 ? { own: rate } : { own: rate, other: single });
        rounds[at]?.p99.push(p99);
      }
      bench.say(
        `round ${round} of ${bench.rounds}: ${rounds.map(({ measured }) => figure(measured.at(-1)?.own ?? 0)).join(', ')}`,
      );
    }
    return counts.map((count, at) => ({
      name: `postgres, ${count}`,
      what: `GET /me of ${count} process${count === 1 ? '' : 'es'} over one PostgreSQL, ${connections} connections in all`,
      ...(count > 1 && { against: 'one process' }),
      unit: 'requests/s',
      rounds: rounds[at]?.measured ?? [],
      notes: [
        `p99 ${figure(spreadOf(rounds[at]?.p99 ?? []).median)} ms.`,
        ...(count === 1 ? [postgresNote] : []),
        ...(count > 1
          ? [
              `On these ${availableParallelism()} cores, the clients, the database and all servers share the processors, so that more processes find no more of them.`,
            ]
          : []),
      ],
    }));
  },
};
