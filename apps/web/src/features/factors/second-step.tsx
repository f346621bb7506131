import type { SecondFactorAsked } from "@nio/server/contract"
import { useTranslation } from "react-i18next"
import { trpc } from "../../lib/trpc.ts"
import { Button } from "../../ui/button.tsx"
import { FactorForm } from "./factor-form.tsx"

/** After the right password, for who has a second factor. */
export function SecondStep(props: {
  asked: SecondFactorAsked
  onSignedIn: () => void
  onAgain: () => void
}) {
  const { t } = useTranslation("factors")
  const utils = trpc.useUtils()
  const { challenge, methods } = props.asked
  const options = trpc.session.secondFactorOptions.useMutation()
  const signIn = trpc.session.secondFactor.useMutation({
    onSuccess(session) {
      utils.session.current.setData(undefined, session)
      props.onSignedIn()
    },
  })
  return (
    <div className="grid gap-1">
      <FactorForm
        methods={methods}
        options={() => options.mutateAsync({ challenge })}
        onProof={(proof) => signIn.mutateAsync({ challenge, proof })}
      />
      <Button variant="ghost" size="sm" className="justify-self-center" onClick={props.onAgain}>
        {t("step.again")}
      </Button>
    </div>
  )
}
