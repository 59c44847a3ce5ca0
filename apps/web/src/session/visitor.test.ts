import {
  type Client,
  type Conversation,
  type Result,
  UnexpectedResponse,
  type User,
} from '@coatcheck/api-types';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createVisitor } from './visitor.ts';

const ada: User = {
  id: 'u1',
  username: 'ada',
  displayName: null,
  email: null,
  createdAt: '2026-03-01T10:00:00.000Z',
};
const nobody: Conversation = {
  user: null,
  session: null,
  remembered: {},
  cookie: {
    name: 'coatcheck',
    sent: false,
    attributes: { httpOnly: true, secure: false, sameSite: 'Lax', path: '/', expires: null },
  },
  reason: null,
  now: '2026-03-01T10:00:00.000Z',
  passwordMinLength: 15,
  house: { name: null, logo: null, contact: null, registration: 'open', app: null, leadsTo: [] },
};
const known: Conversation = {
  ...nobody,
  user: ada,
  session: {
    id: 's1',
    current: true,
    createdAt: '2026-03-01T10:00:00.000Z',
    lastSeenAt: '2026-03-01T10:00:00.000Z',
    idleExpiresAt: '2026-03-01T12:00:00.000Z',
    expiresAt: '2026-03-02T10:00:00.000Z',
    remember: false,
    address: '127.0.0.1',
    device: { browser: 'Firefox', system: 'Linux' },
  },
};
const answer = (data: unknown) => Promise.resolve({ ok: true, data, response: new Response() });
const act = () => ({ signal: new AbortController().signal, onSuccess: vi.fn() });

/** A visitor whose server answers what the test says. After a failure, nothing is asked again before time passes. */
function open() {
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const GET = vi.fn<(path: string) => Promise<unknown>>();
  const POST = vi.fn<(path: string) => Promise<unknown>>();
  const visitor = createVisitor({ GET, POST } as unknown as Client);
  /** Logs in by the form. Without a name: with a passkey. */
  const logIn = (username: string | undefined, options: Parameters<typeof visitor.begin>[2]) =>
    visitor.begin(POST('/login') as Promise<Result<User>>, username, options);
  return { GET, POST, visitor, logIn };
}

