import type { Deps } from "../../core/deps.ts"
import { addressOf, proxiesOf } from "../proxies.ts"

type Listening = { requestIP(request: Request): { address: string } | null } | null

/** Where a program calls from. Only asked for by keys that are kept to some addresses. */
export const callerAddress = (deps: Deps, request: Request, server: Listening): string =>
  addressOf(request, server?.requestIP(request)?.address, proxiesOf(deps))
