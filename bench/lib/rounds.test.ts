import { describe, expect, it } from 'vitest';
import { inTurn, inTurnWhenWarm, sideBySide } from './rounds.ts';

/** Sides that note when they are measured, and come to 1, 2, 3 and so on. */
function sidesThatNote() {
  const order: string[] = [];
  const measured = (name: string) => async (seconds?: number) => {
    order.push(seconds === undefined ? name : `${name} ${seconds} s`);
    return { rate: order.length, micros: undefined };
  };
  return { order, sides: { a: measured('a'), b: measured('b'), c: measured('c') } };
}

describe('rounds', () => {
  it('begin with the next side each, so that none is always the first', async () => {
    const { order, sides } = sidesThatNote();
    const rounds = await inTurn({ rounds: 4, say: () => undefined }, sides);
    expect(order.join('')).toBe('abcbcacababc');
    expect(rounds[1]).toEqual({
      a: { rate: 6, micros: undefined },
      b: { rate: 4, micros: undefined },
      c: { rate: 5, micros: undefined },
    });
  });

  it('begin when every side is warm', async () => {
    const { order, sides } = sidesThatNote();
    await inTurnWhenWarm({ rounds: 1, seconds: 5, say: () => undefined }, sides);
    expect(order).toEqual(['a 2 s', 'b 2 s', 'c 2 s', 'a 5 s', 'b 5 s', 'c 5 s']);
  });

  it('compare a side with another one, round by round', () => {
    const rounds = [
      { a: { rate: 1, micros: 10 }, b: { rate: 2, micros: 20 } },
      { a: { rate: 3, micros: 30 }, b: { rate: 4, micros: undefined } },
    ];
    expect(sideBySide(rounds, 'b', 'a')).toEqual([
      { own: 2, other: 1, ownMicros: 20, otherMicros: 10 },
      { own: 4, other: 3, ownMicros: undefined, otherMicros: 30 },
    ]);
  });
});
