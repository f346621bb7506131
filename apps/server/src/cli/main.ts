import { build } from "../build.ts"
import { AppError } from "../core/error.ts"
import { EnvError, readEnv } from "../env.ts"
import { createLog } from "../infra/log.ts"
import { commands } from "./commands.ts"
import { doctor } from "./doctor.ts"
import { readArguments, UsageError } from "./read-arguments.ts"

/** The operator's command line. Works beside a running server. Exit 1: it failed; 2: it was not understood. */
async function main(words: readonly string[]): Promise<number> {
  const env = readEnv()
  if (words.join(" ") === "doctor") return doctor(env)

  const { command, options } = readArguments(commands, words)
  const built = await build(env, createLog("silent"), { guest: true })
  try {
    return await command.run(built.deps, options, env)
  } finally {
    await built.close()
  }
}

try {
  process.exit(await main(process.argv.slice(2)))
} catch (error) {
  const known =
    error instanceof AppError || error instanceof EnvError || error instanceof UsageError
  console.error(
    known || !(error instanceof Error) ? String((error as Error).message) : error.message,
  )
  process.exit(error instanceof UsageError ? 2 : 1)
}
