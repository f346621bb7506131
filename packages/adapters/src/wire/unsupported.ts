import { UpstreamError } from "../spec/index.ts"

/** What a protocol has no words for. Dropping it silently would answer another question. */
export const unsupported = (what: string, param: string) =>
  new UpstreamError("invalid-request", `This model does not support ${what}.`, {
    status: 400,
    code: "unsupported_parameter",
    type: "invalid_request_error",
    param,
  })
