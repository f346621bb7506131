import type { ChannelCreate, ProviderView } from "@nio/server/contract"
import { useBlocker } from "@tanstack/react-router"
import { type FormEvent, useRef } from "react"
import { type UseFormReturn, useForm } from "react-hook-form"
import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { Button } from "../../ui/button.tsx"
import { Confirm } from "../../ui/confirm.tsx"
import { DialogActions } from "../../ui/dialog.tsx"
import { Notice } from "../../ui/notice.tsx"
import { ChannelAccess } from "./channel-access.tsx"
import { type ChannelValues, channelOf } from "./channel-form-values.ts"
import { ChannelModels } from "./channel-models.tsx"
import { ChannelRouting } from "./channel-routing.tsx"

export type ChannelFormControls = UseFormReturn<ChannelValues>

/** Makes or edits a channel. What was typed stays until it is saved, also when saving fails. */
export function ChannelForm(props: {
  providers: readonly ProviderView[]
  values: ChannelValues
  /** Hints of what is stored; without them the channel is new and needs a secret. */
  secretHints?: readonly string[]
  saving: boolean
  error: unknown
  onSave: (channel: ChannelCreate) => void
  onCancel: () => void
}) {
  const { t } = useTranslation("admin")
  const { t: words } = useTranslation()
  const sentence = useErrorSentence()
  const form = useForm<ChannelValues>({ defaultValues: props.values, mode: "onTouched" })
  const { isDirty } = form.formState
  const saved = useRef(false)
  const leaving = useBlocker({
    shouldBlockFn: () => isDirty && !saved.current,
    withResolver: true,
  })

  const submit = (event: FormEvent) =>
    void form.handleSubmit((values) => {
      saved.current = true
      props.onSave(channelOf(values))
    })(event)
  if (props.error) saved.current = false

  return (
    <form noValidate onSubmit={submit} className="grid gap-10">
      <ChannelAccess
        form={form}
        providers={props.providers}
        {...(props.secretHints && { secretHints: props.secretHints })}
      />
      <ChannelModels form={form} providers={props.providers} />
      <ChannelRouting form={form} />
      {props.error !== null && props.error !== undefined && (
        <Notice tone="danger" role="alert">
          {sentence(props.error)}
        </Notice>
      )}
      <DialogActions>
        <Button onClick={props.onCancel}>{words("common.cancel")}</Button>
        <Button type="submit" variant="primary" busy={props.saving}>
          {words("common.save")}
        </Button>
      </DialogActions>
      <Confirm
        open={leaving.status === "blocked"}
        onOpenChange={(open) => !open && leaving.reset?.()}
        title={t("channels.unsaved.title")}
        description={t("channels.unsaved.text")}
        confirmLabel={t("channels.unsaved.leave")}
        cancelLabel={t("channels.unsaved.stay")}
        onConfirm={() => leaving.proceed?.()}
      />
    </form>
  )
}
