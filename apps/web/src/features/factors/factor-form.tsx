import type { FactorMethod, FactorProof } from "@nio/server/contract"
import { useMutation } from "@tanstack/react-query"
import { Fingerprint } from "lucide-react"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { Button } from "../../ui/button.tsx"
import { CodeForm } from "./code-form.tsx"
import { type SignOptions, signWithPasskey, supportsPasskeys } from "./passkey-calls.ts"
import { useProblem } from "./use-problem.ts"

/** Shows what somebody has beside their password, by whichever of the methods they choose. */
export function FactorForm(props: {
  methods: readonly FactorMethod[]
  /** What a passkey is to sign. */
  options: () => Promise<SignOptions>
  /** Resolves when it was right. */
  onProof: (proof: FactorProof) => Promise<unknown>
}) {
  const { t } = useTranslation("factors")
  const problem = useProblem()
  const usable = props.methods.filter((method) => method !== "passkey" || supportsPasskeys)
  const [method, setMethod] = useState<FactorMethod>(usable[0] ?? "recovery")
  const prove = useMutation({ mutationFn: props.onProof, networkMode: "always" })
  const sign = useMutation({
    mutationFn: async () => {
      const assertion = await signWithPasskey(await props.options())
      return props.onProof({ method: "passkey", assertion })
    },
    networkMode: "always",
  })

  return (
    <div className="grid gap-4">
      {method === "passkey" ? (
        <div className="grid gap-4">
          <p className="text-muted text-sm">{t("step.passkey.text")}</p>
          {sign.error && (
            <p role="alert" className="text-danger text-sm">
              {problem(sign.error)}
            </p>
          )}
          <Button
            variant="primary"
            busy={sign.isPending}
            icon={<Fingerprint className="size-4" />}
            onClick={() => sign.mutate()}
          >
            {t("step.passkey")}
          </Button>
        </div>
      ) : (
        <CodeForm
          key={method}
          kind={method}
          busy={prove.isPending}
          problem={prove.error ? problem(prove.error) : undefined}
          onCode={(code) => prove.mutate({ method, code })}
        />
      )}
      <div className="grid justify-items-center gap-1">
        {usable
          .filter((other) => other !== method)
          .map((other) => (
            <Button
              key={other}
              variant="ghost"
              size="sm"
              onClick={() => {
                prove.reset()
                setMethod(other)
              }}
            >
              {t(`step.other.${other}`)}
            </Button>
          ))}
      </div>
    </div>
  )
}
