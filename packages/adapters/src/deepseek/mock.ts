import { openaiMock } from "../openai/mock.ts"

/** @see https://api-docs.deepseek.com/quick_start/error_codes */
export const mock = openaiMock({ limitHeaders: null })
