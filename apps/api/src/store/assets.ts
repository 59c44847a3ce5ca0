/** The methods of the store for the assets of the page, for processes that serve another version of it. */
export interface AssetStore {
  /**
   * Keeps the assets of a version of the page for `retentionMs.assets` from now on. Above `maxAssetVersions`, the
   * version that was put longest ago is removed.
   * @param content the assets as text. What was put for this version before is replaced.
   */
  putAssets(version: string, content: string, now: number): Promise<void>;
  /** @returns what was last put for a version, or undefined. */
  findAssets(version: string): Promise<string | undefined>;
}
