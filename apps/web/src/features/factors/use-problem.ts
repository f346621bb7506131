import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { PasskeyError } from "./passkey-calls.ts"

/** The sentence for what the server or the browser's passkeys refused. */
export function useProblem() {
  const { t } = useTranslation("factors")
  const sentence = useErrorSentence()
  return (error: unknown): string =>
    error instanceof PasskeyError ? t(error.problem) : sentence(error)
}
