import { type Html, html, withCode } from '../../http/html.ts';
import type { Document, Message, Operation, Parameter, Schema } from './openapi-types.ts';
import { example, fieldsOf, listOf, nameOf } from './schema.ts';

/** A call of the API: an operation of the document, and where it stands there. */
export interface Call extends Operation {
  /** In capitals. */
  method: string;
  /** With the names of its parameters in braces. */
  path: string;
}

/** @returns a call as the reference shows it: a line that opens. @param server the origin for the curl line */
export function callOf(call: Call, { components, servers }: Document, server: string): Html {
  const basePath = servers[0].url.replace(/\/$/, '');
  const { operationId, method, path, summary, description, parameters = [], requestBody, security } = call;
  const responses = Object.entries(call.responses);
  const isPage = responses.some(([, { content }]) => content?.['text/html']);
  const body = jsonOf(requestBody);
  return html`<details id="${operationId}" class="call">
<summary><h3><code class="method">${method}</code> <code class="name">${broken(path)}</code> <span>${summary}</span></h3></summary>
<div class="columns">
<div>
${description && html`<p>${withCode(description)}</p>`}
${security && html`<p>Needs a session that is logged in.</p>`}
${parameters.length > 0 && html`<h4>Parameters</h4>${listOf(parameters)}`}
${body && html`<h4>Body</h4>${bodyOf(body.schema, components.schemas)}`}
${responses.filter(([status]) => Number(status) < 400).map(([status, message]) => responseOf(status, message))}
${errorsOf(responses, components.schemas)}
</div>
<div>
<h4>From a terminal</h4>
<div class="copy"><pre><code data-curl>${curlOf(call, server, basePath, body?.example)}</code></pre><button type="button" class="link" data-copy hidden>Copy<span class="unseen">: ${method} ${path}</span></button></div>
${!isPage && formOf(call, basePath, body?.example)}
</div>
</div>
</details>`;
}

/** @returns a path that a narrow window may break behind its slashes. */
const broken = (path: string): Html =>
  html`${path.split(/(?<=.\/)(?=.)/).map((part, at) => html`${at > 0 && html`<wbr />`}${part}`)}`;

const jsonOf = (message: Message | undefined) => message?.content?.['application/json'];

function bodyOf(schema: Schema, named: Document['components']['schemas']): Html {
  const whole = schema.$ref ? named[nameOf(schema.$ref)] : schema;
  return html`${whole?.description && html`<p>${withCode(whole.description)}</p>`}${whole?.properties && fieldsOf(whole)}`;
}

function responseOf(status: string, message: Message): Html {
  const json = jsonOf(message);
  const name = json?.schema.$ref && nameOf(json.schema.$ref);
  return html`<h4>Response</h4>
<p><code>${status}</code> ${name ? html`<a href="#schema-${name}"><code>${name}</code></a>` : message.description}</p>
${json?.example !== undefined && example(json.example)}`;
}

function errorsOf(responses: [string, Message][], named: Document['components']['schemas']): Html | false {
  const errors = responses.flatMap(([status, { content }]) => {
    const schema = content?.['application/problem+json']?.schema;
    return (schema?.oneOf ?? (schema ? [schema] : [])).map(({ $ref = '' }) => ({
      status,
      type: String(named[nameOf($ref)]?.properties?.type?.enum?.[0]),
    }));
  });
  return (
    errors.length > 0 &&
    html`<h4>Errors</h4>
<ul class="errors">
${errors.map(({ status, type }) => html`<li><code>${status}</code> <a href="${type}"><code>${type.replace('/problems/', '')}</code></a></li>`)}
</ul>`
  );
}

/** @returns the curl line of a call. The page's script fills its parts in anew when the form changes. */
function curlOf({ method, path, tags }: Call, server: string, basePath: string, body: unknown): Html {
  const isImplied = method === 'GET' || (method === 'POST' && body !== undefined);
  return html`curl -i${!tags.includes('Server') && ' -b jar -c jar'}${!isImplied && ` -X ${method}`}${
    body !== undefined && html` --json <span data-part="body">${quoted(JSON.stringify(body))}</span>`
  } <span data-part="url" data-server="${server}">${server}${basePath}${path}</span>`;
}

/** @returns a text as one word of a shell. */
const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

/** @returns the form that tries a call. The page's script shows it. */
function formOf({ operationId, method, path, parameters = [] }: Call, basePath: string, body: unknown): Html {
  return html`<form data-method="${method}" data-path="${basePath}${path}" hidden>
<h4>Try it</h4>
${parameters.map((parameter) => inputOf(parameter, `${operationId}-${parameter.name}`))}
${
  body !== undefined &&
  html`<p class="field"><label for="${operationId}-body">Body</label>
<textarea id="${operationId}-body" name="body" rows="${JSON.stringify(body, null, 2).split('\n').length}" spellcheck="false" autocapitalize="none" autocomplete="off">${JSON.stringify(body, null, 2)}</textarea></p>`
}
<button class="button">Send<span class="unseen"> ${method} ${path}</span></button>
<div class="outcome" aria-live="polite"></div>
</form>`;
}

const inputOf = ({ name, in: place, required }: Parameter, id: string): Html =>
  html`<p class="field"><label for="${id}"><code>${name}</code>${!required && ' (optional)'}</label>
<input id="${id}" name="${name}" data-in="${place}" ${required && html`required`} spellcheck="false" autocapitalize="none" autocomplete="off" /></p>`;
