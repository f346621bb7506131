import { useTranslation } from "react-i18next"
import { effectsOf } from "./offered.ts"

/** What each line of the mapping comes to, while it is being typed. */
export function MappingEffects(props: { models: readonly string[]; mapping: readonly string[] }) {
  const { t } = useTranslation("admin")
  const effects = effectsOf(props)
  if (effects.length === 0) return null
  return (
    <ul className="-mt-2 grid gap-1.5 text-xs" aria-live="polite">
      {effects.map(({ line, alias, actual, effect }) => (
        <li key={line} className="flex flex-wrap items-baseline gap-x-2 [overflow-wrap:anywhere]">
          <span className="font-mono">
            {alias} → {actual}
          </span>
          <span className={effect === "lost" ? "text-warning" : "text-muted"}>
            {t(`channels.mapping.${effect}`, { alias, actual })}
          </span>
        </li>
      ))}
    </ul>
  )
}
