import { openaiCompatible } from "../openai/compatible.ts"
import { withEnableThinking } from "../openai/thinking-switch.ts"

/** @see https://cloud.baidu.com/doc/qianfan-api/s/3m9b5lqft */
export const qianfan = openaiCompatible(
  {
    id: "qianfan",
    name: "Baidu Qianfan",
    baseUrl: "https://qianfan.baidubce.com",
    keyFormat: "bce-v3/…",
    models: [
      "ERNIE-4.0-8K",
      "ERNIE-3.5-8K",
      "ERNIE-Speed-128K",
      "ERNIE-Speed-8K",
      "ERNIE-Lite-8K-0922",
      "ERNIE-Tiny-8K",
    ],
  },
  {
    prefix: "/v2",
    adjust: withEnableThinking,
    tasks: ["embeddings", "rerank"],
    errors: {
      invalid_iam_token: "auth",
      access_denied: "auth",
      invalid_model: "model-missing",
      model_not_supported: "model-missing",
      rpm_rate_limit_exceeded: "rate-limit",
      tpm_rate_limit_exceeded: "rate-limit",
      preemptible_rpm_rate_limit_exceeded: "rate-limit",
      account_overdue: "quota",
      malformed_json: "invalid-request",
      invalid_messages: "invalid-request",
      internal_error: "overloaded",
      server_busy: "overloaded",
    },
  },
)
