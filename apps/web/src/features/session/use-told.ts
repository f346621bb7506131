import { useErrorSentence } from "../../i18n/use-failure.ts"
import { failureOf } from "../../lib/error.ts"

/** Puts what the server says of a form beside what it is about: each failure is told once. */
export function useTold(error: unknown) {
  const sentence = useErrorSentence()
  const code = error ? failureOf(error).code : undefined
  return {
    /** The sentence, when the failure is one of these. */
    about: (...codes: string[]) =>
      code !== undefined && codes.includes(code) ? sentence(error) : undefined,
    /** The sentence, when it is none of these. */
    besides: (...codes: string[]) =>
      code !== undefined && !codes.includes(code) ? sentence(error) : undefined,
  }
}
