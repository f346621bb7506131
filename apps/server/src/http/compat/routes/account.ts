import { z } from "zod"
import { register as registerInput, signIn as signInInput } from "../../../contract/index.ts"
import { register } from "../../../core/identity/register.ts"
import { signIn } from "../../../core/identity/sign-in.ts"
import { type Call, checked, type Route } from "../route.ts"

const userAgentCharsMax = 255

const index: Route["handle"] = (_, { caller }) => ({
  status: true,
  auth: caller !== undefined,
  method: caller ? (caller.keyId ? "api" : "token") : "",
})

const credentials = z.object({ username: z.string(), password: z.string() })
/** Clients send all fields, the empty ones too. */
const registration = credentials.extend({
  email: z.string().nullish(),
  code: z.string().nullish(),
})

const useKey =
  "This account asks for a second factor. Create an API key on the website and use that here."

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
      const given = { name, password, ...(email && { email }), ...(code && { code }) }
      const input = checked(registerInput, given)
      const { token } = await register(deps, { ...input, visit: visitOf(call) })
      return { status: true, token }
    },
  },
]

/** The session is for a client that sends its token along; no cookie is ever set here. */
const visitOf = ({ request, address }: Call) => ({
  address,
  userAgent: (request.headers.get("user-agent") ?? "").slice(0, userAgentCharsMax),
  kind: "token" as const,
})
