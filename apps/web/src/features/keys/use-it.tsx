import { Check, Copy } from "lucide-react"
import { Tabs } from "radix-ui"
import { useTranslation } from "react-i18next"
import { stored } from "../../lib/stored.ts"
import { trpc } from "../../lib/trpc.ts"
import { useCopy } from "../../lib/use-copy.ts"
import { Button } from "../../ui/button.tsx"
import { Section } from "../../ui/section.tsx"
import { keyPlaceholder, snippets } from "./snippets.ts"

/** How the programs people already have are pointed here, ready to be copied. */
export function UseIt() {
  const { t } = useTranslation("keys")
  const models = (trpc.model.list.useQuery().data ?? []).map(({ id }) => id)
  // One they chat with, since the first by name may be one that does something else.
  const chosen = models.find((id) => id === stored.get("model"))
  const site = { origin: location.origin, model: chosen ?? models[0] ?? "gpt-4o" }

  return (
    <Section title={t("use.title")} text={t("use.text", { key: keyPlaceholder })}>
      <Tabs.Root defaultValue={snippets[0].id}>
        <Tabs.List
          aria-label={t("use.title")}
          className="-mx-1 flex gap-1 overflow-x-auto border-line border-b px-1"
        >
          {snippets.map(({ id, name }) => (
            <Tabs.Trigger
              key={id}
              value={id}
              className="-mb-px h-10 shrink-0 border-transparent border-b-2 px-2.5 text-muted text-sm hover:text-ink data-[state=active]:border-accent data-[state=active]:font-medium data-[state=active]:text-ink"
            >
              {name}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        {snippets.map(({ id, text }) => (
          <Tabs.Content key={id} value={id} className="pt-3 outline-none" tabIndex={-1}>
            <Snippet text={text(site)} />
          </Tabs.Content>
        ))}
      </Tabs.Root>
    </Section>
  )
}

function Snippet({ text }: { text: string }) {
  const { t } = useTranslation()
  const { copied, copy } = useCopy()
  return (
    <div className="relative rounded-md bg-panel">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <pre className="overflow-x-auto px-4 pt-4 pb-14 font-mono text-sm" tabIndex={0}>
        {text}
      </pre>
      <Button
        size="sm"
        className="absolute right-3 bottom-3"
        icon={
          copied ? (
            <Check className="size-4 text-success" />
          ) : (
            <Copy className="size-4 text-muted" />
          )
        }
        onClick={() => void copy(text)}
      >
        {t(copied ? "common.copied" : "common.copy")}
      </Button>
    </div>
  )
}
