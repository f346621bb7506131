import { describe, test } from "bun:test"

/**
 * Stands in for a suite that this machine cannot run, so that it is counted and named: a
 * `describe.skip` without a test in it would leave no trace.
 */
export function skipSuite(name: string, reason: string): void {
  describe(`${name} (${reason})`, () => test.skip("is not run here", () => {}))
}
