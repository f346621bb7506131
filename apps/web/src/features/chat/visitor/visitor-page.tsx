import type { SessionView } from "@nio/server/contract"
import { useEffect, useMemo } from "react"
import { useTranslation } from "react-i18next"
import { trpc } from "../../../lib/trpc.ts"
import { Mark } from "../../../ui/mark.tsx"
import { FinishedAnnouncement } from "../announcement.tsx"
import { ChatContext } from "../chat-context.ts"
import { chooseModel, useChosenModel } from "../chosen-model.ts"
import { Composer, focusComposer } from "../composer.tsx"
import type { Draft } from "../draft.ts"
import { pathTo } from "../message-path.ts"
import { ModelPicker } from "../model-picker.tsx"
import { Thread } from "../thread.tsx"
import { useVisitorChat } from "./use-visitor-chat.ts"
import { readVisitorConversations, visitorConversations } from "./visitor-store.ts"

/** A conversation of somebody without an account, or the beginning of one. */
export function VisitorPage(props: {
  id: string | null
  session: SessionView
  onOpen: (id: string) => void
}) {
  const { id, session, onOpen } = props
  const { t } = useTranslation("visitor")
  const all = visitorConversations.use()
  useEffect(() => void readVisitorConversations(), [])
  const conversation = all?.find((one) => one.id === id)
  const models = trpc.model.list.useQuery()
  const model = useChosenModel(id, conversation?.model, models.data ?? noModels)
  const chat = useVisitorChat(model)
  const messages = conversation?.messages ?? noMessages
  const leafId = conversation?.leafId ?? null
  const path = useMemo(() => pathTo(messages, leafId), [messages, leafId])

  async function send({ text }: Draft, onTaken: () => void) {
    const asked = chat.ask(conversation?.id ?? null, path.at(-1)?.message.id ?? null, text)
    onTaken()
    if (asked !== id) onOpen(asked)
  }

  const actions = {
    busy: chat.busy,
    session,
    showVersion: (messageId: string) => id && chat.show(id, messageId),
    regenerate: (messageId: string) => id && chat.again(id, messageId),
    goOn: (messageId: string) => id && chat.again(id, messageId),
    async edit(messageId: string, text: string) {
      const old = messages.find((message) => message.id === messageId)
      chat.ask(id, old?.parentId ?? null, text)
    },
  }

  return (
    <ChatContext value={actions}>
      {conversation ? (
        <Thread conversationId={conversation.id} path={path} />
      ) : (
        <div className="flex min-h-0 grow flex-col items-center justify-center gap-4 px-6 pb-8 text-center md:justify-end">
          <Mark className="size-9 text-accent" />
          <h1 className="text-balance font-semibold text-xl tracking-tight">{t("title")}</h1>
          <p className="max-w-md text-balance text-muted text-sm">{t("text")}</p>
        </div>
      )}
      <Composer
        key={id ?? "visitor"}
        conversationId={id ?? "visitor"}
        runId={chat.busy ? (id ?? "visitor") : null}
        disabled={!model || !all}
        images={false}
        onSend={send}
        onStop={chat.stop}
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
      {!conversation && <div className="hidden grow-[1.4] md:block" />}
      <FinishedAnnouncement conversationId={id} messages={messages} />
    </ChatContext>
  )
}

const noModels: never[] = []
const noMessages: never[] = []
