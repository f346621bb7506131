import { openaiMock } from "../openai/mock.ts"
import { checkRange } from "../testing/check.ts"
import { severalWays } from "../testing/several-ways.ts"
import { legacyMock } from "./mock-legacy.ts"

/** @see https://platform.baichuan-ai.com/docs/api */
export const mock = severalWays(
  openaiMock({ check: ({ body }) => checkRange(body, "temperature", 0, 1), limitHeaders: null }),
  { took: ({ headers }) => headers.has("x-bc-signature"), mock: legacyMock },
)
