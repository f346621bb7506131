import type { Failure, SessionView } from "@nio/server/contract"
import { useNavigate } from "@tanstack/react-router"
import { useCallback, useEffect, useMemo, useState } from "react"
import { failureOf } from "../../lib/error.ts"
import { useShortcuts } from "../../lib/shortcuts.ts"
import { trpc } from "../../lib/trpc.ts"
import { FinishedAnnouncement } from "./announcement.tsx"
import { ask, follow, Refused, stop } from "./chat-client.ts"
import { ChatContext } from "./chat-context.ts"
import { chooseModel, useChosenModel } from "./chosen-model.ts"
import { Composer, focusComposer } from "./composer.tsx"
import { ConnectionBanner } from "./connection-banner.tsx"
import { openConversation, selectLeaf } from "./conversation-cache.ts"
import { ConversationState } from "./conversation-state.tsx"
import type { Draft } from "./draft.ts"
import { leafBelow, pathTo } from "./message-path.ts"
import { ModelPicker } from "./model-picker.tsx"
import { modelPickerOpen } from "./model-picker-open.ts"
import { RefusedNotice } from "./refused-notice.tsx"
import { Thread } from "./thread.tsx"
import { Welcome } from "./welcome.tsx"

/** A conversation, or the beginning of one. */
export function ChatPage(props: { conversationId: string | null; session: SessionView }) {
  const { conversationId: id, session } = props
  const navigate = useNavigate()
  const query = trpc.conversation.get.useQuery(
    { id: id ?? "" },
    { enabled: id !== null, refetchOnWindowFocus: false },
  )
  const view = id === null ? undefined : query.data
  const models = trpc.model.list.useQuery()
  const model = useChosenModel(id, view?.conversation.model, models.data ?? noModels)
  const select = trpc.conversation.select.useMutation()
  const [refused, setRefused] = useState<Failure | null>(null)
  const loaded = view !== undefined
  const runId = view?.runId ?? null

  useEffect(() => {
    if (id && loaded) return follow(id)
  }, [id, loaded])

  useShortcuts({
    "/": focusComposer,
    escape: () => runId && stop(runId),
    "mod+shift+m": () => modelPickerOpen.set(true),
  })

  const messages = view?.messages ?? noMessages
  const leafId = view?.conversation.leafId ?? null
  const path = useMemo(() => pathTo(messages, leafId), [messages, leafId])

  /** Sends, and says on the page why when it was not taken. */
  const tryAsking = useCallback(async (question: Parameters<typeof ask>[0]) => {
    setRefused(null)
    try {
      return await ask(question)
    } catch (error) {
      setRefused(error instanceof Refused ? error.failure : failureOf(error))
      throw error
    }
  }, [])

  async function send({ text, images }: Draft, onTaken: () => void) {
    const parentId = path.at(-1)?.message.id ?? null
    const accepted = await tryAsking({
      type: "ask",
      conversationId: id,
      parentId,
      model: model ?? "",
      text,
      images,
    })
    onTaken()
    if (id) return
    const { conversationId, title, question, answer } = accepted
    openConversation(
      { id: conversationId, title, model: model ?? "" },
      question ? [question, answer] : [answer],
      accepted.runId,
    )
    await navigate({ to: "/c/$id", params: { id: conversationId }, replace: true })
  }

  const actions = useMemo(() => {
    const quietly = (asked: Promise<unknown>) => void asked.catch(() => {})
    return {
      busy: runId !== null,
      session,
      showVersion(messageId: string) {
        if (!id) return
        const leaf = leafBelow(messages, messageId)
        selectLeaf(id, leaf)
        select.mutate({ id, leafId: leaf })
      },
      regenerate: (messageId: string) =>
        quietly(tryAsking({ type: "regenerate", messageId, model: model ?? "" })),
      goOn: (messageId: string) =>
        quietly(tryAsking({ type: "continue", messageId, model: model ?? "" })),
      edit(messageId: string, text: string) {
        const old = messages.find((message) => message.id === messageId)
        return tryAsking({
          type: "ask",
          conversationId: id,
          parentId: old?.parentId ?? null,
          model: model ?? "",
          text,
          images: old?.images ?? [],
        })
      },
    }
  }, [id, messages, model, runId, session, tryAsking, select.mutate])

  const noModel = models.data?.length === 0
  return (
    <ChatContext value={actions}>
      <ConnectionBanner />
      {id === null ? (
        <Welcome session={session} noModel={noModel} />
      ) : view ? (
        <Thread conversationId={id} path={path} />
      ) : (
        <ConversationState error={query.error} onRetry={() => void query.refetch()} />
      )}
      {!(noModel && id === null) && !(id !== null && query.error) && (
        <Composer
          key={id ?? "new"}
          conversationId={id}
          runId={runId}
          disabled={!model || (id !== null && !view)}
          onSend={send}
          onStop={() => runId && stop(runId)}
          notice={refused && <RefusedNotice failure={refused} onClose={() => setRefused(null)} />}
          model={
            models.data && (
              <ModelPicker
                models={models.data}
                value={model}
                onChoose={(chosen) => {
                  chooseModel(id, chosen)
                  focusComposer()
                }}
              />
            )
          }
        />
      )}
      {/* On a wide screen the box to begin with stands in the middle. */}
      {id === null && !noModel && <div className="hidden grow-[1.4] md:block" />}
      <FinishedAnnouncement conversationId={id} messages={messages} />
    </ChatContext>
  )
}

const noModels: never[] = []
const noMessages: never[] = []
