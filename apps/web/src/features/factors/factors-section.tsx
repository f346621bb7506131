import type { FactorsView } from "@nio/server/contract"
import { type ReactNode, useState } from "react"
import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { formatDate } from "../../lib/format.ts"
import { withProof } from "../../lib/proof.ts"
import { trpc } from "../../lib/trpc.ts"
import { Button } from "../../ui/button.tsx"
import { Confirm } from "../../ui/confirm.tsx"
import { Dialog } from "../../ui/dialog.tsx"
import { ErrorState } from "../../ui/error-state.tsx"
import { Notice } from "../../ui/notice.tsx"
import { Section } from "../../ui/section.tsx"
import { Skeleton } from "../../ui/skeleton.tsx"
import { toast } from "../../ui/toast.tsx"
import { AddPasskey } from "./add-passkey.tsx"
import { supportsPasskeys } from "./passkey-calls.ts"
import { PasskeyList } from "./passkey-list.tsx"
import { RecoveryCodes } from "./recovery-codes.tsx"
import { SetUpApp } from "./set-up-app.tsx"

type Asked = "app" | "passkey" | "remove-app" | "renew" | { codes: readonly string[] } | null

/** What somebody signs in with beside their password. */
export function FactorsSection({ site }: { site: string }) {
  const { t: words } = useTranslation()
  const sentence = useErrorSentence()
  const factors = trpc.factor.list.useQuery()

  if (factors.isPending) return <Skeleton className="h-56 w-full" />
  if (factors.error)
    return (
      <ErrorState
        title={sentence(factors.error)}
        retryLabel={words("common.retry")}
        onRetry={() => void factors.refetch()}
      />
    )
  return <Factors site={site} now={factors.data} />
}

function Factors({ site, now }: { site: string; now: FactorsView }) {
  const { t } = useTranslation("factors")
  const [asked, setAsked] = useState<Asked>(null)
  const utils = trpc.useUtils()
  const refresh = () => void utils.factor.list.invalidate()
  /** After a first factor its recovery codes are shown before anything else. */
  function done(codes: readonly string[]) {
    refresh()
    setAsked(codes.length > 0 ? { codes } : null)
  }
  const hasFactor = now.authenticatorSince !== null || now.passkeys.length > 0

  return (
    <>
      <Section title={t("factors")} text={t("factors.text")}>
        <div className="grid gap-3">
          {now.required && <Notice tone="info">{t("factors.required")}</Notice>}
          <ul className="divide-y divide-line border-line border-y">
            <Row
              title={t("app")}
              text={
                now.authenticatorSince === null
                  ? t("app.none")
                  : t("app.since", { date: formatDate(now.authenticatorSince) })
              }
            >
              {now.authenticatorSince === null ? (
                <Button size="sm" onClick={() => setAsked("app")}>
                  {t("app.setUp")}
                </Button>
              ) : (
                <Button size="sm" onClick={() => setAsked("remove-app")}>
                  {t("app.remove")}
                </Button>
              )}
            </Row>
            {hasFactor && (
              <Row title={t("codes")} text={t("codes.left", { count: now.recoveryCodesLeft })}>
                <Button size="sm" onClick={() => setAsked("renew")}>
                  {t("codes.renew")}
                </Button>
              </Row>
            )}
          </ul>
        </div>
      </Section>
      <Section
        title={t("passkeys")}
        text={supportsPasskeys ? t("passkeys.text") : t("passkey.unsupported")}
        action={
          supportsPasskeys && (
            <Button size="sm" onClick={() => setAsked("passkey")}>
              {t("passkeys.add")}
            </Button>
          )
        }
      >
        <PasskeyList passkeys={now.passkeys} onChanged={refresh} />
      </Section>
      <Dialogs site={site} asked={asked} onAsked={setAsked} onDone={done} />
    </>
  )
}

const Row = (props: { title: string; text: string; children: ReactNode }) => (
  <li className="flex items-center gap-4 py-3">
    <div className="min-w-0 grow">
      <p className="font-medium text-sm">{props.title}</p>
      <p className="text-muted text-xs">{props.text}</p>
    </div>
    {props.children}
  </li>
)

function Dialogs(props: {
  site: string
  asked: Asked
  onAsked: (asked: Asked) => void
  onDone: (codes: readonly string[]) => void
}) {
  const { asked, onAsked, onDone } = props
  const { t } = useTranslation("factors")
  const { t: words } = useTranslation()
  const close = () => onAsked(null)
  const frame = { open: true, closeLabel: words("common.close"), width: "sm" as const }
  if (asked === null) return null
  if (asked === "remove-app") return <RemoveApp onClose={close} onDone={() => onDone([])} />
  if (asked === "renew") return <RenewCodes onClose={close} onDone={onDone} />
  if (asked === "app")
    return (
      <Dialog {...frame} onOpenChange={close} title={t("setUp.title")}>
        <SetUpApp onDone={onDone} />
      </Dialog>
    )
  if (asked === "passkey")
    return (
      <Dialog {...frame} onOpenChange={close} title={t("passkeys.add")}>
        <AddPasskey onDone={onDone} />
      </Dialog>
    )
  // Left by its button only: a stray click would lose them for good.
  return (
    <Dialog
      {...frame}
      onOpenChange={() => {}}
      title={t("codes.title")}
      description={t("codes.text")}
    >
      <RecoveryCodes site={props.site} codes={asked.codes} onKept={close} />
    </Dialog>
  )
}

function RemoveApp({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const { t } = useTranslation("factors")
  const { t: words } = useTranslation()
  const sentence = useErrorSentence()
  const remove = trpc.factor.removeAuthenticator.useMutation()
  async function confirmed() {
    onClose()
    try {
      await withProof(() => remove.mutateAsync())
      toast.success(t("app.removed"))
      onDone()
    } catch (error) {
      toast.error(sentence(error))
    }
  }
  return (
    <Confirm
      open
      onOpenChange={onClose}
      title={t("app.remove.title")}
      description={t("app.remove.text")}
      confirmLabel={t("app.remove")}
      cancelLabel={words("common.cancel")}
      onConfirm={() => void confirmed()}
    />
  )
}

function RenewCodes(props: { onClose: () => void; onDone: (codes: readonly string[]) => void }) {
  const { t } = useTranslation("factors")
  const { t: words } = useTranslation()
  const sentence = useErrorSentence()
  const renew = trpc.factor.renewCodes.useMutation()
  async function confirmed() {
    props.onClose()
    try {
      props.onDone((await withProof(() => renew.mutateAsync())).recoveryCodes)
    } catch (error) {
      toast.error(sentence(error))
    }
  }
  return (
    <Confirm
      open
      onOpenChange={props.onClose}
      title={t("codes.renew.title")}
      description={t("codes.renew.text")}
      confirmLabel={t("codes.renew")}
      cancelLabel={words("common.cancel")}
      onConfirm={() => void confirmed()}
    />
  )
}
