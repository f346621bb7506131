import type { ReactNode } from "react"
import { useTranslation } from "react-i18next"
import { Field } from "../../ui/field.tsx"
import { FormSection } from "../../ui/form-section.tsx"
import { Select } from "../../ui/select.tsx"
import { Switch } from "../../ui/switch.tsx"
import { SettingField } from "./setting-field.tsx"
import { fieldOf } from "./setting-values.ts"
import type { SettingsForm } from "./settings-page.tsx"
import { TrySearch } from "./try-search.tsx"

export function SiteSettings(props: SettingsForm) {
  const { t } = useTranslation("admin")
  return (
    <FormSection title={t("settings.site")} text={t("settings.site.text")}>
      <Pair>
        <SettingField {...props} name="site.title" kind="words" />
        <SettingField {...props} name="site.address" />
        <SettingField {...props} name="site.buyLink" />
      </Pair>
      <SettingField {...props} name="site.contact" kind="text" />
    </FormSection>
  )
}

export function LimitSettings(props: SettingsForm) {
  const { t } = useTranslation("admin")
  return (
    <FormSection title={t("settings.limits")} text={t("settings.limits.text")}>
      <Pair>
        <SettingField {...props} name="limits.requestsPerMinute" kind="number" />
      </Pair>
    </FormSection>
  )
}

const kinds = { duckduckgo: "DuckDuckGo API", searxng: "SearXNG" } as const
const strictness = ["0", "1", "2"] as const

export function SearchSettings(props: SettingsForm) {
  const { form } = props
  const { t } = useTranslation("admin")
  const imageProxy = fieldOf("search.imageProxy")
  return (
    <FormSection title={t("settings.search")} text={t("settings.search.text")}>
      <Pair>
        <Field label={t("settings.search.kind")}>
          {(control) => (
            <Select {...control} {...form.register(fieldOf("search.kind"))}>
              {Object.entries(kinds).map(([kind, name]) => (
                <option key={kind} value={kind}>
                  {name}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <SettingField {...props} name="search.endpoint" />
        <SettingField {...props} name="search.results" kind="number" />
        <SettingField {...props} name="search.cropChars" kind="number" />
      </Pair>
      {form.watch(fieldOf("search.kind")) === "searxng" && (
        <>
          <Pair>
            <Field label={t("settings.search.safesearch")}>
              {(control) => (
                <Select {...control} {...form.register(fieldOf("search.safesearch"))}>
                  {strictness.map((level) => (
                    <option key={level} value={level}>
                      {t(`settings.search.safesearch.${level}`)}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
          </Pair>
          <SettingField {...props} name="search.engines" kind="list" />
          <label htmlFor={imageProxy} className="flex items-center gap-3 text-sm">
            <Switch
              id={imageProxy}
              checked={form.watch(imageProxy) === true}
              onCheckedChange={(on) => form.setValue(imageProxy, on, { shouldDirty: true })}
            />
            {t("settings.search.imageProxy")}
          </label>
        </>
      )}
      <TrySearch />
    </FormSection>
  )
}

export function CacheSettings(props: SettingsForm) {
  const { t } = useTranslation("admin")
  return (
    <FormSection title={t("settings.cache")} text={t("settings.cache.text")}>
      <SettingField {...props} name="cache.models" kind="list" />
      <Pair>
        <SettingField {...props} name="cache.answersPerRequest" kind="number" />
        <SettingField {...props} name="cache.seconds" kind="number" />
      </Pair>
    </FormSection>
  )
}

export const Pair = ({ children }: { children: ReactNode }) => (
  <div className="grid items-start gap-5 sm:grid-cols-2">{children}</div>
)
