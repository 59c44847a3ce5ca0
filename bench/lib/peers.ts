import { join } from 'node:path';
import { type Server, type Start, startServer } from './processes.ts';

/** @returns the command that starts a file of `bench/peers` in Node, as in production. */
export function peerCommand(file: string, env: Record<string, string>): Start {
  return {
    command: process.execPath,
    args: [join(import.meta.dirname, '../peers', file)],
    env: { NODE_ENV: 'production', PORT: '0', ...env },
  };
}

/** Starts a file of `bench/peers`. @param env settings of the peer */
export const startPeer = (file: string, env: Record<string, string>): Promise<Server> =>
  startServer(peerCommand(file, env));
