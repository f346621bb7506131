import type { Upstream } from "../spec/index.ts"
import { type AwsKey, signAws } from "../wire/sign/aws.ts"

const regionDefault = "us-east-1"

/** Three or four parts are a key that signs; one or two are a key that is shown. */
function partsOf({ key }: Pick<Upstream, "key">) {
  const [first = "", second = "", third, sessionToken] = key.split("|").map((part) => part.trim())
  if (third === undefined) return { bearer: first, region: second }
  const aws: AwsKey = { accessKey: first, secretKey: second, sessionToken }
  return { aws, region: third }
}

const awsHost = /(?<=\/\/bedrock-runtime\.)[\w-]+(?=\.amazonaws\.com)/

/** The region in the key goes before the one in the address: one address may serve keys of many regions. */
export function placeOf(upstream: Pick<Upstream, "baseUrl" | "key">) {
  const { baseUrl } = upstream
  const region = partsOf(upstream).region || awsHost.exec(baseUrl)?.[0] || regionDefault
  return { region, address: baseUrl.replace(awsHost, region) }
}

/** @see https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys.html */
export function authorize(
  method: "GET" | "POST",
  url: string,
  body: string,
  upstream: Upstream,
): Record<string, string> {
  const { aws, bearer } = partsOf(upstream)
  if (!aws) return { authorization: `Bearer ${bearer}` }
  const headers: Record<string, string> =
    method === "POST" ? { "content-type": "application/json" } : {}
  const { region } = placeOf(upstream)
  return signAws({ method, url, region, service: "bedrock", headers, body }, aws, Date.now())
}
