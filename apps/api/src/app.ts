import type { RequestListener } from 'node:http';
import fastify, { type FastifyInstance, LogController } from 'fastify';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import { readAddresses, setClient } from './http/address.ts';
import { isOurs, requireBasePath, takingOff } from './http/base-path.ts';
import { readBodies } from './http/body.ts';
import { limitBodyChunks } from './http/body-chunks.ts';
import { refuseMalformed, requireHost, requirePath } from './http/client-error.ts';
import { followConnections } from './http/connections.ts';
import { escapeAnswers } from './http/controls.ts';
import { describeError } from './http/error-log.ts';
import { addSecurityHeaders, securityHeaders } from './http/headers.ts';
import { closeIfUnread, closeUnread } from './http/lingering-close.ts';
import type { LogDestination } from './http/log-destination.ts';
import { answerMissing } from './http/not-found.ts';
import { describeApi } from './http/openapi.ts';
import { guardOrigins } from './http/origins.ts';
import { limitPipelining, takePipelinedInTurn } from './http/pipelining.ts';
import { answerError, answerErrors } from './http/problems.ts';
import { takeTurns } from './http/request-turns.ts';
import { logEvents, logMalformed, logRefusal, logRequests, logsRequests } from './http/security-log.ts';
import { serializeBySchema } from './http/serialization.ts';
import { closeGracefully } from './http/shutdown.ts';
import { validateFields } from './http/validation.ts';
import { openShelf } from './page/asset-shelf.ts';
import { type Build, readBuild } from './page/build.ts';
import { frameOf } from './page/frame.ts';
import { pageOf, spa } from './page/spa.ts';
import { createAttempt } from './password/attempt.ts';
import { createBlocklist } from './password/blocklist.ts';
import { createLimits } from './password/limits.ts';
import { createQueue } from './password/queue.ts';
import { createTry } from './password/try.ts';
import { activity } from './routes/activity.ts';
import { answerAtOnce } from './routes/at-once.ts';
import { deviceLinks } from './routes/device-links.ts';
import { docs } from './routes/docs.ts';
import { download } from './routes/export.ts';
import { health } from './routes/health.ts';
import { house } from './routes/house.ts';
import { leave } from './routes/leave.ts';
import { links } from './routes/links.ts';
import { login } from './routes/login.ts';
import { loginMethods } from './routes/login-methods.ts';
import { logout } from './routes/logout.ts';
import { me } from './routes/me.ts';
import { passkeyLogin } from './routes/passkey-login.ts';
import { passkeys } from './routes/passkeys.ts';
import { password } from './routes/password.ts';
import { problemPages } from './routes/problems.ts';
import { proof } from './routes/proof.ts';
import { createQuotas } from './routes/quotas.ts';
import { recover } from './routes/recover.ts';
import { recoveryCodes } from './routes/recovery-codes.ts';
import { register } from './routes/register.ts';
import { createRegisterAccount } from './routes/registration.ts';
import { houseOf, remember, session } from './routes/session.ts';
import { sessions } from './routes/sessions.ts';
import { verify } from './routes/verify.ts';
import { createRecall, createRecogniser, recognition, requireMember } from './session/authentication.ts';
import { ticketing } from './session/issue.ts';
import { cookiePolicy, newPublicId } from './session/ticket.ts';
import type { Store } from './store/store.ts';
import { createChallenges } from './ways/challenges.ts';
import { createProofs } from './ways/proof.ts';
import { relyingPartyOf } from './ways/relying-party.ts';
import { createPasskeyCheck } from './ways/shown-passkey.ts';

