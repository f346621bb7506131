import { toMicropoints, toPoints } from "../contract/index.ts"
import { creditUser } from "../core/billing/credit-user.ts"
import { verifyLedger } from "../core/billing/verify-ledger.ts"
import { forgetFactors } from "../core/factors/reset-factors.ts"
import { createApiKey } from "../core/identity/create-api-key.ts"
import { findUser } from "../core/identity/find-user.ts"
import { setPassword } from "../core/identity/set-password.ts"
import { importChatnio } from "./import-chatnio.ts"
import { type Commands, UsageError } from "./read-arguments.ts"

export const commands: Commands = {
  "key create": {
    says: "Makes an API key for somebody and prints it, once.",
    options: { user: "NAME" },
    async run(deps, { user = "" }) {
      const owner = await findUser(deps, user)
      // Before the first password is changed the key is refused, with a word on what to do.
      const { key } = await createApiKey(deps, { ...owner, passwordExpired: false }, "command line")
      console.log(key)
      return 0
    },
  },
  "points add": {
    says: "Gives points to somebody.",
    options: { user: "NAME", points: "N" },
    async run(deps, { user = "", points = "" }) {
      if (!/^\d+(?:\.\d{1,6})?$/.test(points))
        throw new UsageError("--points takes a number such as 100 or 0.5.")
      const { id } = await findUser(deps, user)
      await creditUser(deps, {
        userId: id,
        amount: toMicropoints(Number(points)),
        reference: `cli:${deps.newId()}`,
        reason: "added on the command line",
      })
      console.log(`${user} has ${toPoints(await deps.ledger.available(id))} points.`)
      return 0
    },
  },
  "password set": {
    says: "Sets somebody's password, read from standard input, and ends their sessions.",
    options: { user: "NAME" },
    async run(deps, { user = "" }) {
      if (process.stdin.isTTY) process.stderr.write("New password: ")
      const [password = ""] = (await Bun.stdin.text()).split(/\r?\n/)
      await setPassword(deps, user, password)
      console.log(`The password of ${user} is changed.`)
      return 0
    },
  },
  "factors reset": {
    says: "Takes away somebody's second factors, when they are lost, and ends their sessions.",
    options: { user: "NAME" },
    async run(deps, { user = "" }) {
      await forgetFactors(deps, user)
      console.log(`The password of ${user} is enough again.`)
      return 0
    },
  },
  "import chatnio": importChatnio,
  "ledger verify": {
    says: "Recomputes every balance from the ledger. Exit 1 when one differs.",
    options: {},
    async run(deps) {
      const differences = await verifyLedger(deps)
      for (const difference of differences) console.log(JSON.stringify(difference))
      console.log(
        differences.length === 0
          ? "Every balance agrees with the ledger."
          : `${differences.length} balances differ from the ledger.`,
      )
      return differences.length === 0 ? 0 : 1
    },
  },
}
