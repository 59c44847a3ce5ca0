import { Registration, User } from '@coatcheck/api-types/schemas';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { problem } from '../http/problems.ts';
import { withMinLength } from '../http/validation.ts';
import { liveSession, type SessionParts } from '../session/authentication.ts';
import type { RegisterAccount } from './registration.ts';

/** POST /register: makes an account and its first session. */
export const register: FastifyPluginAsyncTypebox<
  SessionParts & { registerAccount: RegisterAccount }
> = async (app, { store, config, registerAccount }) => {
  const schema = {
    summary: 'Register an account and log in',
    description:
      'Who may register, `house.registration` of `GET /session` says. Names of deleted accounts are taken, and so are some like `admin`, which the operator alone can give out.',
    operationId: 'register',
    tags: ['Account'],
    body: withMinLength(Registration, 'password', config.passwordMinLength),
    response: { 201: User },
  };

  const requireOpen = async () => {
    const { policy } = config.registration;
    if (policy === 'open') return;
    const operator = config.house.contact ?? 'the operator of this server';
    throw problem(
      'registration-closed',
      policy === 'invite'
        ? `An invitation is needed to register here. Ask ${operator} for one.`
        : `Nobody can register here. Ask ${operator} for an account.`,
    );
  };

  app.post('/register', { schema, onRequest: requireOpen }, (request, reply) =>
    registerAccount(reply, request.body, (account, session) =>
      store.register(account, session, liveSession(request)?.ticketHash),
    ),
  );
};
