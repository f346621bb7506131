import { useQuery } from "@tanstack/react-query"
import { Check, Copy } from "lucide-react"
import { useTranslation } from "react-i18next"
import { withProof } from "../../lib/proof.ts"
import { trpc } from "../../lib/trpc.ts"
import { useCopy } from "../../lib/use-copy.ts"
import { ErrorState } from "../../ui/error-state.tsx"
import { IconButton } from "../../ui/icon-button.tsx"
import { Skeleton } from "../../ui/skeleton.tsx"
import { CodeForm } from "./code-form.tsx"
import { QrCode } from "./qr-code.tsx"
import { useProblem } from "./use-problem.ts"

/** Gives an app its secret, and takes its first code. `onDone` gets recovery codes, or none. */
export function SetUpApp({ onDone }: { onDone: (recoveryCodes: string[]) => void }) {
  const { t } = useTranslation("factors")
  const { t: words } = useTranslation()
  const problem = useProblem()
  const { copied, copy } = useCopy()
  const { mutateAsync: begin } = trpc.factor.beginAuthenticator.useMutation()
  const begun = useQuery({
    queryKey: ["factor.beginAuthenticator"],
    queryFn: () => withProof(() => begin()),
    // A new secret each time, and never another while this one is being scanned.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  })
  const confirm = trpc.factor.confirmAuthenticator.useMutation({
    onSuccess: ({ recoveryCodes }) => onDone(recoveryCodes),
  })

  if (begun.error)
    return (
      <ErrorState
        title={problem(begun.error)}
        retryLabel={words("common.retry")}
        onRetry={() => void begun.refetch()}
      />
    )
  if (!begun.data) return <Skeleton className="h-80 w-full" />
  const { secret, uri } = begun.data
  return (
    <div className="grid gap-4">
      <p className="text-sm">{t("setUp.scan")}</p>
      <div className="justify-self-center">
        <QrCode text={uri} label={t("setUp.qr")} />
      </div>
      <div className="grid gap-1.5">
        <span className="font-medium text-sm">{t("setUp.key")}</span>
        <div className="flex items-center gap-2 rounded-md bg-panel py-1 pr-1 pl-3">
          <code className="min-w-0 grow select-all font-mono text-sm [overflow-wrap:anywhere]">
            {secret.match(/.{1,4}/g)?.join(" ")}
          </code>
          <IconButton
            label={words(copied ? "common.copied" : "common.copy")}
            onClick={() => void copy(secret)}
          >
            {copied ? <Check className="size-4" /> : <Copy className="size-4" />}
          </IconButton>
        </div>
      </div>
      <CodeForm
        kind="code"
        label={t("setUp.code")}
        submitLabel={t("setUp.confirm")}
        busy={confirm.isPending}
        problem={confirm.error ? problem(confirm.error) : undefined}
        onCode={(code) => confirm.mutate({ code: code.replace(/\s/g, "") })}
      />
    </div>
  )
}
