import { useTranslation } from "react-i18next"
import { FormSection } from "../../ui/form-section.tsx"
import { Switch } from "../../ui/switch.tsx"
import { SettingField } from "./setting-field.tsx"
import { Pair } from "./setting-groups.tsx"
import { type Edited, fieldOf } from "./setting-values.ts"
import type { SettingsForm } from "./settings-page.tsx"

/** Who may have an account, and what it begins with. */
export function RegistrationSettings(props: SettingsForm) {
  const { t } = useTranslation("admin")
  const isListed = props.form.watch(fieldOf("mail.suffixes.enabled")) === true
  return (
    <FormSection title={t("settings.register")} text={t("settings.register.text")}>
      <SettingSwitch {...props} name="site.closeRegister" label={t("settings.register.close")} />
      <Pair>
        <SettingField {...props} name="site.initialPoints" kind="number" />
      </Pair>
      <SettingSwitch
        {...props}
        name="mail.suffixes.enabled"
        label={t("settings.register.suffixes")}
      />
      {isListed && <SettingField {...props} name="mail.suffixes" kind="list" />}
    </FormSection>
  )
}

function SettingSwitch({ form, name, label }: SettingsForm & { name: Edited; label: string }) {
  const field = fieldOf(name)
  return (
    <label htmlFor={field} className="flex items-center gap-3 text-sm">
      <Switch
        id={field}
        checked={form.watch(field) === true}
        onCheckedChange={(on) => form.setValue(field, on, { shouldDirty: true })}
      />
      {label}
    </label>
  )
}
