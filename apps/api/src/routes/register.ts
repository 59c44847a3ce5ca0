import { emptyProfile } from '@coatcheck/api-types';
import { Registration, User } from '@coatcheck/api-types/schemas';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { problem } from '../http/problems.ts';
import { logEvent } from '../http/security-log.ts';
import { withMinLength } from '../http/validation.ts';
import type { Blocklist } from '../password/blocklist.ts';
import { hashPassword } from '../password/hash.ts';
import { requireGoodPassword } from '../password/policy.ts';
import { type Queue, senderOf } from '../password/queue.ts';
import { liveSession, type SessionParts } from '../session/authentication.ts';
import { handOver, newSession } from '../session/issue.ts';
import { newPublicId } from '../session/ticket.ts';
import type { Account } from '../store/records.ts';
import type { Quotas } from './quotas.ts';
import { isReserved } from './reserved-names.ts';
import { userOf } from './views.ts';

/** POST /register: makes an account and its first session. */
export const register: FastifyPluginAsyncTypebox<
  SessionParts & { quotas: Quotas; queue: Queue; isCommon: Blocklist }
> = async (app, parts) => {
  const { store, config, now, quotas, queue, isCommon } = parts;
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
    if (config.registration.policy === 'open') return;
    const { contact } = config.house;
    throw problem(
      'registration-closed',
      `Nobody can register here. Ask ${contact ?? 'the operator of this server'} for an account.`,
    );
  };

  app.post('/register', { schema, onRequest: requireOpen }, async (request, reply) => {
    const { password, email = null, remember = false } = request.body;
    const username = request.body.username.toLowerCase();
    await requireGoodPassword(password, username, isCommon);
    // Checked before and after the wait, only to spare the hash. The database decides who is first, and how many are
    // too many.
    const requirePlace = async () => {
      await quotas.requireRegistration(request);
      // A reserved name is looked up as well, so that its answer takes as long.
      if ((await store.isNameTaken(username)) || isReserved(username)) throw await taken();
    };
    const taken = async () => {
      await quotas.takeNameFound(request);
      return problem(
        'username-taken',
        `${username} is taken. Choose another username, or log in if it is yours.`,
      );
    };
    await requirePlace();

    const { account, session } = await queue.inTurn(senderOf(reply), async () => {
      await requirePlace();
      const passwordHash = await hashPassword(password);
      const account: Account = {
        id: newPublicId(),
        username,
        passwordHash,
        ...emptyProfile,
        email,
        createdAt: now(),
      };
      const session = newSession(request, parts, { accountId: account.id, remember, provenBy: 'password' });
      const giveBack = await quotas.takeRegistration(request);
      let outcome: Awaited<ReturnType<typeof store.register>> | undefined;
      try {
        outcome = await store.register(account, session, liveSession(request)?.ticketHash);
      } finally {
        // Another request took the name meanwhile, or the database failed.
        if (outcome !== 'registered') await giveBack();
      }
      if (outcome !== 'registered') throw await taken();
      return { account, session };
    });

    logEvent(request, 'user_created', { accountId: account.id });
    await handOver(request, parts, session);
    return reply.code(201).header('location', `${config.basePath}/me`).send(userOf(account));
  });
};
