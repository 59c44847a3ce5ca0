import { Type } from '../type.ts';
import { schemaOf, shown } from './schema.ts';

/** The data of `GET /healthz` and `GET /readyz` when all is well. */
export interface Health {
  status: 'ok';
}
export const Health = schemaOf<Health>()(
  Type.Object({ status: Type.Literal('ok') }, shown<Health>('All is well.', { status: 'ok' })),
);
