import { useEffect } from "react"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { failureOf } from "../../lib/error.ts"
import type { ChannelFormControls } from "./channel-form.tsx"
import type { ChannelValues } from "./channel-form-values.ts"

/** Marks the field that the server names in its refusal, and goes there. */
export function useRefusedField({ getValues, setError }: ChannelFormControls, error: unknown) {
  const sentence = useErrorSentence()
  const message = error ? sentence(error) : undefined
  const field = error ? fieldOf(failureOf(error).params) : undefined

  useEffect(() => {
    const isField = (name: string): name is keyof ChannelValues => name in getValues()
    if (message === undefined || field === undefined || !isField(field)) return
    setError(field, { message }, { shouldFocus: true })
  }, [message, field, getValues, setError])
}

/** The server says which field it means by name, or begins its detail with the path to it. */
function fieldOf({ param, detail }: Record<string, string | number>): string | undefined {
  if (param !== undefined) return String(param)
  return /^(?:edit\.)?(\w+)[.:]/.exec(String(detail))?.[1]
}
