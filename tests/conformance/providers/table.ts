export type Result = {
  /** `openai/chat-text`. */
  name: string
  /** Which provider and what of it. */
  replayedAs: string
  outcome: "not run" | "passes" | "fails" | "cannot pass" | "out of scope"
  reason: string | undefined
}

const folderOf = ({ name }: Result) => name.split("/")[0]!

/** How many pass of each provider's, and by name what does not. */
export function summaryOf(all: readonly Result[]): string {
  const results = all.filter(({ outcome }) => outcome !== "not run")
  const folders = Map.groupBy(results, folderOf)
  const lines = [...folders].map(([folder, cases]) => {
    const passed = cases.filter(({ outcome }) => outcome === "passes").length
    return `${folder.padEnd(14)}${String(passed).padStart(4)} of ${cases.length}`
  })
  const others = results
    .filter(({ outcome }) => outcome !== "passes")
    .map(({ name, outcome, reason }) => `${outcome}: ${name}${reason ? ` (${reason})` : ""}`)
  const passed = results.length - others.length
  return [...lines, `all${String(passed).padStart(15)} of ${results.length}`, ...others].join("\n")
}

/** Every case, for people. */
export function tableOf(results: readonly Result[]): string {
  const count = (outcome: Result["outcome"]) =>
    results.filter((result) => result.outcome === outcome).length
  const rows = results.map(
    ({ name, replayedAs, outcome, reason }) =>
      `| ${name} | ${replayedAs || "–"} | ${outcome}${reason ? `: ${reason}` : ""} |`,
  )
  return `# Conformance

Traffic recorded from real providers, replayed over a socket against the adapters: cut at every byte,
every third, every thousandth and not at all, read at once and late. Written by \`bun conformance\`.

${count("passes")} of ${results.length} pass, ${count("fails")} fail, ${count("cannot pass")} cannot pass, ${count("out of scope")} are out of scope.

| Case | Replayed as | Outcome |
|---|---|---|
${rows.join("\n")}
`
}
