// Never run, only compiled: each call offers its own arguments, result and refusals, and nothing else.
import { type Client, createClient, type NotLoggedIn, type User } from '@coatcheck/api-types';

const coatcheck: Client = createClient({ baseUrl: '' });

// Any function that takes what the client passes will do, and so will the runtime's own.
createClient({ baseUrl: '', fetch: (input: string, init: RequestInit) => fetch(input, init) });
createClient({ baseUrl: '', fetch });

export async function refusals(): Promise<User | undefined> {
  const me = await coatcheck.GET('/me');
  // @ts-expect-error whoever asks who they are is never told to wait
  if (!me.ok && me.problem.type === '/problems/too-many-requests') return undefined;
  // @ts-expect-error a result is not the answer until it has been looked at
  if (me.data) return undefined;
  if (!me.ok && me.problem.status === 401) return void (me.problem satisfies NotLoggedIn);

  const login = await coatcheck.POST('/login', { body: { username: 'ada', password: '…' } });
  // @ts-expect-error only registering can find a name taken
  if (!login.ok && login.problem.type === '/problems/username-taken') return undefined;
  if (!login.ok && login.problem.type === '/problems/too-many-requests') login.problem.retryAfter.toFixed();

  const session = await coatcheck.GET('/session');
  // @ts-expect-error GET /session answers strangers too
  if (!session.ok && session.problem.status === 401) return undefined;

  // @ts-expect-error a body is missing
  await coatcheck.POST('/login');
  // @ts-expect-error a field is missing
  await coatcheck.POST('/login', { body: { username: 'ada' } });
  // @ts-expect-error a field too much
  await coatcheck.POST('/login', { body: { username: 'ada', password: '…', admin: true } });
  // @ts-expect-error logging out takes nothing
  await coatcheck.POST('/logout', { body: {} });
  // @ts-expect-error no such path
  await coatcheck.GET('/users');
  // @ts-expect-error not with this method
  await coatcheck.GET('/login');
  return login.ok ? login.data : undefined;
}