/** Builds the whole server but its process: all routes and hooks, and no open port. */
export async function buildApp({
  config,
  store,
  now,
  logTo,
  build = readBuild(),
}: AppParts): Promise<FastifyInstance> {
  // Loaded in front of an app alone: Node's own HTTP clients come with it, which nothing else here uses.
  const gate = config.inFrontOf && (await import('./gate/gate.ts'));
  const app = fastify({
    logger: { level: config.logLevel, serializers: { err: describeError }, stream: logTo },
    genReqId: requestIds(),
    // The lines of a request carry its id themselves: a logger for each request would cost more than most requests log.
    childLoggerFactory: (logger) => logger,
    logController: new LogController({ disableRequestLogging: true }),
    requestTimeout: 15_000,
    keepAliveTimeout: 60_000,
    // For a response that nobody reads. Node may look twice before it believes that nothing moves.
    connectionTimeout: 30_000,
    // Node looks every 30 s unless told otherwise, which would stretch both limits.
    http: {
      headersTimeout: 10_000,
      connectionsCheckingInterval: 1_000,
      requireHostHeader: false,
      // A request without a body is no stream that somebody has to read to its end.
      optimizeEmptyRequests: true,
      // Only the app speaks other protocols than HTTP.
      shouldUpgradeCallback: (request) =>
        gate !== undefined && !isOurs(config.basePath, request.url ?? '') && gate.asksForWebSocket(request),
    },
    // While closing, what is under way and what comes on open connections is still answered.
    return503OnClosing: false,
    ...(config.basePath && { rewriteUrl: takingOff(config.basePath) }),
    // A longer parameter than any that is known is answered like another unknown one.
    routerOptions: { maxParamLength: 16 * 1024 },
    // Fastify refuses some requests, malformed paths for instance, before any hook runs.
    frameworkErrors: (error, request, reply) => {
      setClient(request, clientOf(request.raw));
      closeIfUnread(request, reply);
      answerError(error, request, reply.headers(securityHeaders(config)), logRefusal);
    },
    clientErrorHandler: (error, socket) => refuse(error, socket),
  });
  app.decorate('config', config);
  // Fastify's own listener. The last lines of this function put others before it.
  const [ordinary] = app.server.listeners('request') as [RequestListener];
  app.server.off('request', ordinary);
  limitBodyChunks(
    app.server,
    ({ url = '' }) => config.inFrontOf !== undefined && !isOurs(config.basePath, url),
  );
  const connections = followConnections(app.server);
  limitPipelining(app.server, connections);
  // Node would refuse an expectation that it does not know, past every hook. RFC 9110 section 10.1.1 leaves that to the
  // server.
  app.server.on('checkExpectation', (request, response) => app.server.emit('request', request, response));
  const refuse = refuseMalformed(config, connections, (socket) => logMalformed(app, socket));
  const limits = createLimits({ store, now });
  const queue = createQueue();
  const tryOnce = createTry({ limits, queue });
  const attempt = createAttempt({ limits, tryOnce });
  const parts = {
    config,
    store,
    now,
    cookie: cookiePolicy(config),
    quotas: createQuotas({ store, config }),
    queue,
    limits,
    attempt,
  };
  const relyingParty = relyingPartyOf(app, config);
  const challenges = createChallenges(parts);
  const ways = {
    ...parts,
    relyingParty,
    challenges,
    checkPasskey: createPasskeyCheck({ store, challenges, relyingParty }),
    proofs: createProofs(parts),
  };

  const isCommon = createBlocklist(config.passwordMinLength);
  const sendPage = pageOf(build, houseOf(config), config.basePath);
  const frame = frameOf(build, houseOf(config), config.basePath);

  const isClosing = closeGracefully(app, connections, queue.close);
  const clientOf = readAddresses(app, config);
  const turns = takeTurns(app);
  logEvents(app);
  logRequests(app, config);
  addSecurityHeaders(app, config);
  escapeAnswers(app);
  answerErrors(app, logRefusal);
  requireHost(app);
  requirePath(app);
  if (gate && config.inFrontOf) {
    const recognise = createRecogniser(parts, { isVisitor: true, passesOn: true });
    gate.standInFront(app, {
      ...parts,
      inFrontOf: config.inFrontOf,
      recognise,
      connections,
      isClosing,
      frame,
    });
  } else requireBasePath(app, config);
  readBodies(app);
  closeUnread(app);
  validateFields(app);
  serializeBySchema(app);
  await guardOrigins(app, config);
  describeApi(app, config, parts.cookie.name);
  answerMissing(app, sendPage);

  // The routes that read the session cookie.
  await app.register(async (api) => {
    await api.register(recognition, {
      recognise: createRecogniser(parts, { isVisitor: true, passesOn: false }),
    });
    // Every route in this scope needs a member, whatever is registered here.
    await api.register(async (members) => {
      members.addHook('onRequest', requireMember);
      members.register(me, parts);
      members.register(sessions, parts);
      members.register(activity, parts);
      members.register(download, parts);
      members.register(recoveryCodes, ways);
      members.register(deviceLinks, ways);
      members.register(leave, ways);
      members.register(loginMethods, ways);
      members.register(passkeys, ways);
      members.register(proof, ways);
      await members.register(async (counter) => {
        await counter.register(ticketing, parts);
        counter.register(password, { ...ways, isCommon });
      });
    });
    api.register(session, parts);
    api.register(logout, parts);
    await api.register(async (counter) => {
      await counter.register(ticketing, parts);
      const registerAccount = createRegisterAccount({ ...parts, isCommon });
      counter.register(register, { ...parts, registerAccount });
      counter.register(login, parts);
      counter.register(recover, { ...parts, tryOnce, isCommon });
      counter.register(links, { ...parts, registerAccount, isCommon });
      counter.register(passkeyLogin, ways);
      counter.register(remember, parts);
    });
  });

  // Proxies and services ask here about somebody else's cookie.
  await app.register(async (services) => {
    await services.register(recognition, {
      recognise: createRecogniser(parts, { isVisitor: false, passesOn: true }),
    });
    services.register(verify, parts);
  });

  // No other route reads the sessions in the database.
  app.register(health, { store, isClosing });
  app.register(house, { config });
  app.register(docs, { config, frame });
  app.register(problemPages, { frame, config });
  app.register(spa, { build, sendPage, findAsset: openShelf(store), basePath: config.basePath });

  const atOnce = {
    config,
    cookie: parts.cookie,
    connections,
    isClosing,
    clientOf,
    turns,
    recall: createRecall(parts),
  };
  // Where each request has its line in the log, Fastify writes it.
  const answer = logsRequests(config) ? ordinary : answerAtOnce(atOnce, ordinary);
  app.server.on('request', takePipelinedInTurn(connections, answer));
  return app;
}

interface AppParts {
  config: Config;
  store: Store;
  now: Clock;
  logTo: LogDestination;
  /** The SPA; undefined: it is read from its folder. */
  build?: Build | undefined;
}

/**
 * @returns a function that gives ids of requests for the log: the process, at random, and a number. Two processes never
 * share an id.
 */
function requestIds(): () => string {
  const ofProcess = newPublicId();
  let count = 0;
  return () => {
    count += 1;
    return `${ofProcess}-${count}`;
  };
}
