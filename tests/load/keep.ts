import { cpus, totalmem } from "node:os"
import { join } from "node:path"

const path = join(import.meta.dir, "../../docs/performance.md")

const [cpu] = cpus()
export const machine = {
  cpu: cpu?.model.trim(),
  cores: cpus().length,
  memoryGiB: Math.round(totalmem() / 1024 ** 3),
  bun: Bun.version,
}

const titles = {
  comparison: "Beside a bare proxy",
  soak: "Over a long time",
  books: "With long books",
}
const intro = `# Performance

Measured by the commands named below, on one machine and in one run each: look at the ratios, not at
the absolute figures. This page is written by those commands.
`

/** Puts a report in place of its earlier one in \`docs/performance.md\`. */
export async function keep(
  part: keyof typeof titles,
  report: string,
  script = "bun bench",
): Promise<void> {
  const file = Bun.file(path)
  const known = (await file.exists()) ? await file.text() : intro
  const { cpu, cores, memoryGiB, bun } = machine
  const command = [script, ...process.argv.slice(2)].join(" ")
  const section = `## ${titles[part]}

${new Date().toISOString().slice(0, 10)}, \`${command}\`, Bun ${bun}, ${cores} × ${cpu}, ${memoryGiB} GiB

\`\`\`
${report.trim()}
\`\`\`
`
  const earlier = new RegExp(`## ${titles[part]}\\n[\\s\\S]*?(?=\\n## |$)`)
  const kept = earlier.test(known)
    ? known.replace(earlier, () => section.trimEnd())
    : `${known.trimEnd()}\n\n${section}`
  await Bun.write(path, `${kept.trimEnd()}\n`)
}
