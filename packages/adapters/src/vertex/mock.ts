import { generateKeyPairSync } from "node:crypto"
import { checkAsked } from "../anthropic/mock.ts"
import { checkGemini, refuseAsGoogle } from "../gemini/mock.ts"
import { checkJson, invalid } from "../testing/check.ts"
import type { Mock, Refusal } from "../testing/mock.ts"
import { scriptedAnthropic, scriptedGemini, scriptedOpenAi } from "../testing/scripted.ts"
import type { SeenRequest, Transcript } from "../testing/simulate.ts"
import { parseJson, record } from "../wire/json.ts"

const email = "mock@project.iam.gserviceaccount.com"
const token = "ya29.mock-token"
const root = "/v1/projects/mock-project/locations/us-central1"
const rsa = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" }

/** One pair for all: another would be another account. Made when somebody asks. */
const pair = generateKeyPairSync("rsa", {
  modulusLength: 2_048,
  publicKeyEncoding: { type: "spki", format: "der" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
})

export const mock: Mock = {
  channel: (url) => ({
    baseUrl: url,
    key: `${JSON.stringify({
      type: "service_account",
      project_id: "mock-project",
      client_email: email,
      private_key_id: "mock-key",
      private_key: pair.privateKey,
      token_uri: `${url}/token`,
    })}|us-central1`,
  }),
  takes: [
    "POST /token with a signed assertion, which gives the token for the rest",
    `POST ${root}/publishers/google/models/{model}:generateContent or :streamGenerateContent`,
    `POST ${root}/publishers/anthropic/models/{model}:rawPredict or :streamRawPredict`,
    `POST ${root}/endpoints/openapi/chat/completions`,
  ],
  check: (seen) => (seen.path === "/token" ? checkAssertion(seen) : checkRequest(seen)),
  spares: ({ path }) => path === "/token",
  answer(seen, script): Transcript {
    if (seen.path === "/token")
      return json({ access_token: token, expires_in: 3_599, token_type: "Bearer" })
    if (seen.path.includes("/publishers/google/")) return scriptedGemini(script)(seen)
    if (seen.path.includes("/publishers/anthropic/")) return scriptedAnthropic(script)(seen)
    return scriptedOpenAi(script)(seen)
  },
  refuse(refusal, seen) {
    if (seen.path === "/token")
      return {
        ...json({ error: "invalid_grant", error_description: refusal.message }),
        status: 400,
      }
    if (refusal.kind !== "unauthorized") return refuseAsGoogle(refusal)
    const error = { code: 401, message: refusal.message, status: "UNAUTHENTICATED" }
    return { ...json({ error }), status: 401 }
  },
}

const json = (body: unknown): Transcript => ({
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
})

async function checkAssertion({ text }: SeenRequest): Promise<Refusal | undefined> {
  const form = new URLSearchParams(text)
  const [head = "", claims = "", signature = ""] = (form.get("assertion") ?? "").split(".")
  const { iss, exp } = record(parseJson(Buffer.from(claims, "base64url").toString()))
  const key = await crypto.subtle.importKey("spki", pair.publicKey, rsa, false, ["verify"])
  const given = Buffer.from(signature, "base64url")
  const valid = await crypto.subtle.verify(rsa, key, given, Buffer.from(`${head}.${claims}`))
  return valid && iss === email && Number(exp) * 1_000 > Date.now()
    ? undefined
    : { kind: "unauthorized", message: "Invalid JWT Signature." }
}

function checkRequest(seen: SeenRequest): Refusal | undefined {
  const { path, headers, body } = seen
  if (headers.get("authorization") !== `Bearer ${token}`)
    return {
      kind: "unauthorized",
      message: "Request had invalid authentication credentials. Expected OAuth 2 access token.",
    }
  if (path.startsWith(`${root}/publishers/google/`)) return checkGemini(seen)
  if (path.startsWith(`${root}/endpoints/openapi/`)) return checkJson(body)
  if (!path.startsWith(`${root}/publishers/anthropic/`))
    return { kind: "model-missing", message: "Publisher Model was not found." }
  return (
    checkJson(body) ??
    (body.anthropic_version === "vertex-2023-10-16" && body.model === undefined
      ? checkAsked(body)
      : invalid("anthropic_version: Field required"))
  )
}
