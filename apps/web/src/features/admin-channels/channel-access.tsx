import type { ProviderView } from "@nio/server/contract"
import { useTranslation } from "react-i18next"
import { Field } from "../../ui/field.tsx"
import { Input, Textarea } from "../../ui/input.tsx"
import { Select } from "../../ui/select.tsx"
import { Switch } from "../../ui/switch.tsx"
import type { ChannelFormControls } from "./channel-form.tsx"
import { linesOf } from "./channel-form-values.ts"
import { FormSection } from "./form-section.tsx"

const nameCharsMax = 64

/** Whom the channel speaks to, and by what key. */
export function ChannelAccess(props: {
  form: ChannelFormControls
  providers: readonly ProviderView[]
  secretHints?: readonly string[]
}) {
  const { form, providers, secretHints } = props
  const { t } = useTranslation("admin")
  const { register, watch, setValue, formState } = form
  const { errors } = formState
  const provider = providers.find(({ id }) => id === watch("provider"))

  /** The address follows the provider for as long as nobody has typed another one. */
  function choose(id: string) {
    const isOwn = providers.every(({ baseUrl }) => baseUrl !== watch("baseUrl"))
    const next = providers.find((candidate) => candidate.id === id)
    setValue("provider", id, { shouldDirty: true })
    if (!isOwn || watch("baseUrl") === "")
      setValue("baseUrl", next?.baseUrl ?? "", { shouldDirty: true })
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
        <Field label={t("channels.provider")}>
          {(control) => (
            <Select
              {...control}
              value={watch("provider")}
              onChange={(event) => choose(event.target.value)}
            >
              {providers.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
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
                  /^https?:\/\/[^\s]+$/.test(url.trim()) || t("channels.baseUrl.wrong"),
              })}
            />
          )}
        </Field>
      </div>
      <Field
        label={t("channels.secrets")}
        hint={
          secretHints
            ? t("channels.secrets.kept", { hints: secretHints.join(", ") })
            : t("channels.secrets.hint", { format: provider?.keyFormat ?? "" })
        }
        error={errors.secrets?.message}
      >
        {(control) => (
          <Textarea
            {...control}
            spellCheck={false}
            autoComplete="off"
            className="font-mono"
            placeholder={secretHints ? "" : (provider?.keyFormat ?? "")}
            {...register("secrets", {
              validate: (text) =>
                secretHints !== undefined ||
                linesOf(text).length > 0 ||
                t("channels.secrets.missing"),
            })}
          />
        )}
      </Field>
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
