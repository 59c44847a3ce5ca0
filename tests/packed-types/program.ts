// A stranger's program: every call once, against the server that is passed to it. Prints what it saw as JSON.
import {
  createClient,
  type FieldRule,
  type Problem,
  type ProblemSlug,
  UnexpectedResponse,
} from '@coatcheck/api-types';
import { Registration, User } from '@coatcheck/api-types/schemas';
import { whoIs } from './who-is.ts';

const baseUrl = process.argv[2] ?? '';
const coatcheck = createClient({ baseUrl });
const credentials: Registration = { username: 'ada', password: 'umbrella left by the door' };

const registered = await coatcheck.POST('/register', { body: credentials });
const cookie = registered.response.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';
const user: User | undefined = registered.ok ? registered.data : undefined;

const again = await coatcheck.POST('/register', { body: credentials });
const short = await coatcheck.POST('/register', { body: { username: 'bea', password: 'short' } });
const rules: FieldRule[] =
  !short.ok && short.problem.type === '/problems/invalid-request'
    ? short.problem.errors.map(({ rule }) => rule)
    : [];

const known = await whoIs(cookie);
const session = await coatcheck.GET('/session', { headers: { cookie } });
const loggedOut = await coatcheck.POST('/logout', { headers: { cookie } });
const unknown = await whoIs(cookie);
const me = await coatcheck.GET('/me', { headers: { cookie } });
const login = await coatcheck.POST('/login', {
  body: { ...credentials, password: 'not the right password' },
});
const health = await coatcheck.GET('/healthz');
const elsewhere = await createClient({ baseUrl: `${baseUrl}/docs` })
  .GET('/me')
  .then(
    (result) => slugOf(result.ok ? undefined : result.problem),
    (error) => (error instanceof UnexpectedResponse ? error.message : 'something else'),
  );

console.log(
  JSON.stringify({
    registered: user?.username,
    again: again.ok || slugOf(again.problem),
    rules,
    known: known?.username,
    session: session.ok && session.data.session?.current,
    loggedOut: loggedOut.ok && loggedOut.data === undefined,
    unknown: unknown ?? null,
    reason: !me.ok && me.problem.type === '/problems/not-logged-in' && me.problem.reason,
    login: login.ok || slugOf(login.problem),
    health: health.ok && health.data.status,
    elsewhere,
    required: { user: User.required, registration: Registration.required },
  }),
);

function slugOf(problem: Problem | undefined): ProblemSlug | undefined {
  return problem?.type.replace('/problems/', '') as ProblemSlug | undefined;
}
