import type { ClientRequest, IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { hasBody } from '../http/body.ts';
import { closeRawIfUnread } from '../http/lingering-close.ts';
import { streamBody } from '../http/streamed-bodies.ts';
import { isHandshake } from './web-socket.ts';

/** Milliseconds for which a client may send nothing of a body, or read nothing of an answer. */
export const maxStillMs = 60_000;

/** What a client must not take from a trailer (RFC 9110 section 6.5.1), and what is checked among the headers only. */
const notInTrailers = /^(?:set-cookie|cache-control|vary|connection|transfer-encoding|content-length)$/i;

/** An answer of the app of which nothing has been sent to the client yet. */
export interface Answer {
  status: number;
  /** The reason phrase (RFC 9112 section 4). */
  phrase: string;
  /** Names, each followed by its value. */
  rawHeaders: string[];
  message: IncomingMessage;
  /** The connection to the app, where the app has taken up a handshake, and what came on it behind the answer. */
  joined: { socket: Socket; head: Buffer } | undefined;
}

/** A request of a client, and the response to it. */
export interface Incoming {
  raw: IncomingMessage;
  response: ServerResponse;
}

/**
 * Sends a request on to the app, body and all.
 * @param outgoing the request to the app, of which only the headers are known
 * @returns the app's answer, as soon as its headers are there; undefined: the client hung up before.
 * @throws what kept the app from answering.
 */
export function sendOn({ raw, response }: Incoming, outgoing: ClientRequest): Promise<Answer | undefined> {
  return new Promise((resolve, reject) => {
    // Errors after the answer has begun come with the answer.
    outgoing.on('error', reject);
    const take = (message: IncomingMessage, joined?: Answer['joined']) => {
      const { statusCode: status = 502, statusMessage = '', rawHeaders } = message;
      if (status < 100) return void reject(new Error(`The app answered with the status ${status}`));
      // A client is told to ignore the phrase, and Node refuses to write such characters.
      const phrase = statusMessage.replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, '');
      resolve({ status, phrase, rawHeaders, message, joined });
    };
    outgoing.on('response', (message) => take(message));
    outgoing.on('upgrade', (message, duplex, head) => {
      const socket = duplex as Socket;
      // Node leaves this connection to us, errors and all.
      socket.on('error', () => socket.destroy());
      outgoing.setTimeout(0);
      if (isHandshake(raw)) return take(message, { socket, head });
      socket.destroy();
      reject(new Error('The app changed the protocol, and nobody had asked for that'));
    });
    passInterimAnswers(raw, response, outgoing);
    response.on('close', () => {
      if (!response.writableFinished) outgoing.destroy();
      resolve(undefined);
    });
    keepMoving(raw, response);
    if (!hasBody(raw)) return void outgoing.end();
    streamBody(raw);
    passBody(raw, outgoing);
    // Node would keep the headers back until the body begins. An app may answer before that.
    setImmediate(() => outgoing.flushHeaders());
  });
}

/**
 * Passes a body on, and waits while the app takes no more. The chunks of one turn of the event loop are passed on together:
 * to write a chunk of one byte costs as much as any other, and a client can send ten thousand of them at once.
 */
function passBody(raw: IncomingMessage, outgoing: ClientRequest): void {
  let chunks: Buffer[] = [];
  const write = () => {
    const [first] = chunks;
    if (!first) return;
    const together = chunks.length === 1 ? first : Buffer.concat(chunks);
    chunks = [];
    if (outgoing.destroyed || !outgoing.write(together)) raw.pause();
  };
  raw.on('data', (chunk: Buffer) => {
    if (chunks.push(chunk) === 1) setImmediate(write);
  });
  raw.on('end', () => {
    write();
    outgoing.end();
  });
  outgoing.on('drain', () => raw.resume());
}

/**
 * Passes on what an app says before its answer (RFC 9110 section 15.2). A client of HTTP/1.0 knows no such thing, and a hint
 * that Node does not take for one is left out: nobody needs it (RFC 8297 section 2).
 */
function passInterimAnswers(raw: IncomingMessage, response: ServerResponse, outgoing: ClientRequest): void {
  if (raw.httpVersion === '1.0') return;
  outgoing.on('continue', () => response.writeContinue());
  outgoing.on('information', ({ statusCode, headers: { link } }) => {
    if (statusCode === 102) response.writeProcessing();
    if (statusCode !== 103 || link === undefined) return;
    try {
      response.writeEarlyHints({ link: String(link).split(/,\s*(?=<)/) });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ERR_INVALID_ARG_VALUE') throw error;
    }
  });
}

/**
 * Sends the answer of the app to the client, and closes both connections when either side breaks off.
 * @param headers of the answer, as the client gets them
 * @param isLast whether nothing more is answered on the connection to the client
 */
export function answerWith(
  { status, phrase, message }: Answer,
  headers: string[],
  { raw, response }: Incoming,
  { outgoing, isLast }: { outgoing: ClientRequest; isLast: boolean },
): void {
  closeRawIfUnread(raw, response, isLast);
  response.writeHead(status, phrase, headers);
  const isTaken = !hasBody(raw) || raw.readableEnded;
  if (message.complete && isTaken) {
    passTrailers(message, response);
    endWith(response, message.read());
    return;
  }
  // The app may say nothing for as long as it likes, now that it has begun. The client has to read.
  outgoing.setTimeout(0);
  raw.socket.setTimeout(maxStillMs);
  // Node would keep the headers back until the body begins, which may be much later.
  if (message.readableLength === 0 && !message.complete) response.flushHeaders();
  message.on('error', () => response.destroy());
  message.on('end', () => {
    passTrailers(message, response);
    // The app has answered without the rest of the body. What follows on that connection would be taken for it.
    if (!raw.readableEnded && hasBody(raw)) outgoing.destroy();
  });
  message.pipe(response);
}

/** Bytes of a body up to which it costs less to copy it behind the headers than to write it beside them. */
const maxCopiedBytes = 8 * 1024;

/** Ends an answer with a body that has come as a whole; null: it has none. */
function endWith(response: ServerResponse, body: Buffer | null): void {
  if (body === null) response.end();
  else if (body.length > maxCopiedBytes) response.end(body);
  else response.end(body.toString('latin1'), 'latin1');
}

function passTrailers({ rawTrailers }: IncomingMessage, response: ServerResponse): void {
  if (rawTrailers.length === 0) return;
  const trailers = rawTrailers.flatMap((name, at): [string, string][] =>
    at % 2 === 0 && !notInTrailers.test(name) ? [[name, rawTrailers[at + 1] ?? '']] : [],
  );
  if (trailers.length > 0) response.addTrailers(trailers);
}

/**
 * Closes the connection to a client that neither sends the rest of its body nor reads its answer. A client that only
 * waits may wait: an event stream may be silent for hours.
 */
function keepMoving(raw: IncomingMessage, response: ServerResponse): void {
  // Without a body, the server's own limit leads here as well, and an answer that comes in pieces sets this one.
  if (hasBody(raw)) raw.socket.setTimeout(maxStillMs);
  response.on('timeout', () => {
    const { socket } = raw;
    const isOwed = (hasBody(raw) && !raw.complete) || socket.writableLength > 0;
    if (isOwed) socket.destroy();
    else socket.setTimeout(maxStillMs);
  });
}
