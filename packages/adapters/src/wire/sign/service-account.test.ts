import { expect, test } from "bun:test"
import { sha256Hex } from "./digest.ts"
import { assertionInput, signAssertion } from "./service-account.ts"

const now = 1_700_000_000_000
const account = {
  client_email: "svc@proj.iam.gserviceaccount.com",
  private_key: "",
  private_key_id: "kid1",
}

test("what is signed is what Google expects", () => {
  expect(sha256Hex(assertionInput(account, now))).toBe(
    "e1e92a7b7f22383527eafb4e9fa778ffb0facea1fb1d2cb5ce296812b16676c2",
  )
})

test("the public key knows the signature", async () => {
  const rsa = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" }
  const { publicKey, privateKey } = await crypto.subtle.generateKey(
    { ...rsa, modulusLength: 2_048, publicExponent: Uint8Array.of(1, 0, 1) },
    true,
    ["sign", "verify"],
  )
  const bytes = Buffer.from(await crypto.subtle.exportKey("pkcs8", privateKey))
  const private_key = `-----BEGIN PRIVATE KEY-----\n${bytes.toString("base64")}\n-----END PRIVATE KEY-----\n`
  const [head, claims, signature = ""] = (
    await signAssertion({ ...account, private_key }, now)
  ).split(".")
  const input = Buffer.from(`${head}.${claims}`)
  const given = Buffer.from(signature, "base64url")
  expect(await crypto.subtle.verify(rsa, publicKey, given, input)).toBe(true)
})
