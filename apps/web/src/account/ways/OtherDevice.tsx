import type { DeviceLink } from '@coatcheck/api-types';
import { client, visitor } from '../../session/current.ts';
import { useAccountWords } from '../words.ts';
import { WayButton } from './WayButton.tsx';

/** The button that makes a link for another device. @param onMade called with the link */
export function OtherDevice({ onMade }: { onMade: (link: DeviceLink) => void }) {
  const { otherDevice } = useAccountWords();
  return (
    <section aria-labelledby="other-device">
      <h2 id="other-device">{otherDevice.title}</h2>
      <p>{otherDevice.explained}</p>
      <MakeDeviceLink action={otherDevice.action} onMade={onMade} />
    </section>
  );
}

/** The id of the button that makes a link for another device. */
const makeDeviceLinkId = 'make-device-link';

interface MakeDeviceLinkProps {
  action: string;
  onMade: (link: DeviceLink) => void;
}

export function MakeDeviceLink({ action, onMade }: MakeDeviceLinkProps) {
  const { otherDevice } = useAccountWords();
  return (
    <WayButton
      id={makeDeviceLinkId}
      action={action}
      doing={otherDevice.doing}
      send={async (signal) => {
        const made = await visitor.settle(client.POST('/me/device-links', { signal }));
        if (!made.ok) {
          return made.problem.type === '/problems/not-found' ? otherDevice.notOffered : made.problem;
        }
        onMade(made.data);
        return undefined;
      }}
    />
  );
}
