import type { OidcProvider, OidcProviderView } from "@nio/server/contract"
import { oidcProvider } from "@nio/server/contract/oidc"
import type { ComponentProps } from "react"
import { type UseFormReturn, useForm } from "react-hook-form"
import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { trpc } from "../../lib/trpc.ts"
import { Button } from "../../ui/button.tsx"
import { Dialog, DialogActions } from "../../ui/dialog.tsx"
import { Field } from "../../ui/field.tsx"
import { Input } from "../../ui/input.tsx"
import { Switch } from "../../ui/switch.tsx"
import { toast } from "../../ui/toast.tsx"

type Values = Omit<OidcProvider, "scopes"> & { scopes: string; clientSecret: string }

const fresh: Values = {
  id: "",
  name: "",
  issuer: "",
  clientId: "",
  scopes: "email profile",
  enabled: true,
  clientSecret: "",
}

const providerOf = ({ clientSecret: _, scopes, ...rest }: Values) => ({
  ...rest,
  scopes: scopes.split(/\s+/).filter(Boolean),
})

/** Adds a provider, or edits one. What is typed as its secret is not shown again. */
export function ProviderDialog(props: {
  provider?: OidcProviderView
  address: string
  onClose: () => void
}) {
  const { provider, address, onClose } = props
  const { t } = useTranslation("factors")
  const { t: words } = useTranslation()
  const sentence = useErrorSentence()
  const utils = trpc.useUtils()
  const form = useForm<Values>({ defaultValues: provider ? shownAs(provider) : fresh })
  const save = trpc.oidc.saveProvider.useMutation({
    async onSuccess() {
      await utils.oidc.providers.invalidate()
      toast.success(t("admin.providers.saved"))
      onClose()
    },
  })
  const submit = form.handleSubmit((values) =>
    save.mutate({
      provider: providerOf(values),
      ...(values.clientSecret && { clientSecret: values.clientSecret }),
    }),
  )
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={
        provider ? t("admin.providers.edit", { name: provider.name }) : t("admin.providers.add")
      }
      closeLabel={words("common.close")}
    >
      <form noValidate className="grid gap-4" onSubmit={submit}>
        <Fields form={form} isNew={!provider} secretSet={provider?.secretSet ?? false} />
        <Redirect address={address} id={form.watch("id")} />
        <label htmlFor="provider-enabled" className="flex items-center gap-3 text-sm">
          <Switch
            id="provider-enabled"
            checked={form.watch("enabled")}
            onCheckedChange={(on) => form.setValue("enabled", on)}
          />
          {t("admin.provider.enabled")}
        </label>
        {save.error && (
          <p role="alert" className="text-danger text-sm">
            {sentence(save.error)}
          </p>
        )}
        <DialogActions>
          <Button onClick={onClose}>{words("common.cancel")}</Button>
          <Button type="submit" variant="primary" busy={save.isPending}>
            {words("common.save")}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}

function shownAs({ secretSet: _, scopes, ...rest }: OidcProviderView): Values {
  return { ...rest, scopes: scopes.join(" "), clientSecret: "" }
}

type FieldsProps = { form: UseFormReturn<Values>; isNew: boolean; secretSet: boolean }

function Fields({ form, isNew, secretSet }: FieldsProps) {
  const { t } = useTranslation("factors")
  const bound = (name: Exclude<keyof Values, "enabled" | "clientSecret">) => ({
    error: form.formState.errors[name]?.message,
    input: form.register(name, {
      validate: (_, values) =>
        oidcProvider.shape[name].safeParse(providerOf(values)[name]).success ||
        t("admin.provider.wrong"),
    }),
  })
  return (
    <>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Text
          label={t("admin.provider.name")}
          hint={t("admin.provider.name.hint")}
          {...bound("name")}
        />
        <Text
          label={t("admin.provider.id")}
          hint={t("admin.provider.id.hint")}
          className="font-mono"
          readOnly={!isNew}
          {...bound("id")}
        />
      </div>
      <Text
        label={t("admin.provider.issuer")}
        hint={t("admin.provider.issuer.hint")}
        className="font-mono"
        inputMode="url"
        {...bound("issuer")}
      />
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Text label={t("admin.provider.clientId")} className="font-mono" {...bound("clientId")} />
        <Text
          label={t("admin.provider.secret")}
          hint={secretSet ? t("admin.provider.secret.kept") : undefined}
          type="password"
          className="font-mono"
          input={form.register("clientSecret")}
        />
      </div>
      <Text
        label={t("admin.provider.scopes")}
        hint={t("admin.provider.scopes.hint")}
        className="font-mono"
        {...bound("scopes")}
      />
    </>
  )
}

type TextProps = Omit<ComponentProps<"input">, "onChange"> & {
  label: string
  hint?: string | undefined
  error?: string | undefined
  input: ReturnType<UseFormReturn<Values>["register"]>
}

const Text = ({ label, hint, error, input, ...rest }: TextProps) => (
  <Field label={label} hint={hint} error={error}>
    {(control) => <Input {...control} autoComplete="off" spellCheck={false} {...rest} {...input} />}
  </Field>
)

function Redirect({ address, id }: { address: string; id: string }) {
  const { t } = useTranslation("factors")
  if (!address || !id) return null
  return (
    <div className="grid gap-1.5 text-sm">
      <span className="font-medium">{t("admin.provider.redirect")}</span>
      <code className="select-all rounded-md bg-panel px-3 py-2 font-mono text-xs [overflow-wrap:anywhere]">
        {address.replace(/\/$/, "")}/oidc/{id}/callback
      </code>
    </div>
  )
}
