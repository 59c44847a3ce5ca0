import { createClient, type Identity } from '@coatcheck/api-types';

const coatcheck = createClient({ baseUrl: 'http://localhost:3000' });

/** Who sent this request to my own service? @param cookie the Cookie header of the request */
export async function whoIs(cookie = ''): Promise<Identity | undefined> {
  const who = await coatcheck.GET('/verify', { headers: { cookie } });
  if (who.ok) return who.data;
  switch (who.problem.type) {
    case '/problems/not-logged-in':
      return undefined; // who.problem.reason says why
    case '/problems/internal-error':
    case '/problems/unavailable':
      throw new Error(who.problem.detail);
    default:
      return who.problem satisfies never; // a new refusal breaks the build
  }
}
