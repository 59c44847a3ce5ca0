import http, { type ClientRequest, type RequestOptions } from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';

/** Milliseconds in which an app has to accept a connection. */
export const maxConnectMs = 10_000;
/** Milliseconds after which an app that has not begun to answer, and takes nothing more of the request, is given up. */
export const maxAnswerMs = 300_000;
/**
 * Milliseconds for which an unused connection is kept. An app that closes it just when a request is sent loses the
 * request, and nobody repeats that. Servers of apps keep such connections for two seconds or longer.
 */
const keptMs = 1_500;
/** Bytes of headers that an app may answer with. */
const maxHeaderBytes = 64 * 1024;

/** Sends requests to the app, and nowhere else. */
export interface AppClient {
  /** @param headers names, each followed by its value, among them `Host`. */
  request(method: string, path: string, headers: string[]): ClientRequest;
  /** Closes the connections that nobody uses. */
  close(): void;
}

/**
 * Makes a client for the app at an origin. Node's own client is used, since it can do what a gate has to: it names the
 * host that it is told to, repeats nothing, follows nothing, and passes on interim answers and handshakes.
 */
export function createAppClient({ protocol, hostname, port }: URL): AppClient {
  const isHttps = protocol === 'https:';
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  const options: RequestOptions = {
    agent: new (isHttps ? https : http).Agent({ keepAlive: true, timeout: keptMs, scheduling: 'lifo' }),
    host,
    port: port || undefined,
    timeout: maxAnswerMs,
    maxHeaderSize: maxHeaderBytes,
    // The certificate is the app's own, whatever host the request names.
    ...(isHttps && { servername: isIP(host) ? '' : host }),
  };
  const send = isHttps ? https.request : http.request;

  return {
    request(method, path, headers) {
      const request = send({ ...options, method, path, headers });
      // Their bytes are counted. Node would leave out what follows the first thousand.
      request.maxHeadersCount = 0;
      request.on('timeout', () => request.destroy(new Error(`The app sent nothing for ${maxAnswerMs} ms`)));
      request.on('socket', (socket) => {
        if (!socket.connecting) return;
        const tooLate = () => request.destroy(new Error(`The app took no connection for ${maxConnectMs} ms`));
        const timer = setTimeout(tooLate, maxConnectMs);
        for (const event of ['connect', 'close']) socket.once(event, () => clearTimeout(timer));
      });
      return request;
    },
    close: () => (options.agent as http.Agent).destroy(),
  };
}
