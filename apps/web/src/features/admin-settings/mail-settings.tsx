import { useTranslation } from "react-i18next"
import { Field } from "../../ui/field.tsx"
import { FormSection } from "../../ui/form-section.tsx"
import { Select } from "../../ui/select.tsx"
import { SecretField } from "./secret-field.tsx"
import { SettingField } from "./setting-field.tsx"
import { Pair } from "./setting-groups.tsx"
import { fieldOf } from "./setting-values.ts"
import type { SettingsForm } from "./settings-page.tsx"
import { TryMail } from "./try-mail.tsx"

const securities = ["tls", "starttls", "plain"] as const
/** What mail servers listen on, as registered for each. */
const ports = { tls: "465", starttls: "587", plain: "25" } as const
type Security = keyof typeof ports

export function MailSettings(props: SettingsForm) {
  const { form, now } = props
  const { t } = useTranslation("admin")
  const [security, port] = [fieldOf("mail.security"), fieldOf("mail.port")]
  // Who has not chosen a port of their own gets the one that goes with the choice.
  const followPort = (chosen: Security) => {
    if (Object.values<unknown>(ports).includes(form.getValues(port)))
      form.setValue(port, ports[chosen], { shouldDirty: true })
  }
  return (
    <FormSection title={t("settings.mail")} text={t("settings.mail.text")}>
      <Pair>
        <SettingField {...props} name="mail.host" />
        <SettingField {...props} name="mail.from" />
        <Field label={t("settings.mail.security")}>
          {(control) => (
            <Select
              {...control}
              {...form.register(security, {
                onChange: ({ target }) => followPort(target.value as Security),
              })}
            >
              {securities.map((one) => (
                <option key={one} value={one}>
                  {t(`settings.mail.security.${one}`)}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <SettingField {...props} name="mail.port" kind="number" />
        <SettingField {...props} name="mail.username" />
        <SecretField {...props} name="mail.password" />
      </Pair>
      <TryMail ready={now["mail.host"] !== "" && now["mail.from"] !== ""} />
    </FormSection>
  )
}
