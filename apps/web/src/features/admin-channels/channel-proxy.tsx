import { useTranslation } from "react-i18next"
import { Field } from "../../ui/field.tsx"
import { Input } from "../../ui/input.tsx"
import { Select } from "../../ui/select.tsx"
import type { ChannelFormControls } from "./channel-form.tsx"

const schemes = ["http", "https", "socks5"] as const

/** What stands between us and the upstream. Of a stored login only a hint is known. */
export function ChannelProxy(props: { form: ChannelFormControls; loginHint: string | undefined }) {
  const { form, loginHint } = props
  const { t } = useTranslation("channels")
  const { register, watch, formState } = form
  const { scheme, keepsLogin } = watch("proxy")
  const errors = formState.errors.proxy
  const used = scheme !== ""

  return (
    <fieldset className="grid min-w-0 gap-3">
      <legend className="mb-1.5 font-medium text-sm">{t("proxy")}</legend>
      <div className={`grid items-start gap-3 ${used ? "sm:grid-cols-[8rem_1fr_7rem]" : ""}`}>
        <Select aria-label={t("proxy.scheme")} {...register("proxy.scheme")}>
          <option value="">{t("proxy.none")}</option>
          {schemes.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </Select>
        {used && (
          <>
            <Input
              aria-label={t("proxy.host")}
              aria-invalid={errors?.host ? true : undefined}
              spellCheck={false}
              autoComplete="off"
              className="font-mono"
              placeholder="proxy.example.com"
              {...register("proxy.host", {
                validate: (host) => host.trim() !== "" || t("proxy.host.missing"),
              })}
            />
            <Input
              aria-label={t("proxy.port")}
              aria-invalid={errors?.port ? true : undefined}
              inputMode="numeric"
              autoComplete="off"
              className="tabular-nums"
              placeholder="8080"
              {...register("proxy.port", {
                validate: (port) =>
                  (/^\d+$/.test(port.trim()) && Number(port) >= 1 && Number(port) <= 65_535) ||
                  t("proxy.port.wrong"),
              })}
            />
          </>
        )}
      </div>
      {(errors?.host ?? errors?.port) && (
        <p role="alert" className="text-danger text-xs">
          {(errors?.host ?? errors?.port)?.message}
        </p>
      )}
      {used && (
        <div className="grid items-start gap-3 sm:grid-cols-2">
          <Field
            label={t("proxy.username")}
            hint={loginHint ? t("proxy.login.kept", { hint: loginHint }) : t("proxy.login.none")}
          >
            {(control) => (
              <Input
                {...control}
                spellCheck={false}
                autoComplete="off"
                {...register("proxy.username")}
              />
            )}
          </Field>
          <Field label={t("proxy.password")}>
            {(control) => (
              <Input
                {...control}
                type="password"
                autoComplete="new-password"
                {...register("proxy.password")}
              />
            )}
          </Field>
        </div>
      )}
      {used && loginHint && (
        <label className="flex items-center gap-2 text-sm">
          <input
            type="checkbox"
            className="size-4 accent-(--color-accent)"
            checked={!keepsLogin}
            onChange={(event) =>
              form.setValue("proxy.keepsLogin", !event.target.checked, { shouldDirty: true })
            }
          />
          {t("proxy.login.remove")}
        </label>
      )}
      <p className="text-muted text-xs">{t("proxy.hint")}</p>
    </fieldset>
  )
}
