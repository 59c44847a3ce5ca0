// Loaded into the server with --import: appends the longest stall of its event loop in each second to STALLS_FILE.
import { appendFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

/** Milliseconds between two looks at the clock, which every delay includes. */
const resolution = 1;
const file = process.env.STALLS_FILE ?? '';
const delays = monitorEventLoopDelay({ resolution });
delays.enable();
setInterval(() => {
  appendFileSync(file, `${Math.max(0, delays.max / 1e6 - resolution)}\n`);
  delays.reset();
}, 1_000).unref();
