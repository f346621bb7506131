import type { Failed } from "../openai/compatible.ts"
import type { CodeTable } from "../wire/code-table.ts"
import { records } from "../wire/json.ts"
import { wordMarker } from "../wire/protocol.ts"

/** @see https://docs.bigmodel.cn/cn/api/api-code */
export const errors: CodeTable = {
  1000: "auth",
  1001: "auth",
  1002: "auth",
  1003: "auth",
  1004: "auth",
  1110: "auth",
  1111: "auth",
  1112: "auth",
  1113: "quota",
  1120: "overloaded",
  1121: "auth",
  1210: "invalid-request",
  1211: "model-missing",
  1212: "invalid-request",
  1213: "invalid-request",
  1214: "invalid-request",
  1215: "invalid-request",
  1220: "auth",
  1221: "model-missing",
  1222: "model-missing",
  1230: "overloaded",
  1231: "invalid-request",
  1234: "overloaded",
  1261: "invalid-request",
  1300: "content-filter",
  1301: "content-filter",
  1302: "rate-limit",
  1303: "rate-limit",
  1304: "quota",
  1305: "overloaded",
  1308: "quota",
  1309: "quota",
  1310: "quota",
  1311: "model-missing",
  1312: "overloaded",
  1313: "rate-limit",
}

/** The network between Zhipu's own parts: said as the reason why the answer finished. */
export const failed: Failed = {
  marker: wordMarker('"network_error"'),
  in: (frame) =>
    records(frame.choices).some(({ finish_reason }) => finish_reason === "network_error")
      ? { status: 503, code: "network_error", message: "The upstream's network failed.", body: {} }
      : undefined,
}
