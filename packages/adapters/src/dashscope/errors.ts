import type { CodeTable } from "../wire/code-table.ts"

/** @see https://help.aliyun.com/zh/model-studio/error-code */
export const errors: CodeTable = {
  InvalidParameter: "invalid-request",
  invalid_parameter_error: "invalid-request",
  BadRequest: "invalid-request",
  DataInspectionFailed: "content-filter",
  data_inspection_failed: "content-filter",
  Arrearage: "quota",
  AllocationQuota: "quota",
  InvalidApiKey: "auth",
  invalid_api_key: "auth",
  AccessDenied: "auth",
  "Model.AccessDenied": "model-missing",
  ModelNotFound: "model-missing",
  Model: "model-missing",
  RequestTimeOut: "timeout",
  Throttling: "rate-limit",
  limit_requests: "rate-limit",
  InternalError: "overloaded",
  "InternalError.Timeout": "timeout",
  ModelServingError: "overloaded",
  ModelUnavailable: "overloaded",
  SystemError: "overloaded",
}
