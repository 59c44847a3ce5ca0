import type { PasskeyAuthenticationResponse, PasskeyRequestOptions } from '@coatcheck/api-types';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { offerInField } from './offer.ts';

const minute = 60_000;
const response = { id: 'AA' } as PasskeyAuthenticationResponse;

/** A browser that offers passkeys until it is told to answer or to stop, and a page that somebody sees or not. */
function open(visibilityState = 'visible') {
  vi.useFakeTimers();
  const page = Object.assign(new EventTarget(), { visibilityState });
  vi.stubGlobal('document', page);
  onTestFinished(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });
  const offers: {
    challenge: string;
    signal: AbortSignal;
    end: (shown: typeof response | 'failed') => void;
  }[] = [];
  let asked = 0;
  const steps = {
    ask: vi.fn(async (): Promise<PasskeyRequestOptions | undefined> => {
      asked += 1;
      return { challenge: `challenge ${asked}` } as PasskeyRequestOptions;
    }),
    show: ({ challenge }: PasskeyRequestOptions, signal: AbortSignal) =>
      new Promise<PasskeyAuthenticationResponse | 'failed' | 'cancelled'>((end) => {
        offers.push({ challenge, signal, end });
        signal.addEventListener('abort', () => end('cancelled'));
      }),
    onShown: vi.fn(),
  };
  return { page, offers, steps };
}
const settled = () => vi.advanceTimersByTimeAsync(0);

describe('the offer of passkeys in the field', () => {
  it('waits for the person, and hands over the passkey', async () => {
    const { offers, steps } = open();
    offerInField(steps);
    await settled();
    expect(steps.onShown).not.toHaveBeenCalled();
    offers[0]?.end(response);
    await vi.advanceTimersByTimeAsync(10 * minute);
    expect(steps.onShown.mock.calls).toEqual([[response]]);
    expect(steps.ask).toHaveBeenCalledTimes(1);
  });

  it('takes a new challenge before the five minutes of the old one are over', async () => {
    const { offers, steps } = open();
    offerInField(steps);
    await vi.advanceTimersByTimeAsync(5 * minute);
    expect(offers.map(({ challenge, signal }) => [challenge, signal.aborted])).toEqual([
      ['challenge 1', true],
      ['challenge 2', false],
    ]);
  });

  it('asks nothing while nobody sees the page', async () => {
    const { page, offers, steps } = open('hidden');
    offerInField(steps);
    await vi.advanceTimersByTimeAsync(60 * minute);
    expect(offers).toHaveLength(1);
    page.visibilityState = 'visible';
    page.dispatchEvent(new Event('visibilitychange'));
    await settled();
    expect(offers).toHaveLength(2);
  });

  it('ends with its form, and does nothing afterwards', async () => {
    const { offers, steps } = open();
    const stop = offerInField(steps);
    await settled();
    stop();
    await vi.advanceTimersByTimeAsync(10 * minute);
    expect(offers.map(({ signal }) => signal.aborted)).toEqual([true]);
    expect(steps.ask).toHaveBeenCalledTimes(1);
    expect(steps.onShown).not.toHaveBeenCalled();
  });

  it('is not made again where the browser refuses at once, or the server gives nothing', async () => {
    const { offers, steps } = open();
    offerInField(steps);
    await settled();
    offers[0]?.end('failed');
    await vi.advanceTimersByTimeAsync(10 * minute);
    expect(steps.ask).toHaveBeenCalledTimes(1);
    steps.ask.mockResolvedValueOnce(undefined);
    offerInField(steps);
    await vi.advanceTimersByTimeAsync(10 * minute);
    expect(offers).toHaveLength(1);
  });

  it('is made again where the person has closed what the browser showed', async () => {
    const { offers, steps } = open();
    offerInField(steps);
    await vi.advanceTimersByTimeAsync(minute);
    offers[0]?.end('failed');
    await settled();
    expect(offers).toHaveLength(2);
  });
});
