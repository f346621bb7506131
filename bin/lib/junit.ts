/** What a run of `bun test` came to. */
export type Counts = { passed: number; failed: number; skipped: string[] }

/**
 * Reads the report of `bun test --reporter=junit`. Each skipped test is named by its file and its
 * suites, outermost first.
 */
export function readJunit(xml: string): Counts {
  const [head = ""] = /<testsuites [^>]*>/.exec(xml) ?? []
  const count = (name: string) => Number(new RegExp(` ${name}="(\\d+)"`).exec(head)?.[1] ?? 0)
  const failed = count("failures")
  const passed = count("tests") - failed - count("skipped")
  return { passed, failed, skipped: [...xml.matchAll(skippedCase)].map(nameOf) }
}

const skippedCase =
  /<testcase name="([^"]*)" classname="([^"]*)"[^>]*file="([^"]*)"[^>]*>\s*<skipped/g

function nameOf([, name = "", suites = "", file = ""]: RegExpMatchArray): string {
  const path = suites === "" ? [] : suites.split(" &gt; ").toReversed()
  return [file, ...path, name].map(unescapeXml).join(" › ")
}

const entities: Record<string, string> = {
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&apos;": "'",
  "&amp;": "&",
}
const unescapeXml = (text: string) =>
  text.replace(/&(?:lt|gt|quot|apos|amp);/g, (entity) => entities[entity] ?? entity)
