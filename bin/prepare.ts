import { existsSync, readdirSync } from "node:fs"
import { join } from "node:path"

/**
 * Brings what is named on the command line up to date: `packages`, `web`. Each leaves a stamp with
 * the hash of what it was made from, so that a second call only reads and compares.
 * Imports nothing that would have to be installed first.
 */
const root = join(import.meta.dir, "..")

const workspaces = ["apps", "packages"].flatMap((folder) =>
  readdirSync(join(root, folder)).map((name) => `${folder}/${name}`),
)
const manifests = [
  "bun.lock",
  "bunfig.toml",
  "package.json",
  ...workspaces.map((folder) => `${folder}/package.json`),
]

async function preparePackages() {
  const stamp = join(root, "node_modules/.prepared")
  const made = await hashOf(manifests)
  if (await matches(stamp, made)) return

  await run("Installing packages …", [process.execPath, "install", "--frozen-lockfile"], root)
  await Bun.write(stamp, made)
}

async function prepareWeb() {
  if (/^(?:false|0|no|off)$/i.test(process.env.SERVE_STATIC ?? "")) return
  // Inside, so that a build made in another way, which empties the folder, is not taken for this one.
  const stamp = join(root, "apps/web/dist/.prepared")
  const sources = [...filesUnder("apps/web"), ...filesUnder("apps/server/src/contract")]
  const made = await hashOf([...manifests, ...sources.filter(isBuilt)])
  if (await matches(stamp, made)) return

  await run(
    "Building the web …",
    [process.execPath, "--bun", "run", "build"],
    join(root, "apps/web"),
  )
  await Bun.write(stamp, made)
}

/** Whether a change of the file can change what is built. The route tree is itself made by the build. */
const isBuilt = (file: string) =>
  !/\/(?:dist|node_modules|\.tanstack)\/|\.test\.tsx?$|\/routeTree\.gen\.ts$/.test(file)

function filesUnder(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (!entry.isDirectory()) return [path]
    return isBuilt(`${path}/`) ? filesUnder(path) : []
  })
}

async function hashOf(files: string[]): Promise<string> {
  const hash = new Bun.CryptoHasher("sha1").update(Bun.version)
  for (const file of files.toSorted()) {
    const path = join(root, file)
    if (existsSync(path)) hash.update(`\n${file}\n`).update(await Bun.file(path).bytes())
  }
  return hash.digest("hex")
}

const matches = async (stamp: string, made: string) =>
  existsSync(stamp) && (await Bun.file(stamp).text()) === made

/** Quiet while it goes well; on failure, its output and the end of this process. */
async function run(what: string, command: string[], cwd: string) {
  console.error(what)
  const child = Bun.spawn(command, { cwd, stdin: "ignore", stdout: "pipe", stderr: "pipe" })
  const [out, err] = await Promise.all([textOf(child.stdout), textOf(child.stderr), child.exited])
  if (child.exitCode === 0) return
  console.error(`${out}${err}\n${command.join(" ")} failed`)
  process.exit(1)
}

const textOf = (stream: ReadableStream) => new Response(stream).text()

const wanted = process.argv.slice(2)
if (wanted.includes("packages")) await preparePackages()
if (wanted.includes("web")) await prepareWeb()
