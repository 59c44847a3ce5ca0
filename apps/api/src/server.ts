import type { AddressInfo } from 'node:net';
import { buildApp } from './app.ts';
import { monotonicClock } from './clock.ts';
import { sayWhere } from './commands/where.ts';
import { homeOf, readConfig } from './config.ts';
import { loadEnvFile } from './env-file.ts';
import { listen } from './http/listen.ts';
import { openLog } from './http/log-destination.ts';
import { keepOnShelf } from './page/asset-shelf.ts';
import { readBuild } from './page/build.ts';
import { lowerHashThreads, raiseHashThreads } from './password/hash-threads.ts';
import { ConfigError } from './settings.ts';
import { StoreUnusable } from './store/errors.ts';
import { exposureAt, openStore } from './store/open.ts';
import { keepSwept } from './store/sweeper.ts';
import { otherHostsPasskeys, warnings } from './warnings.ts';
import { relyingPartyIdOf } from './ways/relying-party.ts';

/** Milliseconds that closing may take. Only a fault takes that long. */
const maxClosingMs = 9_500;
/** Milliseconds in which the last lines of the log may be read. */
const logFlushMs = 500;

try {
  raiseHashThreads();
  loadEnvFile();
  await serve();
} catch (error) {
  process.stderr.write(`Coatcheck did not start. ${explained(error)}\n`);
  process.exit(1);
}

async function serve() {
  const config = readConfig(process.env);
  const now = monotonicClock();
  const store = await openStore(config.database, { clock: now, alarm: (message) => app.log.error(message) });
  const build = readBuild();
  const app = await buildApp({ config, store, now, logTo: openLog(), build });
  const exposure = exposureAt(config.database);
  if (exposure) app.log.warn(exposure);
  for (const warning of warnings(config)) app.log.warn(warning);
  if (config.registration.policy === 'closed') {
    const invitations = await store.voidInvitations(now());
    if (invitations > 0)
      app.log.info({ invitations }, 'Registration is closed: waiting invitations are void');
  }
  const otherHost = await store.findOtherRelyingParty(relyingPartyIdOf(config));
  if (otherHost !== undefined) app.log.warn(otherHostsPasskeys(otherHost, config));

  const stopSweeping = keepSwept(store, now, app.log);
  // The assets are there before anybody gets the page: its next requests may reach another process.
  const leaveShelf = build && (await keepOnShelf(store, build, now, app.log));
  let stopping = false;
  const stop = async (signal: NodeJS.Signals) => {
    // A second signal ends the process at once. Every acknowledged write is on the disk.
    if (stopping) process.exit(1);
    stopping = true;
    setTimeout(() => process.exit(1), maxClosingMs).unref();
    app.log.info({ event: 'sys_shutdown', signal }, 'Coatcheck is closing');
    await Promise.all([app.close(), stopSweeping(), leaveShelf?.()]);
    await store.close().then(
      () => app.log.info('Coatcheck is closed'),
      (error) => {
        app.log.error({ err: error }, 'The database could not be closed');
        process.exitCode = 1;
      },
    );
    // The process ends by itself, unless its log has lines left that nobody reads.
    setTimeout(() => process.exit(), logFlushMs).unref();
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);

  await lowerHashThreads();
  await listen(app, config.host, config.port);
  // Behind a proxy, people use another URL than the one that the proxy connects to.
  const { port } = app.server.address() as AddressInfo;
  const url = homeOf(config, port);
  sayWhere(config, port);
  const before = config.inFrontOf ? `, in front of ${config.inFrontOf.origin.origin}` : '';
  app.log.info(
    { event: 'sys_startup', url, host: config.host, port },
    `Coatcheck is open at ${url}${before}`,
  );
}

function explained(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  if (error instanceof StoreUnusable) return `DATABASE_URL: ${error.message}`;
  const { code, syscall, port, address } = error as NodeJS.ErrnoException & {
    port?: number;
    address?: string;
  };
  if (code === 'EADDRINUSE')
    return `PORT ${port} is in use. Stop the program that listens there, or set another PORT.`;
  if (code === 'EACCES' && port)
    return `PORT ${port} needs more rights than this user has. Set a PORT of 1024 or more.`;
  // The host has no such name, address or address family, or its address needs a zone (fe80::1).
  if (syscall === 'getaddrinfo' || syscall === 'listen')
    return `HOST ${address ?? process.env.HOST} is not an address of this machine.`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
