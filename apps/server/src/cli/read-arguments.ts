import { parseArgs } from "node:util"
import type { Deps } from "../core/deps.ts"
import type { Env } from "../env.ts"

/** Those that need not be given are undefined then; a flag that was is "". */
export type Options = Readonly<Record<string, string>>

export type Command = {
  /** What it does, in a line. */
  says: string
  /** Its options, all required, each with what to put there. */
  options: Readonly<Record<string, string>>
  /** Those that may be left out. A flag has nothing to put there. */
  optional?: Readonly<Record<string, string>>
  /** @returns the exit code. */
  run(deps: Deps, options: Options, env: Env): Promise<number>
}
export type Commands = Readonly<Record<string, Command>>

/** The words were not understood; the message says what would be. */
export class UsageError extends Error {
  override readonly name = "UsageError"
}

/** @throws UsageError */
export function readArguments(commands: Commands, words: readonly string[]) {
  const name = words.slice(0, 2).join(" ")
  const command = commands[name]
  if (!command) throw new UsageError(usage(commands))

  const known = Object.fromEntries(
    Object.entries({ ...command.options, ...command.optional }).map(([option, value]) => [
      option,
      { type: value === "" ? ("boolean" as const) : ("string" as const) },
    ]),
  )
  const options = parsed(words.slice(2), known, name, command)
  const missing = Object.keys(command.options).filter((option) => !options[option]?.trim())
  if (missing.length > 0)
    throw new UsageError(
      `Missing: ${missing.map((option) => `--${option}`).join(", ")}\n${line(name, command)}`,
    )
  return { command, options }
}

function parsed(
  words: readonly string[],
  options: Record<string, { type: "string" | "boolean" }>,
  name: string,
  command: Command,
): Options {
  try {
    const { values } = parseArgs({ args: [...words], options, allowPositionals: false })
    return Object.fromEntries(
      Object.entries(values).map(([option, value]) => [
        option,
        value === true ? "" : String(value),
      ]),
    )
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n${line(name, command)}`)
  }
}

function line(name: string, { options, optional = {}, says }: Command): string {
  const shown = [
    ...Object.entries(options).map(([option, value]) => `--${option} ${value}`),
    ...Object.entries(optional).map(([option, value]) => `[${`--${option} ${value}`.trim()}]`),
  ]
  return `  nio ${[name, ...shown].join(" ")}\n      ${says}`
}

const usage = (commands: Commands): string =>
  [
    "Usage:",
    ...Object.entries(commands).map(([name, command]) => line(name, command)),
    "  nio doctor\n      Looks over the installation and says what needs attention.",
  ].join("\n")
