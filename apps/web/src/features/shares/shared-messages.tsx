import type { SharedMessage } from "@nio/server/contract"
import { useTranslation } from "react-i18next"
import { Markdown } from "../../ui/markdown/markdown.tsx"
import { Picture } from "../../ui/markdown/picture.tsx"

/** Messages as in a chat, to be read only. */
export const SharedMessages = ({ messages }: { messages: readonly SharedMessage[] }) =>
  messages.map((message, index) => <Message key={index} message={message} />)

function Message({ message: { role, text, images } }: { message: SharedMessage }) {
  const { t } = useTranslation("share")
  if (role === "assistant")
    return (
      <article aria-label={t("answer")} className="pt-5">
        <Markdown text={text} writing={false} />
      </article>
    )
  if (role === "system")
    return (
      <details className="pt-5 text-muted text-sm">
        <summary className="cursor-pointer">{t("instructions")}</summary>
        <p className="mt-2 whitespace-pre-wrap [overflow-wrap:anywhere]">{text}</p>
      </details>
    )
  return (
    <article aria-label={t("question")} className="flex flex-col items-end pt-6">
      {images.map((image, index) => (
        <div key={index} className="mb-2 max-w-full">
          <Picture src={image} alt={t("picture", { number: index + 1 })} />
        </div>
      ))}
      {text && (
        <div className="max-w-[min(85%,36rem)] whitespace-pre-wrap rounded-lg rounded-br-sm bg-active px-4 py-2.5 text-base [overflow-wrap:anywhere]">
          {text}
        </div>
      )}
    </article>
  )
}
