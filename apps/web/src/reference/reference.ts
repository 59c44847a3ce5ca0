// The script of /docs. The server writes the page, which can be read without this script.
import { send } from './outcome.ts';

for (const button of document.querySelectorAll<HTMLButtonElement>('[data-copy]')) {
  // Browsers have a clipboard for pages only over https and on the machine itself. The line can always be selected.
  button.hidden = !navigator.clipboard;
  const label = button.firstChild;
  button.addEventListener('click', async () => {
    const line = button.parentElement?.querySelector('[data-curl]')?.textContent ?? '';
    const copied = await navigator.clipboard.writeText(line).then(
      () => 'Copied',
      () => 'Not copied',
    );
    if (label) label.textContent = copied;
    setTimeout(() => {
      if (label) label.textContent = 'Copy';
    }, 2_000);
  });
}

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-method]')) {
  form.hidden = false;
  form.addEventListener('input', () => writeCurl(form));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    send({ method: form.dataset.method ?? '', url: urlOf(form), body: bodyOf(form) }, outcomeOf(form));
  });
}

window.addEventListener('hashchange', openTarget);
openTarget();

/** Opens the call or the schema that the URL names. */
function openTarget() {
  const target = document.getElementById(decodeURIComponent(window.location.hash.slice(1)));
  if (!(target instanceof HTMLDetailsElement)) return;
  target.open = true;
  target.scrollIntoView();
}

for (const details of document.querySelectorAll<HTMLDetailsElement>('details[id]')) {
  // The URL of a call that is being read can be sent to somebody.
  details.addEventListener('toggle', () => {
    if (details.open) window.history.replaceState(null, '', `#${details.id}`);
  });
}

/** The path and the query that a form stands for; a parameter without a value stays as it is written. */
function urlOf(form: HTMLFormElement): string {
  let path = form.dataset.path ?? '';
  const query = new URLSearchParams();
  for (const { name, value, dataset } of form.querySelectorAll('input')) {
    if (value === '') continue;
    if (dataset.in === 'path') path = path.replace(`{${name}}`, encodeURIComponent(value));
    else query.append(name, value);
  }
  return query.size > 0 ? `${path}?${query}` : path;
}

/** The body of a form in one line where it is JSON, and as it was typed where it is not. */
function bodyOf(form: HTMLFormElement): string | undefined {
  const typed = form.querySelector('textarea')?.value;
  try {
    return typed && JSON.stringify(JSON.parse(typed));
  } catch {
    return typed;
  }
}

/** Writes what a form has into the curl line above it. */
function writeCurl(form: HTMLFormElement) {
  const line = form.parentElement?.querySelector('[data-curl]');
  const body = line?.querySelector('[data-part=body]');
  const url = line?.querySelector<HTMLElement>('[data-part=url]');
  if (body) body.textContent = quoted(bodyOf(form) ?? '');
  if (!url) return;
  const whole = `${url.dataset.server}${urlOf(form)}`;
  url.textContent = whole.includes('?') ? quoted(whole) : whole;
}

/** A text as one word of a shell. */
function quoted(text: string) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function outcomeOf(form: HTMLFormElement): HTMLElement {
  const outcome = form.querySelector<HTMLElement>('.outcome');
  if (!outcome) throw new Error('The form has no place for its outcome.');
  return outcome;
}
