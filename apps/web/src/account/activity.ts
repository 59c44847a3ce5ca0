import type { Event, Session } from '@coatcheck/api-types';

/** The types of events that are tries without success. */
const failedTypes: ReadonlySet<Event['type']> = new Set([
  'login-failed',
  'password-refused',
  'passkey-missing',
]);
/** The types of events with which a session begins that no password and no passkey began. */
const withoutLogin: ReadonlySet<Event['type']> = new Set([
  'device-link-used',
  'recovery-code-used',
  'reset-link-used',
]);

/** A row of the activity. */
export interface ActivityRow {
  /** The event of the row. Of a run of failed logins, the last. */
  event: Event;
  /** Tries, changes or sessions that the row is about. */
  count: number;
  /** Whether the row is about tries without success. */
  hasFailed: boolean;
  /** The live session that began with this event and that the reader may want to end. */
  session: Session | undefined;
  /** Whether the session began from a new device, right after failed logins, or by a link or a recovery code. */
  isSuspicious: boolean;
}

/**
 * The rows of a list of events. Failed logins that follow each other are one row.
 * @param events the newest first
 * @param live the sessions that the reader can still end
 */
export function rowsOf(events: readonly Event[], live: readonly Session[]): ActivityRow[] {
  return runsOf(events).map((run, n, runs) => {
    const [event] = run;
    const hasFailed = failedTypes.has(event.type);
    const count = run.reduce((sum, { count }) => sum + count, 0);
    return {
      event,
      count,
      hasFailed,
      session: live.find(({ id }) => begins(event, id)),
      isSuspicious:
        event.newDevice || withoutLogin.has(event.type) || runs[n + 1]?.[0].type === 'login-failed',
    };
  });
}

type Run = [newest: Event, ...older: Event[]];

function runsOf(events: readonly Event[]): Run[] {
  const runs: Run[] = [];
  for (const event of events) {
    const run = runs.at(-1);
    if (run && event.type === 'login-failed' && run[0].type === event.type) run.push(event);
    else runs.push([event]);
  }
  return runs;
}

/** Whether an event began the session with this id. */
const begins = ({ type, sessionId }: Event, id: string) =>
  sessionId === id && (type === 'logged-in' || type === 'registered' || withoutLogin.has(type));
