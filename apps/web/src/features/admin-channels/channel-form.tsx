import type { ProviderView } from "@nio/server/contract"
import type { FormEvent } from "react"
import { type UseFormReturn, useForm } from "react-hook-form"
import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { Button } from "../../ui/button.tsx"
import { ChannelAccess } from "./channel-access.tsx"
import { ChannelConnection } from "./channel-connection.tsx"
import { ChannelCosts } from "./channel-costs.tsx"
import type { ChannelValues } from "./channel-form-values.ts"
import { ChannelModels } from "./channel-models.tsx"
import { ChannelRouting } from "./channel-routing.tsx"
import { UnsavedGuard } from "./unsaved-guard.tsx"
import { useRefusedField } from "./use-refused-field.ts"

export type ChannelFormControls = UseFormReturn<ChannelValues>

/** Makes or edits a channel. What was typed stays until it is saved, also when saving fails. */
export function ChannelForm(props: {
  providers: readonly ProviderView[]
  values: ChannelValues
  /** Hints of what is stored; without them the channel is new and needs a secret. */
  secretHints?: readonly string[]
  /** The stored channel the form is about, for what only the server can ask its upstream. */
  channelId?: string
  /** Hints at the login stored for the proxy. */
  loginHint?: string | undefined
  saving: boolean
  error: unknown
  onSave: (values: ChannelValues) => void
  onCancel: () => void
}) {
  const { providers, error } = props
  const { t } = useTranslation("admin")
  const { t: words } = useTranslation()
  const sentence = useErrorSentence()
  const form = useForm<ChannelValues>({ defaultValues: props.values, mode: "onTouched" })
  const { isDirty } = form.formState
  const provider = providers.find(({ id }) => id === form.watch("provider"))
  useRefusedField(form, error)

  const submit = (event: FormEvent) => void form.handleSubmit(props.onSave)(event)

  return (
    <form noValidate onSubmit={submit} className="-mb-16 grid gap-10">
      <ChannelAccess
        form={form}
        providers={providers}
        provider={provider}
        {...(props.secretHints && { secretHints: props.secretHints })}
      />
      <ChannelModels form={form} provider={provider} channelId={props.channelId} />
      <ChannelRouting form={form} />
      <ChannelConnection form={form} loginHint={props.loginHint} />
      <ChannelCosts form={form} />
      <div className="sticky bottom-0 z-10 -mx-4 flex flex-wrap items-center justify-end gap-x-4 gap-y-2 border-line border-t bg-canvas px-4 py-3 [padding-bottom:max(0.75rem,env(safe-area-inset-bottom))] sm:-mx-8 sm:px-8">
        {error ? (
          <p role="alert" className="basis-full text-danger text-sm sm:grow sm:basis-0">
            {sentence(error)}
          </p>
        ) : (
          isDirty && <p className="grow text-muted text-sm">{t("channels.unsaved")}</p>
        )}
        <div className="flex gap-2">
          <Button onClick={props.onCancel}>{words("common.cancel")}</Button>
          <Button type="submit" variant="primary" busy={props.saving}>
            {words("common.save")}
          </Button>
        </div>
      </div>
      <UnsavedGuard active={isDirty} />
    </form>
  )
}
