import type { FastifyRequest } from 'fastify';

/**
 * @returns what a trusted proxy says about the request that it asks about: `X-Forwarded-Host`, `-Method` or `-Uri`. Of
 * several values it is the last, which the nearest proxy wrote. Undefined: nobody who is trusted says so.
 */
export function forwarded(
  { headers, isFromProxy }: FastifyRequest,
  name: 'host' | 'method' | 'uri',
): string | undefined {
  if (!isFromProxy) return undefined;
  const value = [headers[`x-forwarded-${name}`]].flat().at(-1);
  // A URI may have commas of its own.
  return (name === 'uri' ? value : value?.split(',').at(-1)?.trim()) || undefined;
}
