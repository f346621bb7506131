import { expect, test } from "bun:test"
import { secretLines } from "./lines.ts"

test("each line is a secret, blanks and empty lines are none", () => {
  expect(secretLines(" sk-a,b \n\nsk-c\n")).toEqual(["sk-a,b", "sk-c"])
})

test("a service account pasted as its file shows it is one secret", () => {
  const account = { type: "service_account", private_key: "-----BEGIN\nx\n-----END" }
  const pasted = JSON.stringify(account, null, 2)
  const secrets = secretLines(`${pasted}|europe-west1\nsk-b\n${pasted}`)
  expect(secrets).toHaveLength(3)
  expect(JSON.parse(secrets[0]!.split("|")[0]!)).toEqual(account)
  expect(secrets[0]).toEndWith("|europe-west1")
  expect(JSON.parse(secrets[2]!)).toEqual(account)
})

test("what never ends is kept for the server to refuse", () => {
  expect(secretLines('{"type":\n"x"')).toEqual(['{"type":"x"'])
})
