import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import { isOurs, pathOf } from '../http/base-path.ts';
import type { Connections } from '../http/connections.ts';
import type { Frame } from '../http/html.ts';
import { asksForPage, loginPage } from '../http/login-page.ts';
import { isOwnHost, isSafe, originJudge } from '../http/origins.ts';
import { unavailable } from '../http/problems.ts';
import { logEvent } from '../http/security-log.ts';
import { liveSession, notMember, type Recognise } from '../session/authentication.ts';
import type { CookiePolicy } from '../session/ticket.ts';
import type { Account } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { createAppClient } from './app-client.ts';
import { headersFromApp } from './from-app.ts';
import { followExchanges } from './open-exchanges.ts';
import { answerWith, sendOn } from './pass-on.ts';
import { mayLeadInto } from './path.ts';
import { ambiguous, misdirected, notTraceable, unreachable } from './refusals.ts';
import { headersToApp } from './to-app.ts';
import { isHandshake, join, takeHandshakes } from './web-socket.ts';

export { asksForWebSocket } from './web-socket.ts';

interface GateParts {
  config: Config;
  /** The app to stand in front of, and whom it is open to. */
  inFrontOf: NonNullable<Config['inFrontOf']>;
  store: Store;
  now: Clock;
  cookie: CookiePolicy;
  recognise: Recognise;
  connections: Connections;
  isClosing: () => boolean;
  frame: Frame;
}

/**
 * Passes every request that is not ours on to the app, once it is known who sends it. Whoever is not logged in goes to
 * the login page instead, unless the app is open to everyone.
 *
 * What it passes on leaves the way of our own calls here: no hook that follows concerns it. What it refuses is answered
 * like a refusal of a call.
 */
export function standInFront(app: FastifyInstance, parts: GateParts): void {
  const { config, inFrontOf, store, now, cookie, recognise, connections, isClosing, frame } = parts;
  const client = createAppClient(inFrontOf.origin);
  const toApp = headersToApp(config, cookie.name);
  const reading = { cookieName: cookie.name, isPrivate: inFrontOf.access === 'members' };
  const judgeOrigin = originJudge(app, config);
  const open = followExchanges(store, now, app.log);

  takeHandshakes(app.server, connections);
  // Whether the body of a request for the app is wanted is the app's to say (RFC 9110 section 10.1.1).
  app.server.on('checkContinue', (request, response) => {
    if (isOurs(config.basePath, request.url ?? '')) response.writeContinue();
    app.server.emit('request', request, response);
  });
  app.addHook('preClose', async () => open.cutEndless());
  app.addHook('onClose', async () => {
    open.close();
    client.close();
  });

  app.addHook('onRequest', (request, reply, done) => {
    if (isOurs(config.basePath, request.originalUrl)) return done();
    const target = targetOf(request);
    if (target === undefined || mayLeadInto(config.basePath, target.split('?', 1)[0] ?? '')) {
      logEvent(request, 'input_validation_fail', { reason: 'path-traversal' });
      return done();
    }
    letIn(request, reply, target).catch(done);
  });

  /** Decides about a request for the app. @throws {ProblemError} */
  async function letIn(request: FastifyRequest, reply: FastifyReply, target: string): Promise<void> {
    if (request.method === 'TRACE') throw notTraceable();
    if (isHandshake(request.raw) && isClosing()) throw unavailable('This process is shutting down.', 5);
    const refused = ambiguous(request.raw);
    if (refused) throw refused;
    const { host = inFrontOf.origin.host } = request.headers;
    const { publicUrl } = config;
    if (publicUrl && !isOwnHost(host, app, config)) return misdirected(request, reply, { publicUrl, frame });
    const visitor = await recognise(request);
    if (liveSession({ visitor }) && (isHandshake(request.raw) || !isSafe(request.method))) {
      const refusal = judgeOrigin(request);
      if (refusal) throw refusal;
    }
    if (visitor.kind === 'member') {
      return passOn(request, reply, {
        target,
        host,
        account: visitor.account,
        sessionId: visitor.session.id,
      });
    }
    if (inFrontOf.access === 'everyone') return passOn(request, reply, { target, host });
    if (asksForPage(request)) return void reply.redirect(loginPage(config, target), 303);
    throw notMember(visitor);
  }

  async function passOn(request: FastifyRequest, reply: FastifyReply, passage: Passage): Promise<void> {
    const { raw, address, method } = request;
    const { target, host, account, sessionId } = passage;
    const scheme = config.publicUrl?.protocol === 'https:' ? 'https' : 'http';
    const headers = toApp({ raw, address, isHandshake: isHandshake(raw), host, scheme, account });
    const incoming = { raw, response: reply.raw };
    const outgoing = client.request(method, target, headers);
    const cut = () => {
      reply.raw.destroy();
      outgoing.destroy();
    };
    const exchange = { sessionId, isEndless: isHandshake(raw), cut };
    const isOver = open.add(exchange);
    reply.raw.on('close', isOver);
    try {
      const answer = await sendOn(incoming, outgoing);
      if (!answer) return void reply.hijack();
      const passed = headersFromApp(answer.rawHeaders, reading);
      if (answer.joined) {
        reply.hijack();
        const { phrase, joined } = answer;
        const socket = join(raw, reply.raw, { phrase, headers: passed, app: joined });
        const isClosed = open.add({ sessionId, isEndless: true, cut: socket.cut });
        socket.closed.then(isClosed);
        return;
      }
      exchange.isEndless = /^text\/event-stream/i.test(answer.message.headers['content-type'] ?? '');
      answerWith(answer, passed, incoming, { outgoing, isLast: isClosing() });
      reply.hijack();
    } catch (cause) {
      outgoing.destroy();
      if (reply.raw.destroyed || reply.raw.headersSent) return void reply.raw.destroy();
      unreachable(request, reply, { cause, frame });
    }
  }
}

/** What a request that is passed on is passed on with. */
interface Passage {
  /** Path and query, as the client wrote them. */
  target: string;
  host: string;
  /** Undefined: the app is told nobody. */
  account?: Account;
  sessionId?: string;
}

/**
 * @returns path and query of a request, as the client wrote them; undefined: its target is no path, or names another host
 * than its Host header.
 */
function targetOf({ originalUrl, headers: { host } }: FastifyRequest): string | undefined {
  const target = pathOf(originalUrl);
  const [, named = host] = /^https?:\/\/([^/?]*)/i.exec(originalUrl) ?? [];
  if (named !== host) return undefined;
  const path = target.startsWith('/') ? target : `/${target}`;
  return target === '' || /^[/?]/.test(target) ? path : undefined;
}
