import type { SessionView } from "@nio/server/contract"
import { Plus } from "lucide-react"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { trpc } from "../../lib/trpc.ts"
import { Button } from "../../ui/button.tsx"
import { groupsWithin } from "./groups-within.ts"
import { CreateKey } from "./key-dialogs.tsx"
import { KeyList } from "./key-list.tsx"
import { UseIt } from "./use-it.tsx"

export function KeysPage({ user }: { user: NonNullable<SessionView["user"]> }) {
  const { t } = useTranslation("keys")
  const [creating, setCreating] = useState(false)
  const keys = trpc.apiKey.list.useQuery()
  const groups = groupsWithin(user)
  const create = (
    <Button variant="primary" icon={<Plus className="size-4" />} onClick={() => setCreating(true)}>
      {t("create")}
    </Button>
  )

  return (
    <div className="grid grid-cols-1 gap-10">
      <div>
        <div className="mb-5 flex flex-wrap items-center gap-x-4 gap-y-3 sm:flex-nowrap">
          <div className="min-w-0 grow">
            <h1 className="font-semibold text-lg">{t("title")}</h1>
            <p className="text-muted text-sm [overflow-wrap:anywhere]">
              {t("text", { address: `${location.origin}/v1` })}
            </p>
          </div>
          {keys.data && keys.data.length > 0 && create}
        </div>
        <KeyList groups={groups} create={create} />
      </div>
      <UseIt />
      {creating && <CreateKey groups={groups} onClose={() => setCreating(false)} />}
    </div>
  )
}
