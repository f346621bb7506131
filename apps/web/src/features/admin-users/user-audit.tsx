import type { UserDetail } from "@nio/server/contract"
import { useTranslation } from "react-i18next"
import { formatDateTime } from "../../lib/format.ts"
import { Section } from "../../ui/section.tsx"

/** What administrators did to somebody, the latest first. */
export function UserAudit({ user }: { user: UserDetail }) {
  const { t } = useTranslation("people")
  return (
    <Section title={t("acts")}>
      {user.acts.length === 0 ? (
        <p className="text-muted text-sm">{t("acts.none")}</p>
      ) : (
        <ul
          aria-label={t("acts")}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
          tabIndex={0}
          className="max-h-80 divide-y divide-line overflow-y-auto border-line border-y text-sm"
        >
          {user.acts.map(({ id, at, act, actor, before, after }) => (
            <li key={id} className="py-2">
              <p className="flex flex-wrap justify-between gap-x-4">
                <span>
                  <span className="font-mono text-xs">{act}</span> · {actor}
                </span>
                <span className="text-muted text-xs">{formatDateTime(at)}</span>
              </p>
              <p className="font-mono text-muted text-xs [overflow-wrap:anywhere]">
                {[before, after].filter(Boolean).join(" → ")}
              </p>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
