import { createClient, type User } from '@coatcheck/api-types';

const coatcheck = createClient({ baseUrl: 'http://localhost:3000' });

/** Who sent this request to my own service? @param address the visitor's own */
export async function whoIs(cookie = '', address = ''): Promise<User | undefined> {
  const me = await coatcheck.GET('/me', { headers: { cookie, 'x-forwarded-for': address } });
  if (me.ok) return me.data;
  switch (me.problem.type) {
    case '/problems/not-logged-in':
      return undefined; // me.problem.reason says why
    case '/problems/internal-error':
    case '/problems/unavailable':
      throw new Error(me.problem.detail);
    default:
      return me.problem satisfies never; // a new refusal breaks the build
  }
}
