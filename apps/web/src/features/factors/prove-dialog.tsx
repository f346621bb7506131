import { useForm } from "react-hook-form"
import { useTranslation } from "react-i18next"
import { useErrorSentence } from "../../i18n/use-failure.ts"
import { proofAsked } from "../../lib/proof.ts"
import { trpc } from "../../lib/trpc.ts"
import { Button } from "../../ui/button.tsx"
import { Dialog } from "../../ui/dialog.tsx"
import { ErrorState } from "../../ui/error-state.tsx"
import { Field } from "../../ui/field.tsx"
import { Input } from "../../ui/input.tsx"
import { Skeleton } from "../../ui/skeleton.tsx"
import { FactorForm } from "./factor-form.tsx"

/** Asks whoever is signed in to prove that it is them; opened by `withProof`. */
export function ProveDialog() {
  const { t } = useTranslation("factors")
  const { t: words } = useTranslation()
  const answer = (proven: boolean) => {
    proofAsked.get()?.(proven)
    proofAsked.set(null)
  }
  return (
    <Dialog
      open
      onOpenChange={() => answer(false)}
      title={t("prove.title")}
      description={t("prove.text")}
      closeLabel={words("common.close")}
      width="sm"
    >
      <ProofForms onProven={() => answer(true)} />
    </Dialog>
  )
}

function ProofForms({ onProven }: { onProven: () => void }) {
  const { t } = useTranslation("factors")
  const { t: words } = useTranslation()
  const sentence = useErrorSentence()
  const methods = trpc.session.proofMethods.useQuery(undefined, { staleTime: 0 })
  const options = trpc.session.proofOptions.useMutation()
  const prove = trpc.session.prove.useMutation({ onSuccess: onProven })

  if (methods.isPending) return <Skeleton className="h-24 w-full" />
  if (methods.error)
    return (
      <ErrorState
        title={sentence(methods.error)}
        retryLabel={words("common.retry")}
        onRetry={() => void methods.refetch()}
      />
    )
  if (methods.data.length === 0) return <p className="text-sm">{t("prove.signInAgain")}</p>
  const beside = methods.data.filter((method) => method !== "password")
  if (beside.length > 0)
    return (
      <FactorForm
        methods={beside}
        options={() => options.mutateAsync()}
        onProof={(proof) => prove.mutateAsync(proof)}
      />
    )
  return (
    <PasswordProof
      busy={prove.isPending}
      problem={prove.error ? sentence(prove.error) : undefined}
      onPassword={(password) => prove.mutate({ password })}
    />
  )
}

function PasswordProof(props: {
  busy: boolean
  problem: string | undefined
  onPassword: (password: string) => void
}) {
  const { t } = useTranslation("factors")
  const { register, handleSubmit, formState } = useForm({ defaultValues: { password: "" } })
  return (
    <form
      noValidate
      className="grid gap-4"
      onSubmit={handleSubmit(({ password }) => props.onPassword(password))}
    >
      <Field
        label={t("prove.password")}
        error={formState.errors.password?.message ?? props.problem}
      >
        {(control) => (
          <Input
            {...control}
            type="password"
            autoComplete="current-password"
            {...register("password", { required: t("prove.password.missing") })}
          />
        )}
      </Field>
      <Button type="submit" variant="primary" busy={props.busy}>
        {t("step.submit")}
      </Button>
    </form>
  )
}
