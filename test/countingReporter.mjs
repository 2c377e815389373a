/**
 * Mocha's own "spec" report, which also leaves its numbers in the file that the reporter option `counts` names. Knows no suite.
 */
import Mocha from 'mocha';
import { writeCounts } from './counts.mjs';

export default class CountingReporter extends Mocha.reporters.Spec {
  /**
   * @param {Mocha.Runner} runner
   * @param {Mocha.MochaOptions & {reporterOption?: {counts?: string}}} options
   */
  constructor(runner, options) {
    super(runner, options);
    const file = options.reporterOption?.counts;
    runner.once('end', () => {
      const { passes, failures, pending } = this.stats;
      if (file !== undefined) writeCounts(file, { passed: passes, failed: failures, skipped: pending });
    });
  }
}
