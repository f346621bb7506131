import { useMutation } from "@tanstack/react-query"
import { Fingerprint } from "lucide-react"
import { useForm } from "react-hook-form"
import { useTranslation } from "react-i18next"
import { withProof } from "../../lib/proof.ts"
import { trpc } from "../../lib/trpc.ts"
import { Button } from "../../ui/button.tsx"
import { Field } from "../../ui/field.tsx"
import { Input } from "../../ui/input.tsx"
import { makePasskey } from "./passkey-calls.ts"
import { useProblem } from "./use-problem.ts"

const nameCharsMax = 64

/** Names a passkey and has the browser make it. `onDone` gets recovery codes, or none. */
export function AddPasskey({ onDone }: { onDone: (recoveryCodes: string[]) => void }) {
  const { t } = useTranslation("factors")
  const problem = useProblem()
  const options = trpc.factor.passkeyOptions.useMutation()
  const add = trpc.factor.addPasskey.useMutation()
  const make = useMutation({
    mutationFn: async ({ name }: { name: string }) => {
      const made = await makePasskey(await withProof(() => options.mutateAsync()))
      return add.mutateAsync({ name, made })
    },
    onSuccess: ({ recoveryCodes }) => onDone(recoveryCodes),
    networkMode: "always",
  })
  const { register, handleSubmit, formState } = useForm({ defaultValues: { name: "" } })
  return (
    <form
      noValidate
      className="grid gap-4"
      onSubmit={handleSubmit((values) => make.mutate(values))}
    >
      <Field
        label={t("passkeys.name")}
        hint={t("passkeys.name.hint")}
        error={formState.errors.name?.message}
      >
        {(control) => (
          <Input
            {...control}
            autoFocus
            autoComplete="off"
            maxLength={nameCharsMax}
            {...register("name", {
              validate: (name) => name.trim() !== "" || t("passkeys.name.missing"),
            })}
          />
        )}
      </Field>
      {make.error && (
        <p role="alert" className="text-danger text-sm">
          {problem(make.error)}
        </p>
      )}
      <Button
        type="submit"
        variant="primary"
        busy={make.isPending}
        icon={<Fingerprint className="size-4" />}
      >
        {t("passkeys.add")}
      </Button>
    </form>
  )
}
