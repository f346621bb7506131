import { openaiMock } from "../openai/mock.ts"
import { severalWays } from "../testing/several-ways.ts"
import { cloudMock } from "./mock-cloud.ts"
import { legacyMock } from "./mock-legacy.ts"

/** @see https://cloud.tencent.com/document/product/1729/111007 */
export const mock = severalWays(
  openaiMock(),
  { took: ({ headers }) => headers.has("x-tc-action"), mock: cloudMock },
  { took: ({ path }) => path.startsWith("/hyllm/"), mock: legacyMock },
)
