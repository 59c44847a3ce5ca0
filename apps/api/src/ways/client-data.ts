const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The browser's part of a WebAuthn response (WebAuthn section 5.8.1): what was asked for, where, and by which challenge. */
export interface ClientData {
  type: string;
  challenge: string;
  origin: string;
  /** Whether the page was in a frame of another origin. Browsers may leave it out where it was not. */
  crossOrigin?: unknown;
  /** The origin of the page around that frame. */
  topOrigin?: unknown;
}

/** @returns the client data in a text of bytes, or undefined where it is none. */
export function readClientData(bytes: Uint8Array): ClientData | undefined {
  try {
    const data = JSON.parse(utf8.decode(bytes));
    const texts = [data.type, data.challenge, data.origin];
    return texts.every((text) => typeof text === 'string') ? data : undefined;
  } catch {
    return undefined;
  }
}

/** @returns whether a page made the response that is no frame of another origin. */
export const isOwnWindow = ({ crossOrigin = false, topOrigin }: ClientData): boolean =>
  crossOrigin === false && topOrigin === undefined;
