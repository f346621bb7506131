import { parseArgs } from "node:util"
import {
  type Fault,
  mishaps,
  mocks,
  refusalKinds,
  type Script,
  startMock,
} from "../packages/adapters/src/testing/index.ts"

const faults: readonly string[] = [...mishaps, ...refusalKinds]
const usage = `bun mock --provider NAME [--port N] [--seed N] [--first-byte-ms N] [--chunks-ms N]
         [--script FILE] [--requests-max N] [--fault FAULT]

NAME    ${Object.keys(mocks).join(", ")}
FAULT   ${faults.join(", ")}
FILE    JSON with chunks, and if wanted reasoning, toolCalls, images and usage`

const { values } = parseArgs({
  options: {
    provider: { type: "string" },
    port: { type: "string" },
    seed: { type: "string" },
    "first-byte-ms": { type: "string" },
    "chunks-ms": { type: "string" },
    "requests-max": { type: "string" },
    script: { type: "string" },
    fault: { type: "string" },
  },
})

const { provider = "", fault, script } = values
const load = Object.hasOwn(mocks, provider) ? mocks[provider] : undefined
if (!load || (fault !== undefined && !isFault(fault))) {
  console.error(usage)
  process.exit(1)
}

const mock = await load()
const { url } = await startMock(mock, {
  ...number("port", values.port),
  ...number("seed", values.seed),
  ...number("firstByteMs", values["first-byte-ms"]),
  ...number("chunksMs", values["chunks-ms"]),
  ...number("requestsMax", values["requests-max"]),
  ...(script && { script: (await Bun.file(script).json()) as Script }),
  ...(fault && { fault }),
})
const { baseUrl, key } = mock.channel(url)
console.log(`${provider} is simulated at\n`)
console.log(`  address  ${baseUrl}`)
console.log(`  key      ${key}`)
for (const line of mock.takes) console.log(`  takes    ${line}`)
if (fault) console.log(`  fault    ${fault}, with every request`)

function isFault(word: string): word is Fault {
  return faults.includes(word)
}

function number<Name extends string>(name: Name, value: string | undefined) {
  if (value === undefined) return {}
  const number = Number(value)
  if (Number.isInteger(number) && number >= 0) return { [name]: number } as Record<Name, number>
  console.error(usage)
  process.exit(1)
}
