import type { SessionView } from "@nio/server/contract"
import { Link } from "@tanstack/react-router"
import { Boxes } from "lucide-react"
import { useTranslation } from "react-i18next"
import { buttonClass } from "../../ui/button.tsx"
import { EmptyState } from "../../ui/empty-state.tsx"
import { Mark } from "../../ui/mark.tsx"

/** Before the first message: a greeting, or what is missing for one. */
export function Welcome({ session, noModel }: { session: SessionView; noModel: boolean }) {
  const { t } = useTranslation()
  if (noModel) return <NoModels isAdmin={session.user?.isAdmin ?? false} />
  return (
    <div className="flex min-h-0 grow flex-col items-center justify-center gap-4 px-6 pb-8 text-center md:justify-end">
      <Mark className="size-9 text-accent" />
      <h1 className="text-balance font-semibold text-xl tracking-tight">
        {t("welcome.title", { name: session.user?.name ?? "" })}
      </h1>
    </div>
  )
}

function NoModels({ isAdmin }: { isAdmin: boolean }) {
  const { t } = useTranslation()
  return (
    <div className="flex grow flex-col justify-center">
      <EmptyState
        icon={<Boxes className="size-5" />}
        title={t("noModels.title")}
        action={
          isAdmin && (
            <Link to="/admin/channels" className={buttonClass("primary", "md")}>
              {t("noModels.addChannel")}
            </Link>
          )
        }
      >
        {t(isAdmin ? "noModels.admin" : "noModels.user")}
      </EmptyState>
    </div>
  )
}
