/** What tabs of one browser tell each other: that a visitor logged in or out, or that a use has put a session's end off. */
export type TabMessage = 'changed' | { renewed: string; idleExpiresAt: string };

/** The other tabs of this browser that have this page open. */
export type Tabs = ReturnType<typeof createTabs>;

/** The way to the other tabs, through a `BroadcastChannel` (HTML section 9.6). Until `listen` is called, `tell` does nothing. */
export function createTabs() {
  let channel: BroadcastChannel | undefined;
  return {
    /** Sends a message to every other tab. */
    tell: (message: TabMessage): void => channel?.postMessage(message),

    /** Has `hear` called with each message of another tab. */
    listen(hear: (message: TabMessage) => void): void {
      channel = new BroadcastChannel('coatcheck');
      channel.onmessage = ({ data }: MessageEvent<TabMessage>) => hear(data);
    },
  };
}
