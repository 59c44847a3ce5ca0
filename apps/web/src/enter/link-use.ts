import type { LinkUse } from '@coatcheck/api-types';
import { dropLinkToken } from '../browser/link-token.ts';
import { client, visitor } from '../session/current.ts';
import type { Failure } from '../session/failure.ts';
import type { LinkFormProps } from './OneTimeLink.tsx';
import { voidReasonOf } from './opened-link.ts';

/** The part of a form's props that tells about the link. */
type Link = Pick<LinkFormProps, 'token' | 'onVoid'>;

/**
 * Uses a one-time link up, and logs in.
 * @param username of the account that is logged in then
 * @param body what the kind of link takes
 * @param onSuccess goes on
 */
export async function spendLink(
  { token, onVoid }: Link,
  username: string,
  body: Omit<LinkUse, 'token'>,
  signal: AbortSignal,
  onSuccess: () => void,
): Promise<Failure | undefined> {
  const failure = await visitor.begin(
    client.POST('/links/use', { body: { token, ...body }, signal }),
    username,
    {
      signal,
      onSuccess() {
        dropLinkToken();
        onSuccess();
      },
    },
  );
  const reason = failure && voidReasonOf(failure);
  if (reason) onVoid(reason);
  return failure;
}
