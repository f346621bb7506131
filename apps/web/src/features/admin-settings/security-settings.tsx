import { useTranslation } from "react-i18next"
import { Field } from "../../ui/field.tsx"
import { FormSection } from "../../ui/form-section.tsx"
import { Select } from "../../ui/select.tsx"
import { Pair } from "./setting-groups.tsx"
import { fieldOf } from "./setting-values.ts"
import type { SettingsForm } from "./settings-page.tsx"

const demands = ["nobody", "admins", "everyone"] as const

export function SecuritySettings({ form }: SettingsForm) {
  const { t } = useTranslation("factors")
  return (
    <FormSection title={t("admin.title")} text={t("admin.text")}>
      <Pair>
        <Field label={t("admin.require")} hint={t("admin.require.hint")}>
          {(control) => (
            <Select {...control} {...form.register(fieldOf("security.requireSecondFactor"))}>
              {demands.map((who) => (
                <option key={who} value={who}>
                  {t(`admin.require.${who}`)}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </Pair>
    </FormSection>
  )
}
