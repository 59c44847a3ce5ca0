/** The request of a form. */
interface Request {
  method: string;
  /** A path of this server, with its query. */
  url: string;
  body: string | undefined;
}

/** Characters of a response that are shown. */
const maxShown = 20_000;

/** The places in which a request is under way. */
const busy = new WeakSet<HTMLElement>();

/** Makes a call with this browser's cookie, and shows its response. A second press while the call is under way does nothing. */
export async function send({ method, url, body }: Request, place: HTMLElement): Promise<void> {
  if (busy.has(place)) return;
  busy.add(place);
  place.replaceChildren();
  const since = performance.now();
  try {
    const headers = body === undefined ? {} : { 'content-type': 'application/json' };
    const response = await fetch(url, { method, headers, ...(body !== undefined && { body }) });
    const text = await response.text();
    show(response, text, Math.round(performance.now() - since), place);
  } catch {
    place.append(element('p', 'No answer. Check your connection and try again.'));
  } finally {
    busy.delete(place);
  }
}

function show(
  { status, statusText, headers }: Response,
  text: string,
  milliseconds: number,
  place: HTMLElement,
) {
  const line = element('p', `${status} ${statusText}`.trim());
  line.className = 'status';
  line.append(element('span', ` in ${milliseconds} ms`));
  place.append(line);
  const problem = helpIn(headers);
  if (problem) {
    const link = document.createElement('a');
    link.href = problem;
    link.textContent = 'What this means and what to do';
    const onward = document.createElement('p');
    onward.append(link);
    place.append(onward);
  }
  if (text) place.append(code(shortened(pretty(text))));
  const details = document.createElement('details');
  details.append(
    element('summary', 'Headers'),
    code([...headers].map((header) => header.join(': ')).join('\n')),
  );
  place.append(details);
}

/** The path of the page about a problem, if a response is one: its `type` has not the path that everything lies below. */
const helpIn = (headers: Headers): string | undefined =>
  /<([^>]+)>; rel="help"/.exec(headers.get('link') ?? '')?.[1];

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

const shortened = (text: string): string =>
  text.length <= maxShown
    ? text
    : `${text.slice(0, maxShown)}\n… and ${text.length - maxShown} more characters`;

function element(name: string, text: string): HTMLElement {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

function code(text: string): HTMLElement {
  const pre = document.createElement('pre');
  pre.append(element('code', text));
  return pre;
}
