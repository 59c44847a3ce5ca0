import { request as httpRequest, type IncomingHttpHeaders, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Conversation, OriginNotAllowed } from '@coatcheck/api-types';

const timeoutMs = 15_000;

/** The connection did not open, broke, or took too long. */
export class NoAnswer extends Error {
  /** The system's name for it, `ECONNREFUSED` for instance, or the message where there is none. */
  readonly code: string;

  constructor({ code, message }: NodeJS.ErrnoException) {
    super(message);
    this.code = code ?? message;
  }
}

/** @returns origin and path of a URL, without a slash at its end. */
export const withoutSlash = ({ origin, pathname }: URL): string => origin + pathname.replace(/\/$/, '');

/** The parts of a request besides its URL. */
export interface Asking {
  method?: string;
  headers?: Record<string, string | string[]>;
  /** Sent as JSON. */
  body?: object;
  /** The version of IP. */
  family?: number;
  /** The address of this machine from which the connection is opened. */
  localAddress?: string;
}

/** A response, and the addresses of its connection. */
export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  /** The JSON of the body; undefined where the body is of another type. */
  body: unknown;
  /** The body as it came. */
  text: string;
  /** The address of this machine's end of the connection. */
  localAddress: string;
  /** The address of the other end. */
  remoteAddress: string;
}

/**
 * Sends one request on a connection of its own, so that another process may answer the next one.
 * Certificates are verified, and redirects are not followed.
 * @throws {NoAnswer} when no whole answer came within 15 seconds.
 */
export function exchange(url: URL, { body, headers, ...options }: Asking): Promise<Answer> {
  const json = body && JSON.stringify(body);
  const asked: RequestOptions = {
    ...options,
    agent: false,
    signal: AbortSignal.timeout(timeoutMs),
    headers: { accept: 'application/json', ...headers, ...(json && { 'content-type': 'application/json' }) },
  };
  return new Promise((answered, failed) => {
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const outgoing = send(url, asked, async (incoming) => {
      const { localAddress = '', remoteAddress = '' } = incoming.socket;
      const { statusCode: status = 0, headers } = incoming;
      try {
        const text = Buffer.concat(await incoming.toArray()).toString();
        const body = headers['content-type']?.includes('json') ? JSON.parse(text) : undefined;
        answered({ status, headers, body, text, localAddress, remoteAddress });
      } catch (error) {
        failed(new NoAnswer(error as Error));
      }
    });
    outgoing.on('error', (error) => failed(new NoAnswer(error)));
    outgoing.end(json);
  });
}

/** @returns the conversation in a response of `/session`; undefined where there is none. */
export function conversationIn({ status, body }: Answer): Conversation | undefined {
  const told = body as Partial<Conversation> | undefined;
  return status === 200 && told?.cookie && told.now ? (told as Conversation) : undefined;
}

/**
 * @returns the server's refusal of the page's origin; undefined when there is none, or when a program in between
 * refused.
 */
export function originRefusalIn({ body }: Answer): OriginNotAllowed | undefined {
  const problem = body as Partial<OriginNotAllowed> | undefined;
  return problem?.type === '/problems/origin-not-allowed' ? (problem as OriginNotAllowed) : undefined;
}
