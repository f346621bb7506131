import { describe, expect, test } from "bun:test"
import { type Import, importsOf, isUnder, sourceFiles } from "../support/sources.ts"

type Layer = {
  folder: string
  /** Our own folders and packages it may import. */
  ours: string[]
  /** Packages of others, by name or by prefix. */
  others: string[]
  /** Why it may not import anything else. */
  because: string
}

const server = "apps/server/src"
const web = "apps/web/src"

/** Who may import whom. A file belongs to the first folder that holds it. */
const layers: Layer[] = [
  {
    folder: "packages/adapters/src",
    ours: ["packages/adapters/src"],
    others: ["zod"],
    because: "an adapter translates, and knows neither the server nor the database",
  },
  {
    folder: "packages/db/src",
    ours: ["packages/db/src"],
    others: ["drizzle-orm", "mysql2", "bun:sqlite", "node:"],
    because: "the database remembers, and decides nothing",
  },
  {
    folder: `${server}/contract`,
    ours: [`${server}/contract`],
    others: ["zod"],
    because: "the contract is shipped to the browser",
  },
  {
    folder: `${server}/core`,
    ours: [`${server}/core`, `${server}/contract`, "@nio/db", "@nio/adapters"],
    others: [
      "zod",
      "gpt-tokenizer",
      "ipaddr.js",
      "node:crypto",
      "otpauth",
      "@simplewebauthn/server",
      "yaml",
    ],
    because: "the core knows no transport and reaches the world through deps only",
  },
  {
    folder: `${server}/http`,
    ours: [`${server}/http`, `${server}/core`, `${server}/contract`, "@nio/adapters"],
    others: ["elysia", "@trpc/server", "fflate", "zod", "node:", "bun"],
    because: "an edge translates for the core; tables and drivers are behind it",
  },
  {
    folder: `${server}/infra`,
    ours: [`${server}/infra`, `${server}/core`, `${server}/contract`, `${server}/env.ts`],
    others: [
      "ioredis",
      "openid-client",
      "bullmq",
      "pino",
      "socks",
      "ipaddr.js",
      "gpt-tokenizer",
      "nodemailer",
      "yaml",
      "zod",
      "node:",
    ],
    because: "the outside implements what the core asks for, and serves no edge",
  },
  {
    folder: `${web}/i18n`,
    ours: [`${web}/i18n`, `${web}/lib`, "@nio/server/contract"],
    others: [],
    because: "words know no feature",
  },
  {
    folder: `${web}/lib`,
    ours: [`${web}/lib`, `${web}/i18n`, "@nio/server/contract", "@nio/server/router"],
    others: [],
    because: "lib is below the features",
  },
  {
    folder: `${web}/ui`,
    ours: [`${web}/ui`, `${web}/lib`, `${web}/i18n`],
    others: [],
    because: "primitives know neither data nor features",
  },
  {
    folder: `${web}/features`,
    ours: [
      `${web}/features`,
      `${web}/ui`,
      `${web}/lib`,
      `${web}/i18n`,
      "@nio/server/contract",
      "@nio/server/router",
    ],
    others: [],
    because: "a feature stands on ui, lib and i18n; routes stand on features",
  },
  {
    folder: web,
    ours: [web, "@nio/server/contract", "@nio/server/router"],
    others: [],
    because: "the browser gets the contract and the router's type from the server, nothing else",
  },
]

/** The web may use any package, but of ours only what its layer names. */
const isForeign = ({ folder }: Layer, target: string) =>
  isUnder(folder, web) && !/^(?:apps|packages)\/|^@nio\//.test(target)

/** Elsewhere only a type may come from there: it is gone before the code runs. */
const typesOnly = [
  { folder: web, target: "@nio/server/router" },
  { folder: `${server}/infra`, target: `${server}/core` },
  { folder: `${server}/http`, target: "@nio/adapters" },
]

