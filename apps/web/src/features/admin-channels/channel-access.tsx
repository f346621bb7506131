import type { ProviderView } from "@nio/server/contract"
import { channelCreate } from "@nio/server/contract/channel"
import { TriangleAlert } from "lucide-react"
import { useTranslation } from "react-i18next"
import { Field } from "../../ui/field.tsx"
import { FormSection } from "../../ui/form-section.tsx"
import { Input } from "../../ui/input.tsx"
import { Notice } from "../../ui/notice.tsx"
import { Select } from "../../ui/select.tsx"
import { Switch } from "../../ui/switch.tsx"
import type { ChannelFormControls } from "./channel-form.tsx"
import { templateOf } from "./channel-form-values.ts"
import { ChannelSecrets } from "./channel-secrets.tsx"

const nameCharsMax = 64
const { baseUrl: baseUrlRule } = channelCreate.shape

/** Whom the channel speaks to, and by what key. */
export function ChannelAccess(props: {
  form: ChannelFormControls
  providers: readonly ProviderView[]
  provider: ProviderView | undefined
  secretHints?: readonly string[]
}) {
  const { form, providers, provider } = props
  const { t } = useTranslation("admin")
  const { t: more } = useTranslation("channels")
  const { register, watch, setValue, getValues, formState } = form
  const { errors } = formState

  /** Address and models follow the provider for as long as nobody has entered others. */
  function follow(id: string) {
    const next = providers.find((candidate) => candidate.id === id)
    const { baseUrl, models } = getValues()
    const options = { shouldDirty: true }
    if (baseUrl === "" || providers.some((one) => one.baseUrl === baseUrl))
      setValue("baseUrl", next?.baseUrl ?? "", options)
    if (models === "" || providers.some((one) => templateOf(one) === models))
      setValue("models", templateOf(next), options)
  }

  return (
    <FormSection title={t("channels.access.title")} text={t("channels.access.text")}>
      <Field label={t("channels.name")} error={errors.name?.message}>
        {(control) => (
          <Input
            {...control}
            autoComplete="off"
            maxLength={nameCharsMax}
            {...register("name", {
              validate: (name) => name.trim() !== "" || t("channels.name.missing"),
            })}
          />
        )}
      </Field>
      <div className="grid items-start gap-5 sm:grid-cols-2">
        <Field label={t("channels.provider")} error={errors.provider?.message}>
          {(control) => (
            <Select
              {...control}
              {...register("provider", {
                validate: (id) =>
                  providers.some((one) => one.id === id) || t("channels.provider.missing"),
                onChange: (event) => follow(event.target.value),
              })}
            >
              {!provider && <option value={watch("provider")}>{watch("provider")}</option>}
              {providers.map(({ id, name, deprecated }) => (
                <option key={id} value={id}>
                  {deprecated ? more("provider.ended", { name }) : name}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field
          label={t("channels.baseUrl")}
          hint={t("channels.baseUrl.hint")}
          error={errors.baseUrl?.message}
        >
          {(control) => (
            <Input
              {...control}
              type="url"
              inputMode="url"
              spellCheck={false}
              className="font-mono"
              {...register("baseUrl", {
                validate: (url) =>
                  baseUrlRule.safeParse(url.trim()).success || t("channels.baseUrl.wrong"),
              })}
            />
          )}
        </Field>
      </div>
      {provider?.deprecated && (
        <Notice tone="warning" icon={<TriangleAlert className="size-4" />}>
          {more("provider.ended.text", { name: provider.name })}
        </Notice>
      )}
      <ChannelSecrets
        form={form}
        provider={provider?.id ?? ""}
        keyFormat={provider?.keyFormat ?? ""}
        hints={props.secretHints ?? []}
      />
      <label htmlFor="channel-enabled" className="flex items-center gap-3 text-sm">
        <Switch
          id="channel-enabled"
          checked={watch("enabled")}
          onCheckedChange={(enabled) => setValue("enabled", enabled, { shouldDirty: true })}
        />
        {t("channels.enabled")}
      </label>
    </FormSection>
  )
}
