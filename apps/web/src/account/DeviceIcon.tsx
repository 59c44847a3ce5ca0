import type { Device } from '@coatcheck/api-types';

/** Systems that are in a pocket or on a sofa. A tablet has the system of a phone. */
const ofPhones = new Set(['Android', 'BlackBerry', 'HarmonyOS', 'iOS', 'Windows Phone']);
/** The one program without a window that names its system. */
const powerShell = 'PowerShell';

const shapes = {
  phone: 'M7.5 2.5h9a1 1 0 0 1 1 1v17a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1v-17a1 1 0 0 1 1-1zM11 18h2',
  laptop: 'M5 5h14a1 1 0 0 1 1 1v9H4V6a1 1 0 0 1 1-1zM2 19h20',
  terminal: 'm4 6 6 6-6 6M13 18h7',
};

/** The kind of a device, as far as its names tell: programs that are no browsers name no system. */
export function kindOf({ browser, system }: Device): keyof typeof shapes {
  if (system === null || browser === powerShell) return 'terminal';
  return ofPhones.has(system) ? 'phone' : 'laptop';
}

/** A phone, a laptop or a terminal in ink. The name of the device stands beside it. */
export function DeviceIcon({ device }: { device: Device }) {
  return (
    <svg className="device-icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={shapes[kindOf(device)]} />
    </svg>
  );
}
