import { statSync } from 'node:fs';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that wait for minutes, or hold many tests in few lines. The longest comes first. */
const longest = [
  'tests/browser/stories.test.ts',
  'tests/cut-connections.test.ts',
  'tests/browser/versions.test.ts',
];

/**
 * The order of the test files: within a group the long ones first, whatever their lane, so that files that wait run
 * beside files that compute, and no long file is left to run alone. Lanes whose files share their modules come last, each in one piece.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]) {
    const inOrder = await super.sort(files);
    const place = new Map(inOrder.map((file, at) => [file, at]));
    const rank = (file: TestSpecification) => {
      const { isolate, sequence } = file.project.config;
      const at = longest.findIndex((name) => file.moduleId.endsWith(name));
      // Before the largest file.
      const size = at < 0 ? -statSync(file.moduleId).size : at - 1e9;
      return [sequence.groupOrder, Number(!isolate), isolate ? size : 0, place.get(file) ?? 0];
    };
    const ranks = new Map(files.map((file) => [file, rank(file)]));
    return inOrder.toSorted((one, other) => {
      const [a = [], b = []] = [ranks.get(one), ranks.get(other)];
      return a.map((value, at) => value - (b[at] ?? 0)).find((difference) => difference !== 0) ?? 0;
    });
  }
}
