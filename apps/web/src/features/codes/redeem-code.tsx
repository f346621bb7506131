import { type FormEvent, useState } from "react"
import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { formatPoints } from "../../lib/format.ts"
import { trpc } from "../../lib/trpc.ts"
import { Button } from "../../ui/button.tsx"
import { Field } from "../../ui/field.tsx"
import { Input } from "../../ui/input.tsx"
import { toast } from "../../ui/toast.tsx"

const codeCharsMax = 500

/** Takes a code. One that is refused stays in the field, with the reason. */
export function RedeemCode({ onDone }: { onDone?: () => void }) {
  const { t } = useTranslation("codes")
  const sentence = useErrorSentence()
  const utils = trpc.useUtils()
  const [code, setCode] = useState("")
  const redeem = trpc.code.redeem.useMutation({
    async onSuccess({ points, available }) {
      const [added, now] = [formatPoints(points), formatPoints(available)]
      toast.success(t("redeem.done", { points: added, available: now }))
      setCode("")
      await utils.account.invalidate()
      onDone?.()
    },
  })

  function submit(event: FormEvent) {
    event.preventDefault()
    if (code.trim()) redeem.mutate({ code })
  }

  function change(text: string) {
    setCode(text)
    redeem.reset()
  }

  return (
    <form noValidate onSubmit={submit}>
      <Field
        label={t("redeem.code")}
        hint={t("redeem.hint")}
        error={redeem.error ? sentence(redeem.error) : undefined}
      >
        {(control) => (
          <div className="flex gap-2">
            <Input
              {...control}
              className="font-mono"
              autoComplete="off"
              autoCapitalize="characters"
              spellCheck={false}
              maxLength={codeCharsMax}
              value={code}
              onChange={(event) => change(event.target.value)}
            />
            <Button type="submit" variant="primary" busy={redeem.isPending} disabled={!code.trim()}>
              {t("redeem.submit")}
            </Button>
          </div>
        )}
      </Field>
    </form>
  )
}
