// Sends requests at fixed times, and measures each answer. Reads the pace from standard input.
import { Agent, get } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pace, PaceResult } from '../lib/paced.ts';
import { quantile } from '../lib/statistics.ts';

const { url, headers, rate, seconds, connections }: Pace = JSON.parse(await text(process.stdin));
const agent = new Agent({ keepAlive: true, maxSockets: connections });
const took: number[] = [];

const ask = () =>
  new Promise<void>((resolve, reject) => {
    const began = performance.now();
    get(url, { headers, agent }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`${url} answered ${response.statusCode}.`));
      response.resume().on('end', () => {
        took.push(performance.now() - began);
        resolve();
      });
    }).on('error', reject);
  });

const began = performance.now();
const asked: Promise<void>[] = [];
while (asked.length < rate * seconds) {
  const due = Math.min(((performance.now() - began) / 1_000) * rate, rate * seconds);
  while (asked.length < due) asked.push(ask());
  await sleep(1);
}
await Promise.all(asked);
const sorted = took.toSorted((a, b) => a - b);
const result: PaceResult = {
  median: quantile(sorted, 0.5),
  p99: quantile(sorted, 0.99),
  longest: quantile(sorted, 1),
  count: sorted.length,
};
process.stdout.write(JSON.stringify(result));
process.exit();
