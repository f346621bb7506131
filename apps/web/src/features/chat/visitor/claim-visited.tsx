import { useEffect, useState } from "react"
import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../../i18n/use-failure.ts"
import { trpc } from "../../../lib/trpc.ts"
import { Button } from "../../../ui/button.tsx"
import { Dialog, DialogActions } from "../../../ui/dialog.tsx"
import { Notice } from "../../../ui/notice.tsx"
import { toast } from "../../../ui/toast.tsx"
import {
  dropVisitorConversations,
  readVisitorConversations,
  visitorConversations,
} from "./visitor-store.ts"
import { claimOf } from "./visitor-tree.ts"

/** Characters of one call. */
const claimCharsMax = 500_000

/** Offers to keep what was said before signing in. Asked again until it is answered. */
export function ClaimVisited() {
  const { t } = useTranslation("visitor")
  const { t: words } = useTranslation()
  const sentence = useErrorSentence()
  const utils = trpc.useUtils()
  const [later, setLater] = useState(false)
  const all = visitorConversations.use() ?? []
  useEffect(() => void readVisitorConversations(), [])
  const claim = trpc.conversation.claim.useMutation()

  async function keepThem() {
    const { length: count } = all
    try {
      for (const part of partsOf(all.map(claimOf))) {
        const conversations = part.filter(({ messages }) => messages.length > 0)
        if (conversations.length > 0) await claim.mutateAsync({ conversations })
        await dropVisitorConversations(part.map(({ id }) => id))
      }
      toast.success(t("claimed", { count }))
    } catch {
      // The dialog says why, and what was not taken is still here.
    }
    await utils.conversation.list.invalidate()
  }

  if (later || all.length === 0) return null
  return (
    <Dialog
      open
      onOpenChange={() => setLater(true)}
      title={t("claim.title", { count: all.length })}
      description={t("claim.text")}
      closeLabel={words("common.close")}
      width="sm"
    >
      <ul className="max-h-48 overflow-y-auto rounded-md bg-panel px-3.5 py-2 text-sm">
        {all.map(({ id, title }) => (
          <li key={id} className="truncate py-1">
            {title}
          </li>
        ))}
      </ul>
      {claim.error && (
        <div className="mt-4">
          <Notice tone="danger" role="alert">
            {sentence(claim.error)}
          </Notice>
        </div>
      )}
      <DialogActions>
        <Button onClick={() => void dropVisitorConversations(all.map(({ id }) => id))}>
          {t("claim.delete")}
        </Button>
        <Button variant="primary" busy={claim.isPending} onClick={() => void keepThem()}>
          {t("claim.keep")}
        </Button>
      </DialogActions>
    </Dialog>
  )
}

type Claim = ReturnType<typeof claimOf>

/** Calls that are not too large, each conversation in one of them. */
function partsOf(all: readonly Claim[]): Claim[][] {
  const parts: Claim[][] = []
  let room = 0
  for (const one of all) {
    const size = JSON.stringify(one).length
    if (size > room) {
      parts.push([])
      room = claimCharsMax
    }
    parts.at(-1)?.push(one)
    room -= size
  }
  return parts
}
