import { z } from "zod"
import {
  type LanguageTag,
  languageTag,
  mailCodeOrder,
  register as registerInput,
  resetPassword as resetInput,
  signIn as signInInput,
  toPoints,
} from "../../../contract/index.ts"
import { register } from "../../../core/identity/register.ts"
import { resetPassword, sendResetCode } from "../../../core/identity/reset-password.ts"
import { sendRegistrationCode } from "../../../core/identity/send-registration-code.ts"
import { signIn } from "../../../core/identity/sign-in.ts"
import { getPlans } from "../../../core/plan/get-plans.ts"
import { getProfile } from "../../../core/user/get-profile.ts"
import { getSpending } from "../../../core/user/get-spending.ts"
import { requireSession } from "../caller.ts"
import { type Call, checked, type Route } from "../route.ts"

const userAgentCharsMax = 255
const dayMs = 24 * 3_600_000

const credentials = z.object({ username: z.string(), password: z.string() })
/** Clients send all fields, the empty ones too. */
const registration = credentials.extend({
  email: z.string().nullish(),
  code: z.string().nullish(),
})
/** `checkout`: for a registration; else a password was forgotten. */
const codeOrder = z.object({ email: z.string(), checkout: z.boolean().catch(false) })
const reset = z.object({ email: z.string(), code: z.string(), password: z.string() })

const useKey =
  "This account asks for a second factor. Create an API key on the website and use that here."

const index: Route["handle"] = (_, { caller }) => ({
  status: true,
  auth: caller !== undefined,
  method: caller ? (caller.keyId ? "api" : "token") : "",
})

export const accountRoutes: Route[] = [
  { method: "GET", path: "/", handle: index },
  { method: "POST", path: "/", handle: index },
  {
    method: "POST",
    path: "/state",
    handle: (_, { caller }) => ({
      status: caller !== undefined,
      user: caller?.name ?? "",
      admin: caller?.isAdmin ?? false,
    }),
  },
  {
    method: "POST",
    path: "/login",
    handle: async (deps, call) => {
      const { username, password } = await call.read(credentials)
      const input = checked(signInInput, { name: username, password })
      const { token } = await signIn(deps, { ...input, ...visitOf(call) })
      return token ? { status: true, token } : { status: false, error: useKey, message: useKey }
    },
  },
  {
    method: "POST",
    path: "/register",
    handle: async (deps, call) => {
      const { username: name, password, email, code } = await call.read(registration)
      const language = languageOf(call)
      const mail = { ...(email && { email }), ...(code && { code }) }
      const input = checked(registerInput, { name, password, language, ...mail })
      const { token } = await register(deps, { ...input, visit: visitOf(call) })
      return { status: true, token }
    },
  },
  {
    method: "POST",
    path: "/verify",
    handle: async (deps, call) => {
      const { email, checkout } = await call.read(codeOrder)
      const order = checked(mailCodeOrder, { email, language: languageOf(call) })
      const send = checkout ? sendRegistrationCode : sendResetCode
      await send(deps, { ...order, address: call.address })
      return { status: true }
    },
  },
  {
    method: "POST",
    path: "/reset",
    handle: async (deps, call) => {
      const input = checked(resetInput, await call.read(reset))
      await resetPassword(deps, { ...input, address: call.address })
      return { status: true }
    },
  },
  {
    method: "GET",
    path: "/userinfo",
    handle: async (deps, { caller }) => {
      const actor = requireSession(caller)
      const { email, createdAt } = await getProfile(deps, actor)
      const { spent } = await getSpending(deps, actor)
      const { subscription } = await getPlans(deps, actor)
      const data = {
        id: actor.userId,
        register_days: (deps.now() - createdAt) / dayMs,
        used_quota: toPoints(spent),
        plan_total_month: subscription?.months ?? 0,
        email: email ?? "",
      }
      return { status: true, data }
    },
  },
]

/** The session is for a client that sends its token along; no cookie is ever set here. */
const visitOf = ({ request, address }: Call) => ({
  address,
  userAgent: (request.headers.get("user-agent") ?? "").slice(0, userAgentCharsMax),
  kind: "token" as const,
})

/** What mail is written in: the first language the caller names, where we speak it. */
function languageOf({ request }: Call): LanguageTag {
  const [first = ""] = (request.headers.get("accept-language") ?? "").split(/[,;]/)
  const wanted = first.trim().toLowerCase()
  const spoken = languageTag.options
  return (
    spoken.find((tag) => tag.toLowerCase() === wanted) ??
    spoken.find((tag) => tag.split("-")[0] === wanted.split("-")[0]) ??
    "en"
  )
}
