import { type Html, html, withCode } from '../../http/html.ts';
import { type Call, callOf } from './call.ts';
import type { Document, Schema } from './openapi-types.ts';
import { fieldsOf } from './schema.ts';

/**
 * The reference of the API, made from its OpenAPI document.
 * @param server the origin of this server, for the curl lines.
 */
export function referenceOf(document: Document, server: string): Html {
  const { info, tags, components } = document;
  const calls = callsOf(document);
  const schemas = Object.entries(components.schemas).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return html`<h1>The API</h1>
<p class="lead">${withCode(info.description)}</p>
<p>Version ${info.version}. The same for programs: <a href="/openapi.json">OpenAPI 3.1</a>. “Send” makes a call for real, on
this server and with this browser’s cookie. In the curl lines, <code>jar</code> is the file in which curl keeps its
cookie.</p>
${tags.map(
  ({ name, description }) => html`<section aria-labelledby="${idOf(name)}">
<h2 id="${idOf(name)}">${name}</h2>
<p>${description}</p>
${calls.filter((call) => call.tags.includes(name)).map((call) => callOf(call, document, server))}
</section>`,
)}
<section aria-labelledby="schemas">
<h2 id="schemas">Schemas</h2>
<p>The objects that the calls take and answer with.</p>
${schemas.map(([name, schema]) => schemaOf(name, schema))}
</section>`;
}

/** Not the tag alone: a call may have that name. */
const idOf = (tag: string) => `tag-${tag.toLowerCase()}`;

/** The order in which the calls of a path are shown. */
const methods = ['get', 'post', 'put', 'patch', 'delete'];

/** @returns the calls of a document: first those that need no login, and by their paths. */
function callsOf({ paths }: Document): Call[] {
  const rank = ({ security, path, method }: Call) =>
    `${security ? 1 : 0} ${path} ${methods.indexOf(method.toLowerCase())}`;
  return Object.entries(paths)
    .flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, operation]) => ({
        ...operation,
        path,
        method: method.toUpperCase(),
      })),
    )
    .toSorted((one, other) => (rank(one) < rank(other) ? -1 : 1));
}

const schemaOf = (name: string, schema: Schema): Html => html`<details id="schema-${name}" class="call">
<summary><h3><code class="name">${name}</code> ${schema.description && html`<span>${withCode(schema.description)}</span>`}</h3></summary>
<div class="columns">
<div>${schema.properties ? fieldsOf(schema) : typeAlone(schema)}</div>
</div>
</details>`;

const typeAlone = ({ enum: values }: Schema): Html =>
  values
    ? html`<ul class="values">${values.map((value) => html`<li><code>${JSON.stringify(value)}</code></li>`)}</ul>`
    : html`<p>Any JSON object.</p>`;
