import { readFileSync } from 'node:fs';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';

const tls = resolve(import.meta.dirname, '../apps/api/test/tls');
/** The certificate of a front that speaks TLS, for `localhost`. */
export const certificate = join(tls, 'server.crt');

export interface Front {
  port: number;
  /** Where it passes requests on to, one after the other. */
  to: string[];
  /** Headers that it keeps back, in both directions; lower case. */
  drops: string[];
  /** The beginning of paths that it takes off, or empty. */
  strips: string;
  close(): void;
}

/** A proxy as people put one in front: it passes requests on as they are, and says whom it had them from. */
export async function openFront({ secure = false }: { secure?: boolean } = {}): Promise<Front> {
  let turn = 0;
  const front: Front = { port: 0, to: [], drops: [], strips: '', close: () => {} };
  const kept = (headers: IncomingHttpHeaders) =>
    Object.fromEntries(Object.entries(headers).filter(([name]) => !front.drops.includes(name)));
  const pass = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const home = front.to[turn++ % front.to.length] ?? '';
    const { remoteAddress = '' } = incoming.socket;
    const onward = request(
      home + incoming.url?.replace(front.strips, ''),
      {
        method: incoming.method ?? 'GET',
        headers: {
          ...kept(incoming.headers),
          'x-forwarded-for': remoteAddress,
          'x-forwarded-proto': secure ? 'https' : 'http',
        },
      },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, kept(answer.headers));
        answer.pipe(outgoing);
      },
    );
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  };
  const server = secure
    ? createTlsServer({ cert: readFileSync(certificate), key: readFileSync(join(tls, 'server.key')) }, pass)
    : createServer(pass);
  await new Promise<void>((open) => {
    server.listen(0, open);
  });
  front.port = (server.address() as AddressInfo).port;
  front.close = () => {
    server.closeAllConnections();
    server.close();
  };
  return front;
}
