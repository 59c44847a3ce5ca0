// The limit of logins: argon2.verify and nothing else. Reads one question from standard input, and writes one answer.
import { text } from 'node:stream/consumers';
import argon2 from 'argon2';
import type { LoopAnswer, LoopQuestion } from '../lib/argon2-loop.ts';

const { hash, password, concurrency, amount }: LoopQuestion = JSON.parse(await text(process.stdin));
let left = amount;
const work = async () => {
  while (left > 0) {
    left -= 1;
    if (!(await argon2.verify(hash, password)))
      throw new Error('The password is not the one behind the hash.');
  }
};
const usedBefore = process.cpuUsage();
const began = performance.now();
await Promise.all(Array.from({ length: concurrency }, work));
const seconds = (performance.now() - began) / 1_000;
const { user, system } = process.cpuUsage(usedBefore);
const answer: LoopAnswer = { seconds, processorMs: (user + system) / 1_000 };
process.stdout.write(JSON.stringify(answer));
