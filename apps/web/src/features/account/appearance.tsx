import { Monitor, Moon, Sun } from "lucide-react"
import { useTranslation } from "react-i18next"
import { setLanguage } from "../../i18n/i18n.ts"
import { type Language, language, languages } from "../../i18n/language.ts"
import { setTheme, theme, themes } from "../../lib/theme.ts"
import { trpc } from "../../lib/trpc.ts"
import { Field } from "../../ui/field.tsx"
import { Section } from "../../ui/section.tsx"
import { Segmented } from "../../ui/segmented.tsx"
import { Select } from "../../ui/select.tsx"

const icons = { system: Monitor, light: Sun, dark: Moon }

export function Appearance() {
  const { t } = useTranslation()
  const current = theme.use()
  const keep = trpc.account.setLanguage.useMutation()

  /** For mail too. */
  function choose(next: Language) {
    void setLanguage(next)
    keep.mutate({ language: next })
  }

  return (
    <Section title={t("account.appearance")}>
      <div className="grid gap-5">
        <div className="grid justify-items-start gap-1.5">
          <span className="font-medium text-sm">{t("account.theme")}</span>
          <Segmented
            label={t("account.theme")}
            value={current}
            onChange={setTheme}
            options={themes.map((value) => {
              const Icon = icons[value]
              return {
                value,
                label: (
                  <>
                    <Icon className="size-4" />
                    {t(`account.theme.${value}`)}
                  </>
                ),
              }
            })}
          />
        </div>
        <Field label={t("account.language")} className="max-w-56">
          {(control) => (
            <Select
              {...control}
              value={language.use()}
              onChange={(event) => choose(event.target.value as Language)}
            >
              {Object.entries(languages).map(([tag, name]) => (
                <option key={tag} value={tag} lang={tag}>
                  {name}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </div>
    </Section>
  )
}
