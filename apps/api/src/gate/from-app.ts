/** Headers that concern one connection (RFC 9110 section 7.6.1). A trailer needs none of these to be sent. */
const ofConnection = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authenticate',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Headers that tell a shared cache more than `Cache-Control` does (RFC 9213 among them). */
const forSharedCaches = /(?:-cache-control|^surrogate-control|^x-accel-expires)$/;

interface Reading {
  /** The name of the session cookie, which no app can set. */
  cookieName: string;
  /** Whether strangers do not get to the app, so that no shared cache may give them its answers. */
  isPrivate: boolean;
}

/**
 * @param rawHeaders of an app's answer: names, each followed by its value.
 * @returns those that are passed on to the client, in the same form.
 */
export function headersFromApp(rawHeaders: string[], { cookieName, isPrivate }: Reading): string[] {
  const headers: string[] = [];
  const named = new Set<string>();
  let isVaried = false;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at];
    if (name?.length !== 10 || name.toLowerCase() !== 'connection') continue;
    for (const other of rawHeaders[at + 1]?.split(',') ?? []) named.add(other.trim().toLowerCase());
  }
  // The length of the answer is the app's to say, whatever else it says.
  named.delete('content-length');
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const [name = '', value = ''] = [rawHeaders[at], rawHeaders[at + 1]];
    const lower = name.toLowerCase();
    if (ofConnection.has(lower) || named.has(lower)) continue;
    if (lower === 'set-cookie' && setsCookie(value, cookieName)) continue;
    if (!isPrivate) headers.push(name, value);
    else if (lower === 'cache-control') headers.push(name, privately(value));
    else if (!forSharedCaches.test(lower)) headers.push(name, value);
    if (lower === 'vary') isVaried ||= /(?:^|[\s,])(?:cookie|\*)(?:$|[\s,])/i.test(value);
  }
  if (isPrivate && !isVaried) headers.push('Vary', 'Cookie');
  return headers;
}

/**
 * @returns whether a Set-Cookie header makes browsers send a cookie of this name. A cookie without a name is sent as its
 * value alone, which may look like one with a name (RFC 6265bis section 5.6).
 */
function setsCookie(header: string, name: string): boolean {
  const pair = header.split(';', 1)[0]?.replace(/^[\s=]+/, '') ?? '';
  return pair.split('=', 1)[0]?.trim().toLowerCase() === name.toLowerCase();
}

/** @returns a Cache-Control header that lets no shared cache keep the answer (RFC 9111 section 5.2.2). */
function privately(header: string): string {
  const directives = header.match(/(?:[^,"]|"[^"]*"?)+/g) ?? [];
  const changed = directives.map((directive) =>
    /^\s*(?:public|s-maxage)\s*(?:=|$)/i.test(directive) ? 'private' : directive.trim(),
  );
  return [...new Set(changed)].join(', ');
}
