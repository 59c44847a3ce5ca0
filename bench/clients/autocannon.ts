// Reads a load from standard input, puts it on its server, and writes what came back.
import { text } from 'node:stream/consumers';
import autocannon from 'autocannon';
import type { Load, LoadResult } from '../lib/load.ts';

const { url, connections, requests, until }: Load = JSON.parse(await text(process.stdin));

/** The requests of each connection, so that no two of them send the same request at a time. */
const shares = Array.from({ length: connections }, (_, own) =>
  requests.filter((_request, at) => at % connections === own % requests.length),
);
let next = 0;

const began = performance.now();
let answered = began;
const { promise, resolve, reject } = Promise.withResolvers<autocannon.Result>();
const options: autocannon.Options = {
  url,
  connections,
  timeout: 60,
  ...('seconds' in until ? { duration: until.seconds } : { amount: until.amount }),
  setupClient(client) {
    client.setRequests(
      (shares[next % connections] ?? []).map(({ method = 'GET', ...rest }) => ({ method, ...rest })),
    );
    next += 1;
  },
};
const run = autocannon(options, (error, outcome) => (error ? reject(error) : resolve(outcome)));
// A load of so many requests lasts until the last answer, and not until autocannon looks at its clock again.
if ('amount' in until)
  run.on('response', () => {
    answered = performance.now();
  });
const outcome = await promise;

const answers = Object.fromEntries(
  Object.entries(outcome.statusCodeStats ?? {}).map(([status, { count = 0 }]) => [status, count]),
);
const result: LoadResult & { failures: number } = {
  answers,
  seconds: 'amount' in until ? (answered - began) / 1_000 : outcome.duration,
  p99: outcome.latency.p99,
  failures: outcome.errors + outcome.timeouts + outcome.mismatches,
};
process.stdout.write(JSON.stringify(result));
