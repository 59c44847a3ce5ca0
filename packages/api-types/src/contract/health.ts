import { Type } from 'typebox';
import { schemaOf, shown } from './schema.ts';

/** What `GET /healthz` and `GET /readyz` return when all is well. */
export interface Health {
  status: 'ok';
}
export const Health = schemaOf<Health>()(
  Type.Object({ status: Type.Literal('ok') }, shown<Health>('All is well.', { status: 'ok' })),
);
