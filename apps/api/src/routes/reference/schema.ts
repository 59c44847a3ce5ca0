import { type Html, html, withCode } from '../../http/html.ts';
import type { Parameter, Schema } from './openapi-types.ts';

/** @returns the fields of an object, each with its type and its meaning. */
export function fieldsOf({ properties = {}, required = [] }: Schema): Html {
  return listOf(
    Object.entries(properties).map(([name, schema]) => ({
      name,
      schema,
      required: required.includes(name),
      ...(schema.description !== undefined && { description: schema.description }),
    })),
  );
}

/** @returns fields or parameters as a list. */
export const listOf = (fields: (Omit<Parameter, 'in'> & { in?: string })[]): Html => html`<dl class="fields">
${fields.map(
  ({ name, schema, required, description }) => html`<div>
<dt><code>${name}</code></dt>
<dd>${typeOf(schema)}${!required && ', optional'}${limitsOf(schema)}${description && html`<br />${withCode(description)}`}${schema.properties && fieldsOf(schema)}</dd>
</div>`,
)}
</dl>`;

/** @returns the type of a value in a few words: `string or null`, `array of Session`. */
function typeOf(schema: Schema): Html {
  const { $ref, type, items, anyOf, enum: values } = schema;
  if ($ref) {
    const name = nameOf($ref);
    return html`<a href="#schema-${name}"><code>${name}</code></a>`;
  }
  if (values) return alternatives(values.map((value) => html`<code>${JSON.stringify(value)}</code>`));
  if (anyOf) return alternatives(anyOf.map(typeOf));
  if (items) return html`array of ${typeOf(items)}`;
  return alternatives([type ?? 'anything'].flat().map((name) => html`${name}`));
}

const alternatives = (all: Html[]): Html =>
  html`${all.map((one, at) => html`${at > 0 && (at === all.length - 1 ? ' or ' : ', ')}${one}`)}`;

/** @returns the bounds of a value, behind its type. */
function limitsOf({ minLength, maxLength, minimum, maximum, format, default: preset }: Schema): string {
  return [
    between(minLength, maxLength, ' characters'),
    between(minimum, maximum, ''),
    format === 'date-time' ? 'a time' : undefined,
    preset === undefined ? undefined : `${preset} if left out`,
  ]
    .filter((bound) => bound !== undefined)
    .map((bound) => `, ${bound}`)
    .join('');
}

function between(least: number | undefined, most: number | undefined, unit: string): string | undefined {
  if (least !== undefined && most !== undefined) return `${least} to ${most}${unit}`;
  if (least !== undefined) return `at least ${least}${unit}`;
  return most === undefined ? undefined : `at most ${most}${unit}`;
}

/** @returns the name of the schema that a reference points to. */
export const nameOf = ($ref: string): string => $ref.slice($ref.lastIndexOf('/') + 1);

/** @returns a value as JSON, for people. */
export const example = (value: unknown): Html =>
  html`<pre><code>${JSON.stringify(value, null, 2)}</code></pre>`;
