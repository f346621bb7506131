import { expect, test } from "bun:test"
import { signAws } from "./aws.ts"

const now = Date.UTC(2023, 10, 14, 22, 13, 20)
const key = { accessKey: "AKIDEXAMPLE", secretKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" }
const signed = {
  method: "POST",
  url: "https://bedrock-runtime.us-east-1.amazonaws.com/model/anthropic.claude-3-haiku-20240307-v1%3A0/converse-stream",
  region: "us-east-1",
  service: "bedrock",
  headers: { "content-type": "application/json" },
  body: '{"messages":[{"role":"user","content":[{"text":"hi"}]}],"inferenceConfig":{"maxTokens":16}}',
} as const

test("a request is signed as AWS signs it", () => {
  expect(signAws(signed, key, now)).toEqual({
    "x-amz-date": "20231114T221320Z",
    authorization:
      "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20231114/us-east-1/bedrock/aws4_request, SignedHeaders=content-type;host;x-amz-date, Signature=74e686645720868c145f3213e1c09c3d792cb03c53d50e79767195c963ec8874",
  })
})

test("AWS's own example has AWS's own signature", () => {
  const vanilla = {
    method: "GET",
    url: "https://example.amazonaws.com/",
    region: "us-east-1",
    service: "service",
    headers: {},
    body: "",
  } as const
  const { authorization } = signAws(
    vanilla,
    { ...key, secretKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" },
    Date.UTC(2015, 7, 30, 12, 36, 0),
  )
  expect(authorization).toEndWith(
    "Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
  )
})

test("a session's token is sent and signed", () => {
  const headers = signAws(signed, { ...key, sessionToken: "t" }, now)
  expect(headers["x-amz-security-token"]).toBe("t")
  expect(headers.authorization).toContain("x-amz-date;x-amz-security-token")
})