/** Values the outside may take from the core: what the core throws. */
const sharedValues = [`${server}/core/error.ts`]
/** An edge that speaks the upstream's own dialect changes its bytes the way the adapters do. */
const splicers = [`${server}/http/relay/retouch.ts`, `${server}/http/relay/signed.ts`]

const files = sourceFiles()
const layerOf = (file: string) => layers.find(({ folder }) => isUnder(file, folder))

for (const layer of layers) {
  test(`${layer.folder} imports only what its layer may`, () => {
    const wrong = files
      .filter((file) => layerOf(file) === layer)
      .flatMap((file) => importsOf(file).flatMap((found) => complaint(layer, file, found)))
    expect(wrong).toEqual([])
  })
}

function complaint(layer: Layer, file: string, { target, typeOnly }: Import): string[] {
  const { folder, ours, others, because } = layer
  const allowed =
    isForeign(layer, target) ||
    ours.some((one) => isUnder(target, one)) ||
    others.some((one) => (one.endsWith(":") ? target.startsWith(one) : isUnder(target, one)))
  if (!allowed) return [`${file} imports ${target}, but ${because}`]

  const rule = typesOnly.find((one) => isUnder(folder, one.folder) && isUnder(target, one.target))
  const shared = sharedValues.includes(target) || splicers.includes(file)
  return rule && !typeOnly && !shared
    ? [`${file} imports ${target} as a value; only types may come from there`]
    : []
}

describe("the web", () => {
  test("has no feature that imports a sibling", () => {
    const featureOf = (path: string) => path.slice(`${web}/features/`.length).split("/")[0]
    const wrong = sourceFiles(`${web}/features/`).flatMap((file) =>
      importsOf(file)
        .filter(({ target }) => isUnder(target, `${web}/features`))
        .filter(({ target }) => featureOf(target) !== featureOf(file))
        .map(
          ({ target }) =>
            `${file} imports ${target}; what two features need belongs in ui or lib, or the route composes them`,
        ),
    )
    expect(wrong).toEqual([])
  })

  test("imports routes from nowhere but the router", () => {
    const wrong = sourceFiles(web)
      .filter((file) => !isUnder(file, `${web}/routes`) && !file.endsWith("/router.ts"))
      .flatMap((file) =>
        importsOf(file)
          .filter(({ target }) => isUnder(target, `${web}/routes`))
          .map(({ target }) => `${file} imports ${target}; routes stand on top`),
      )
    expect(wrong).toEqual([])
  })
})

test("every source belongs to a layer, or is one of the few that know everything", () => {
  const top = /^apps\/server\/src\/(?:cli\/[\w-]+|[\w-]+)\.ts$/
  expect(files.filter((file) => !layerOf(file) && !top.test(file))).toEqual([])
  expect(files.length).toBeGreaterThan(100)
})

test("nothing that is shipped loads what simulates upstreams", () => {
  const simulated = /^@nio\/adapters\/testing|^packages\/adapters\/src\/(?:testing\/|[\w-]+\/mock)/
  const wrong = files.flatMap((file) =>
    importsOf(file)
      .filter(({ target }) => simulated.test(target))
      .map(({ target }) => `${file} imports ${target}`),
  )
  expect(wrong).toEqual([])
})

test("no file imports itself by way of others", () => {
  const edges = new Map(
    files.map((file) => [
      file,
      importsOf(file)
        .filter(({ target, typeOnly }) => !typeOnly && /^(?:apps|packages)\//.test(target))
        .map(({ target }) => target),
    ]),
  )
  expect(cyclesOf(edges)).toEqual([])
})

/** Each cycle once, as the path that comes back to its beginning. */
function cyclesOf(edges: Map<string, string[]>): string[] {
  const found: string[] = []
  const finished = new Set<string>()
  const walk = (file: string, path: string[]) => {
    if (path.includes(file)) found.push([...path.slice(path.indexOf(file)), file].join(" → "))
    if (finished.has(file) || path.includes(file)) return
    for (const next of edges.get(file) ?? []) walk(next, [...path, file])
    finished.add(file)
  }
  for (const file of edges.keys()) walk(file, [])
  return found
}
