import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { HungUp } from '../http/problems.ts';
import { createQueue } from './queue.ts';

const a = ['192.0.2.1', '192.0.2.1'];
const b = ['192.0.2.2', '192.0.2.2'];
const c = ['192.0.2.3', '192.0.2.3'];
const wide = (net: number) => ['2001:db8::/48', `2001:db8:0:${net}::/64`];

/** A queue whose jobs end when told to. */
function underControl(options: Partial<Parameters<typeof createQueue>[0]> = {}) {
  const { inTurn, close } = createQueue({ concurrency: 1, maxWaiting: 100, maxWaitMs: 10_000, ...options });
  const started: string[] = [];
  const ends = new Map<string, () => void>();
  const refused: string[] = [];
  const turns = async () => void (await new Promise(setImmediate));
  return {
    started,
    refused,
    close,
    join(name: string, networks: string[], gone = new AbortController().signal) {
      const job = () => {
        started.push(name);
        return new Promise<string>((resolve) => ends.set(name, () => resolve(name)));
      };
      const outcome = inTurn({ networks, gone }, job);
      outcome.catch(() => refused.push(name));
      return outcome;
    },
    async end(name: string) {
      ends.get(name)?.();
      await turns();
    },
    /** Lets everything run, one job after the other, and says in which order. */
    async drain() {
      await turns();
      for (let at = 0; at < started.length; at += 1) {
        ends.get(String(started[at]))?.();
        await turns();
      }
      return started.join(' ');
    },
  };
}

