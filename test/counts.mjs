/**
 * How many tests of a suite passed, failed and were skipped, kept as one file per suite between the processes that run suites and the one
 * that adds them up. Knows no test framework, nor where the files lie.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** @typedef {{passed: number, failed: number, skipped: number}} Counts */

/**
 * @param {string} file
 * @param {Counts} counts
 */
export function writeCounts(file, counts) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(counts)}\n`);
}

/**
 * @param {string} file
 * @returns {Counts | undefined} undefined when the suite has not run to its end
 */
export function readCounts(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
