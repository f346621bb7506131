import { expect, test } from "bun:test"
import { readJunit } from "./junit.ts"

test("counts what passed and failed, and names what was skipped with its suites", () => {
  const xml = `<?xml version="1.0"?>
<testsuites name="bun test" tests="4" assertions="1" failures="1" skipped="2" time="0.1">
  <testsuite name="a.test.ts" file="a.test.ts" tests="4">
    <testcase name="b" classname="" time="0" file="a.test.ts" line="2" assertions="1">
      <failure type="Error" message="no">Error</failure>
    </testcase>
    <testcase name="y" classname="inner &gt; on &lt;db&gt;" time="0" file="a.test.ts" line="3" assertions="0">
      <skipped />
    </testcase>
    <testcase name="z" classname="" time="0" file="a.test.ts" line="4" assertions="0">
      <skipped message="TODO" />
    </testcase>
    <testcase name="ok" classname="" time="0" file="a.test.ts" line="5" assertions="0" />
  </testsuite>
</testsuites>`
  expect(readJunit(xml)).toEqual({
    passed: 1,
    failed: 1,
    skipped: ["a.test.ts › on <db> › inner › y", "a.test.ts › z"],
  })
})
