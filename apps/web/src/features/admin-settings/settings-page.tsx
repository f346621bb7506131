import type { SettingsView } from "@nio/server/contract"
import type { FormEvent } from "react"
import { type UseFormReturn, useForm } from "react-hook-form"
import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { trpc } from "../../lib/trpc.ts"
import { Button } from "../../ui/button.tsx"
import { ErrorState } from "../../ui/error-state.tsx"
import { Notice } from "../../ui/notice.tsx"
import { Skeleton } from "../../ui/skeleton.tsx"
import { toast } from "../../ui/toast.tsx"
import { MailSettings } from "./mail-settings.tsx"
import { ProviderSettings } from "./provider-settings.tsx"
import { RegistrationSettings } from "./registration-settings.tsx"
import { SecuritySettings } from "./security-settings.tsx"
import { CacheSettings, LimitSettings, SearchSettings, SiteSettings } from "./setting-groups.tsx"
import { changesOf, type SettingValues, valuesOf } from "./setting-values.ts"

export type SettingsForm = { form: UseFormReturn<SettingValues>; now: SettingsView }

export function SettingsPage() {
  const { t: words } = useTranslation()
  const sentence = useErrorSentence()
  const settings = trpc.setting.list.useQuery()

  if (settings.isPending) return <Skeleton className="h-80 w-full" />
  if (settings.error)
    return (
      <ErrorState
        title={sentence(settings.error)}
        retryLabel={words("common.retry")}
        onRetry={() => void settings.refetch()}
      />
    )
  return (
    <div className="grid gap-10">
      <Form now={settings.data} />
      <ProviderSettings address={settings.data["site.address"]} />
    </div>
  )
}

function Form({ now }: { now: SettingsView }) {
  const { t } = useTranslation("admin")
  const { t: words } = useTranslation()
  const sentence = useErrorSentence()
  const utils = trpc.useUtils()
  const form = useForm<SettingValues>({ values: valuesOf(now), mode: "onTouched" })
  const save = trpc.setting.save.useMutation({
    async onSuccess() {
      await utils.setting.list.invalidate()
      toast.success(t("settings.saved"))
    },
  })
  const changes = changesOf(form.watch(), now)
  const submit = (event: FormEvent) => void form.handleSubmit(() => save.mutate({ changes }))(event)

  return (
    <form noValidate onSubmit={submit} className="grid gap-10">
      <SiteSettings form={form} now={now} />
      <RegistrationSettings form={form} now={now} />
      <LimitSettings form={form} now={now} />
      <SecuritySettings form={form} now={now} />
      <SearchSettings form={form} now={now} />
      <CacheSettings form={form} now={now} />
      <MailSettings form={form} now={now} />
      {save.error && (
        <Notice tone="danger" role="alert">
          {sentence(save.error)}
        </Notice>
      )}
      <div className="flex justify-end">
        <Button
          type="submit"
          variant="primary"
          busy={save.isPending}
          disabled={changes.length === 0}
        >
          {words("common.save")}
        </Button>
      </div>
    </form>
  )
}