describe('the visitor of a page', () => {
  it('knows nothing until the server has answered', async () => {
    const { GET, visitor } = open();
    expect(visitor.now()).toEqual({ is: 'asking' });
    GET.mockReturnValueOnce(answer(nobody));
    await visitor.refresh();
    expect(visitor.now()).toMatchObject({ is: 'known', conversation: nobody });
  });

  it('is not brought back by an answer that was asked for before the logout', async () => {
    const { GET, POST, visitor } = open();
    GET.mockReturnValueOnce(answer(known));
    await visitor.refresh();

    const slow = Promise.withResolvers<unknown>();
    GET.mockReturnValueOnce(slow.promise);
    const asked = visitor.refresh();
    POST.mockReturnValueOnce(answer(undefined));
    await visitor.logOut(act());
    slow.resolve(await answer(known));
    await asked;
    expect(visitor.now()).toMatchObject({ conversation: { user: null, reason: 'logged-out' } });
  });

  it('goes on in the same tick as it changes', async () => {
    const { GET, POST, visitor, logIn } = open();
    GET.mockReturnValueOnce(answer(nobody));
    await visitor.refresh();
    const seen: string[] = [];
    visitor.subscribe(() => seen.push('changed'));
    const { signal } = act();
    POST.mockReturnValueOnce(answer(ada));
    GET.mockReturnValueOnce(answer(known));
    const onSuccess = () => {
      seen.push('onSuccess');
      queueMicrotask(() => seen.push('later'));
    };
    expect(await logIn('ada', { signal, onSuccess })).toBeUndefined();
    expect(seen.slice(0, 2)).toEqual(['changed', 'onSuccess']);
    expect(visitor.now()).toMatchObject({ conversation: known, hasNewTicket: true, idleMs: 7_200_000 });
  });

  it('stays as it is when a login is refused', async () => {
    const { GET, POST, visitor, logIn } = open();
    GET.mockReturnValueOnce(answer(nobody));
    await visitor.refresh();
    const before = visitor.now();
    const problem = { type: '/problems/invalid-credentials', title: '', status: 401, detail: '' };
    POST.mockResolvedValueOnce({ ok: false, problem, response: new Response() });
    const tried = act();
    expect(await logIn('ada', tried)).toEqual(problem);
    expect(tried.onSuccess).not.toHaveBeenCalled();
    expect(visitor.now()).toBe(before);
  });

  it('notices a cookie that the browser did not keep', async () => {
    const { GET, POST, logIn } = open();
    POST.mockReturnValueOnce(answer(ada));
    GET.mockReturnValueOnce(answer(nobody));
    expect(await logIn('ada', act())).toEqual({ type: 'cookie-not-kept' });
  });

  it('keeps what it knows when the server does not answer again', async () => {
    const { GET, visitor } = open();
    GET.mockReturnValueOnce(answer(known));
    await visitor.refresh();
    GET.mockRejectedValueOnce(new TypeError('Failed to fetch'));
    await visitor.refresh();
    expect(visitor.now()).toMatchObject({ conversation: known, stale: { type: 'no-answer' } });
  });

  it('believes that its ticket was replaced only when it is told twice', async () => {
    const { GET, visitor } = open();
    GET.mockReturnValueOnce(answer({ ...nobody, reason: 'replaced' }));
    GET.mockReturnValueOnce(answer(known));
    await visitor.refresh();
    expect(visitor.now()).toMatchObject({ conversation: { user: ada } });
    GET.mockReturnValue(answer({ ...nobody, reason: 'replaced' }));
    await visitor.refresh();
    expect(visitor.now()).toMatchObject({
      conversation: { user: null, reason: 'replaced' },
      lastUsername: 'ada',
    });
    expect(GET).toHaveBeenCalledTimes(4);
  });

  it('takes a login with a passkey that it heard nothing of for done where a new session has begun', async () => {
    const { GET, POST, visitor, logIn } = open();
    POST.mockRejectedValue(new TypeError('Failed to fetch'));
    GET.mockReturnValueOnce(answer(known));
    expect(await logIn(undefined, act())).toBeUndefined();
    expect(visitor.now()).toMatchObject({ conversation: { user: ada } });
    GET.mockReturnValueOnce(answer(known));
    expect(await logIn(undefined, act())).toEqual({ type: 'no-answer' });
    GET.mockReturnValueOnce(answer(nobody));
    expect(await logIn(undefined, act())).toEqual({ type: 'no-answer' });
  });

  it('asks whether a login worked that it heard nothing of', async () => {
    const { GET, POST, visitor, logIn } = open();
    POST.mockRejectedValue(new TypeError('Failed to fetch'));
    GET.mockReturnValueOnce(answer(known));
    const heard = act();
    expect(await logIn('Ada', heard)).toBeUndefined();
    expect(heard.onSuccess).toHaveBeenCalled();
    expect(visitor.now()).toMatchObject({ conversation: known, hasNewTicket: true });

    // Somebody else's session is no answer to it.
    GET.mockReturnValueOnce(answer(known));
    expect(await logIn('bea', act())).toEqual({ type: 'no-answer' });

    // A proxy that gave up waiting knows as little.
    POST.mockRejectedValue(new UnexpectedResponse(new Response('<html>', { status: 504 })));
    GET.mockReturnValueOnce(answer(known));
    expect(await logIn('ada', act())).toBeUndefined();
    GET.mockReturnValueOnce(answer(nobody));
    expect(await logIn('ada', act())).toEqual({ type: 'foreign-answer', status: 504 });
  });

  it.each([
    ['expired-idle', 'ada'],
    ['expired-absolute', 'ada'],
    ['replaced', 'ada'],
    ['unknown', 'ada'],
    ['revoked', undefined],
    ['logged-out', undefined],
    // A logout in another tab takes the cookie along.
    [null, undefined],
  ] as const)('keeps a name only to go on with where a session ran out: %s', async (reason, name) => {
    const { GET, visitor } = open();
    GET.mockReturnValueOnce(answer(known));
    await visitor.refresh();
    GET.mockReturnValue(answer({ ...nobody, reason }));
    await visitor.refresh();
    expect(visitor.now()).toMatchObject({ lastUsername: name });
    // A later call without a name does not take the name away.
    GET.mockReturnValue(answer(nobody));
    await visitor.refresh();
    expect(visitor.now()).toMatchObject({ lastUsername: name });
  });

  it('asks again by itself until there is an answer, and no sooner than the server wants', async () => {
    const { GET, visitor } = open();
    const problem = { type: '/problems/unavailable', title: '', status: 503, detail: '', retryAfter: 7 };
    GET.mockRejectedValueOnce(new TypeError('Failed to fetch'));
    GET.mockResolvedValueOnce({ ok: false, problem, response: new Response() });
    GET.mockReturnValueOnce(answer(nobody));
    await visitor.refresh();
    await vi.advanceTimersByTimeAsync(999);
    expect(GET).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(GET).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(6_999);
    expect(GET).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(1);
    expect(visitor.now()).toMatchObject({ conversation: nobody, stale: undefined });
    await vi.advanceTimersByTimeAsync(100_000);
    expect(GET).toHaveBeenCalledTimes(3);
  });

  it('ends by itself for the limit that it reached', async () => {
    const { GET, visitor } = open();
    GET.mockReturnValueOnce(answer(known));
    await visitor.refresh();
    visitor.expire();
    expect(visitor.now()).toMatchObject({
      conversation: { user: null, reason: 'expired-idle' },
      idleMs: 7_200_000,
    });
    visitor.expire();
    expect(visitor.now()).toMatchObject({ conversation: { reason: 'expired-idle' } });
  });

  it('lets a fault of its own through', async () => {
    const { GET, visitor } = open();
    GET.mockRejectedValueOnce(new RangeError('a bug'));
    await expect(visitor.refresh()).rejects.toThrow(RangeError);
  });
});
