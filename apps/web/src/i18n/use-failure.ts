import type { Failure } from "@nio/server/contract"
import { useTranslation } from "react-i18next"
import { failureOf } from "../lib/error.ts"
import type { app } from "./en/app.ts"

type ErrorKey = Extract<keyof typeof app, `error.${string}`>

/** The sentence for a failure: by its code, or the one for the unforeseen. */
export function useFailureSentence() {
  const { t, i18n } = useTranslation()
  return (failure: Failure): string => {
    const key = `error.${failure.code}`
    return t((i18n.exists(key) ? key : "error.internal") as ErrorKey, { ...failure.params })
  }
}

/** The same for anything thrown. */
export function useErrorSentence() {
  const sentence = useFailureSentence()
  return (error: unknown) => sentence(failureOf(error))
}