describe('the queue', () => {
  it('runs so many at once, and one network’s jobs in the order they came', async () => {
    const queue = underControl({ concurrency: 2 });
    const all = ['1', '2', '3', '4'].map((name) => queue.join(name, a));
    await queue.end('');
    expect(queue.started).toEqual(['1', '2']);
    await queue.end('1');
    expect(queue.started).toEqual(['1', '2', '3']);
    await queue.drain();
    expect(await Promise.all(all)).toEqual(['1', '2', '3', '4']);
  });

  it('lets networks take turns, so that a crowd from one delays only itself', async () => {
    const queue = underControl();
    for (let at = 1; at <= 5; at += 1) queue.join(`a${at}`, a);
    queue.join('b1', b);
    queue.join('b2', b);
    queue.join('c1', c);
    expect(await queue.drain()).toBe('a1 a2 b1 c1 a3 b2 a4 a5');
  });

  it('counts IPv6 by its /48, and lets the /64s in it take turns', async () => {
    const queue = underControl();
    for (let net = 1; net <= 3; net += 1) {
      for (let at = 1; at <= 2; at += 1) queue.join(`${net}-${at}`, wide(net));
    }
    queue.join('b1', b);
    queue.join('b2', b);
    expect(await queue.drain()).toBe('1-1 1-2 b1 2-1 b2 3-1 2-2 3-2');
  });

  it('lets the next job get to its hash before the finished one goes on', async () => {
    const { inTurn } = createQueue({ concurrency: 1 });
    const order: string[] = [];
    const attempt = async (name: string) => {
      await inTurn({ networks: a, gone: new AbortController().signal }, async () => {
        // As the limits are read before each hash.
        for (let reads = 0; reads < 20; reads += 1) await undefined;
        order.push(`${name} hashes`);
      });
      order.push(`${name} writes`);
    };
    await Promise.all([attempt('first'), attempt('second')]);
    expect(order.slice(0, 2)).toEqual(['first hashes', 'second hashes']);
  });

  it('gives a free place to the network that has the least running', async () => {
    const queue = underControl({ concurrency: 3 });
    for (let at = 1; at <= 4; at += 1) queue.join(`a${at}`, a);
    for (let at = 1; at <= 4; at += 1) queue.join(`b${at}`, b);
    await queue.end('');
    await queue.end('a1');
    await queue.end('b1');
    expect(queue.started).toEqual(['a1', 'a2', 'a3', 'b1', 'b2']);
    await queue.end('a2');
    // Each has one running now, and a was served longer ago.
    expect(queue.started.at(-1)).toBe('a4');
  });

  it('makes room by taking the newest of the network that holds most', async () => {
    const queue = underControl({ maxWaiting: 4 });
    for (let at = 0; at <= 4; at += 1) queue.join(`a${at}`, a);
    queue.join('b1', b);
    await queue.end('');
    expect(queue.refused).toEqual(['a4']);
    queue.join('b2', b);
    await queue.end('');
    expect(queue.refused).toEqual(['a4', 'a3']);
    // Both hold two now: whoever comes is one too many, whichever network it comes from.
    queue.join('b3', b);
    queue.join('a5', a);
    await queue.end('');
    expect(queue.refused).toEqual(['a4', 'a3', 'b3', 'a5']);
    queue.join('c1', c);
    await queue.end('');
    expect(queue.refused).toHaveLength(5);
    expect(queue.refused).not.toContain('c1');
  });

  it('takes it from the /64 that holds most of the /48', async () => {
    const queue = underControl({ maxWaiting: 4 });
    queue.join('0', a);
    for (let at = 1; at <= 3; at += 1) queue.join(`1-${at}`, wide(1));
    queue.join('2-1', wide(2));
    queue.join('b1', b);
    await queue.end('');
    expect(queue.refused).toEqual(['1-3']);
  });

  it('refuses at once, with the time to come back, where every network holds as few', async () => {
    const queue = underControl({ maxWaiting: 2 });
    queue.join('a0', a);
    queue.join('a1', a);
    queue.join('b1', b);
    await expect(queue.join('c1', c)).rejects.toMatchObject({ problem: { status: 503, retryAfter: 5 } });
    expect(await queue.drain()).toBe('a0 a1 b1');
  });

  it('refuses when the wait is over, and never runs the job', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const queue = underControl();
    queue.join('a1', a);
    const waiting = expect(queue.join('a2', a)).rejects.toMatchObject({ problem: { status: 503 } });
    vi.advanceTimersByTime(9_999);
    expect(queue.refused).toEqual([]);
    vi.advanceTimersByTime(1);
    await waiting;
    expect(await queue.drain()).toBe('a1');
  });

  it('never runs what nobody waits for any more, and gives its place on', async () => {
    const queue = underControl({ maxWaiting: 1 });
    const sender = new AbortController();
    queue.join('a1', a);
    const waiting = expect(queue.join('a2', a, sender.signal)).rejects.toThrow(HungUp);
    sender.abort();
    await waiting;
    queue.join('b1', b);
    await expect(queue.join('c1', c, sender.signal)).rejects.toThrow(HungUp);
    expect(await queue.drain()).toBe('a1 b1');
  });

  it('gives up all that wait when it is closed, and finishes what runs', async () => {
    const queue = underControl({ concurrency: 2, maxWaiting: 4 });
    const running = [queue.join('a1', a), queue.join('b1', b)];
    const waiting = [queue.join('a2', a), queue.join('a3', wide(1)), queue.join('b2', b)];
    queue.close();
    for (const outcome of waiting)
      await expect(outcome).rejects.toMatchObject({ problem: { status: 503, retryAfter: 5 } });
    await expect(queue.join('c1', c)).rejects.toMatchObject({ problem: { status: 503 } });
    await queue.end('a1');
    queue.join('c2', c);
    expect(await queue.drain()).toBe('a1 b1 c2');
    expect(await Promise.all(running)).toEqual(['a1', 'b1']);
  });

  it('goes on after a job that fails', async () => {
    const { inTurn } = createQueue({ concurrency: 1, maxWaiting: 1, maxWaitMs: 10_000 });
    const sender = { networks: a, gone: new AbortController().signal };
    const failing = inTurn(sender, () => Promise.reject(new Error('no')));
    const next = inTurn(sender, async () => 'yes');
    await expect(failing).rejects.toThrow('no');
    expect(await next).toBe('yes');
  });

  it('serves whoever comes when it can, from however many networks, and keeps nothing of them', async () => {
    const { inTurn } = createQueue({ concurrency: 2, maxWaiting: 512, maxWaitMs: 10_000 });
    let done = 0;
    const job = async () => {
      await new Promise(setImmediate);
      done += 1;
    };
    const outcomes = await Promise.allSettled(
      Array.from({ length: 1000 }, (_, at) => {
        const gone = new AbortController();
        const networks = [`2001:db8:${(at % 700).toString(16)}::/48`, `2001:db8:${at.toString(16)}::/64`];
        const outcome = inTurn({ networks, gone: gone.signal }, job);
        if (at % 7 === 0) gone.abort();
        return outcome;
      }),
    );
    expect(done).toBe(outcomes.filter(({ status }) => status === 'fulfilled').length);
    expect(done).toBe(514);
  });
});
