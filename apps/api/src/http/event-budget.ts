/** Lines that one network can cause of one event in a minute. */
const maxLinesPerMinute = 10;
/** Networks and events that are counted apart; all further ones share one count for each event. */
const maxCounts = 10_000;

/** Decides which security events become log lines, so that nobody can fill the log from outside. */
export interface EventBudget {
  /** @returns whether an event of this network may have a line of its own; otherwise the event is only counted. */
  take(network: string, event: string): boolean;
  /** Reports every open count at once. */
  close(): void;
}

/**
 * Gives each pair of network and event ten lines a minute, beginning with its first line.
 * @param report is called when the minute is over, if there were more events: with the number of those without a line.
 */
export function createEventBudget(
  report: (further: { event: string; network: string; count: number }) => void,
): EventBudget {
  const counts = new Map<string, { events: number; end: () => void }>();

  return {
    take(network, event) {
      const own = `${event} ${network}`;
      if (counts.has(own) || counts.size < maxCounts) return countedUnder(own, network, event);
      return countedUnder(event, 'others', event);
    },

    close() {
      for (const { end } of counts.values()) end();
    },
  };

  function countedUnder(key: string, network: string, event: string): boolean {
    const count = counts.get(key) ?? begin(key, network, event);
    count.events += 1;
    return count.events <= maxLinesPerMinute;
  }

  function begin(key: string, network: string, event: string) {
    const end = () => {
      clearTimeout(timer);
      counts.delete(key);
      const further = count.events - maxLinesPerMinute;
      if (further > 0) report({ event, network, count: further });
    };
    const timer = setTimeout(end, 60_000).unref();
    const count = { events: 0, end };
    counts.set(key, count);
    return count;
  }
}
