/** A message between the tabs of one browser: a visitor logged in or out, or a use has put a session's end off. */
export type TabMessage = 'changed' | { renewed: string; idleExpiresAt: string };

/** The way to the other tabs of this browser, a `BroadcastChannel` (HTML section 9.6), closed until `listen` is called. */
export function createTabs() {
  let channel: BroadcastChannel | undefined;
  return {
    /** Sends a message to every other tab. While the channel is closed, nothing is sent. */
    send: (message: TabMessage): void => channel?.postMessage(message),

    /** Opens the channel. @param onMessage called with each message of another tab */
    listen(onMessage: (message: TabMessage) => void): void {
      channel = new BroadcastChannel('coatcheck');
      channel.onmessage = ({ data }: MessageEvent<TabMessage>) => onMessage(data);
    },
  };
}
