import { useEffect, useState } from "react"
import { useFormContext } from "react-hook-form"
import { useTranslation } from "react-i18next"
import { Button } from "../../ui/button.tsx"
import { Field } from "../../ui/field.tsx"
import { Input } from "../../ui/input.tsx"

/** As long as the server waits before it sends another. */
const againSeconds = 60

/** A code that comes by mail, and the button that has it sent; no more than one a minute. */
export function CodeField(props: {
  /** What the server says of it. */
  told: string | undefined
  hint: string | undefined
  sending: boolean
  /** @returns whether it was sent */
  send: () => Promise<boolean>
}) {
  const { t } = useTranslation("account")
  const { register, formState } = useFormContext<{ code: string }>()
  const { left, begin } = useCountdown(againSeconds)
  const [sent, setSent] = useState(false)
  const wrong = t("code.wrong")

  async function send() {
    if (!(await props.send())) return
    setSent(true)
    begin()
  }

  return (
    <Field
      label={t("code")}
      hint={sent ? t("code.sent") : props.hint}
      error={formState.errors.code?.message ?? props.told}
    >
      {(control) => (
        <div className="flex gap-2">
          <Input
            {...control}
            inputMode="numeric"
            autoComplete="one-time-code"
            className="min-w-0 tabular-nums"
            {...register("code", {
              required: wrong,
              pattern: { value: /^(?:\s*\d){6}\s*$/, message: wrong },
            })}
          />
          <Button busy={props.sending} disabled={left > 0} onClick={() => void send()}>
            {left > 0 ? t("code.again", { seconds: left }) : t("code.send")}
          </Button>
        </div>
      )}
    </Field>
  )
}

/** Seconds left of a time, by the clock, so that a page that slept is not behind. */
function useCountdown(seconds: number) {
  const [until, setUntil] = useState(0)
  const [now, setNow] = useState(0)

  useEffect(() => {
    if (until === 0) return
    const timer = setInterval(() => {
      setNow(Date.now())
      if (Date.now() >= until) clearInterval(timer)
    }, 250)
    return () => clearInterval(timer)
  }, [until])

  return {
    left: Math.max(0, Math.ceil((until - now) / 1_000)),
    begin() {
      setNow(Date.now())
      setUntil(Date.now() + seconds * 1_000)
    },
  }
}
