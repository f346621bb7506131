import { Send } from "lucide-react"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { language } from "../../i18n/language.ts"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { trpc } from "../../lib/trpc.ts"
import { Button } from "../../ui/button.tsx"
import { Field } from "../../ui/field.tsx"
import { Input } from "../../ui/input.tsx"
import { Notice } from "../../ui/notice.tsx"

/** Sends a mail with the saved settings, and shows what both servers said. */
export function TryMail({ ready }: { ready: boolean }) {
  const { t } = useTranslation("admin")
  const sentence = useErrorSentence()
  const [to, setTo] = useState("")
  const test = trpc.mail.test.useMutation()
  const outcome = test.data
  return (
    <div className="grid gap-3">
      <Field
        label={t("settings.mail.try")}
        hint={t(ready ? "settings.mail.try.hint" : "settings.mail.try.first")}
      >
        {(control) => (
          <span className="flex gap-2">
            <Input
              {...control}
              type="email"
              autoComplete="email"
              value={to}
              onChange={(event) => setTo(event.target.value)}
            />
            <Button
              icon={<Send className="size-4" />}
              busy={test.isPending}
              disabled={!ready || !to.includes("@")}
              onClick={() => test.mutate({ to, language: language.get() })}
            >
              {t("settings.mail.try.do")}
            </Button>
          </span>
        )}
      </Field>
      <div aria-live="polite" className="grid gap-3 empty:hidden">
        {test.error && <Notice tone="danger">{sentence(test.error)}</Notice>}
        {outcome?.failure !== undefined && (
          <Notice tone="danger" title={t("settings.mail.try.failed")}>
            {outcome.failure}
          </Notice>
        )}
        {outcome && outcome.failure === undefined && (
          <Notice tone="success">{t("settings.mail.try.sent")}</Notice>
        )}
        {outcome && outcome.transcript.length > 0 && (
          <section
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by key
            tabIndex={0}
            aria-label={t("settings.mail.try.transcript")}
            className="max-h-80 overflow-auto whitespace-pre-wrap rounded-md bg-panel px-3.5 py-3 font-mono text-xs [overflow-wrap:anywhere]"
          >
            {outcome.transcript.join("\n")}
          </section>
        )}
      </div>
    </div>
  )
}
