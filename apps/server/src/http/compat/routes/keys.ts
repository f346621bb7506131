import { AppError } from "../../../core/error.ts"
import { createApiKey } from "../../../core/identity/create-api-key.ts"
import { listApiKeys } from "../../../core/identity/list-api-keys.ts"
import { resetApiKey } from "../../../core/identity/reset-api-key.ts"
import { requireSession } from "../caller.ts"
import type { Route } from "../route.ts"

/** Old clients know one key per account: the one of this name. */
const keyName = "Chat Nio"

const alreadyShown =
  "The key is shown once, when it is made, and it has been made already. Reset it to get another."

export const keyRoutes: Route[] = [
  {
    method: "GET",
    path: "/apikey",
    handle: async (deps, { caller }) => {
      const actor = requireSession(caller)
      const known = (await listApiKeys(deps, actor)).some(({ name }) => name === keyName)
      if (known) throw new AppError("input.invalid", { detail: alreadyShown })
      const { key } = await createApiKey(deps, actor, keyName)
      return { status: true, key }
    },
  },
  {
    method: "POST",
    path: "/resetkey",
    handle: async (deps, { caller }) => {
      const actor = requireSession(caller)
      const known = (await listApiKeys(deps, actor)).find(({ name }) => name === keyName)
      const { key } = known
        ? await resetApiKey(deps, actor, known.id)
        : await createApiKey(deps, actor, keyName)
      return { status: true, key }
    },
  },
]
